"""One rehearsal service for one person: started, found, started again, and gone when we are gone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cloud.loopback import answer, says, serving
from redub.core.errors import RedubError
from redub.services import rehearsals
from redub.services.rehearsals import STATE_NAME, Rehearsal
from services.stand import at
from support.waiting import until
from terminal.calling import environment


async def test_ensure__starts_one_that_a_second_copy_finds(tmp_path: Path) -> None:
    first, second = Rehearsal(at(tmp_path)), Rehearsal(at(tmp_path))
    try:
        assert await second.find() is None
        address = await first.ensure()

        assert await second.ensure() == address
        assert (first.is_ours, second.is_ours) == (True, False)
        assert (tmp_path / "run" / STATE_NAME).stat().st_mode & 0o777 == 0o600
    finally:
        await second.aclose()
        await first.aclose()

    assert not _runs(address.pid)
    assert not (tmp_path / "run" / STATE_NAME).exists()


async def test_aclose__leaves_it_to_those_who_still_use_it(tmp_path: Path) -> None:
    first, second = Rehearsal(at(tmp_path)), Rehearsal(at(tmp_path))
    try:
        address = await first.ensure()
        await second.ensure()
        await first.aclose()

        assert await second.ensure() == address
        assert _runs(address.pid)
    finally:
        await first.aclose()
        await second.aclose()

    assert not _runs(address.pid)


async def test_ensure__uses_and_leaves_alone_what_was_started_by_hand(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "redub.rehearsal", "--home", str(tmp_path / "data")]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment(), text=True)  # noqa: ASYNC220 - not the loop's
    rehearsal = Rehearsal(at(tmp_path))
    try:
        assert child.stdout is not None
        started = json.loads(child.stdout.readline())
        address = await rehearsal.ensure()
        await rehearsal.aclose()

        assert (address.pid, address.base_url) == (started["pid"], started["base_url"])
        assert child.poll() is None
    finally:
        child.terminate()
        child.communicate(timeout=20)


async def test_ensure__starts_it_again_when_it_has_died(tmp_path: Path) -> None:
    rehearsal = Rehearsal(at(tmp_path))
    try:
        first = await rehearsal.ensure()
        os.kill(first.pid, signal.SIGKILL)
        await until(lambda: not rehearsal.is_ours)

        again = await rehearsal.ensure()

        assert again.pid != first.pid
        assert (again.appkey, again.accesstoken) == (first.appkey, first.accesstoken)
    finally:
        await rehearsal.aclose()


async def test_find__takes_no_state_file_for_a_service(tmp_path: Path) -> None:
    state = tmp_path / "run" / STATE_NAME
    state.parent.mkdir(parents=True)
    for content in ("", "{}", '{"base_url":"http://127.0.0.1:9","appkey":"a","accesstoken":"b","pid":1}'):
        state.write_text(content)
        assert await Rehearsal(at(tmp_path)).find() is None


async def test_find__takes_no_other_program_at_the_old_port_for_it(tmp_path: Path) -> None:
    state = tmp_path / "run" / STATE_NAME
    state.parent.mkdir(parents=True)
    for health in (b"hello", b"{}", b'{"service": "redub-rehearsal", "pid": 2}'):
        async with serving(says(answer("200 OK", health))) as other:
            address = {"base_url": other.base_url, "appkey": "a", "accesstoken": "b", "pid": 1}
            state.write_text(json.dumps(address))

            assert await Rehearsal(at(tmp_path)).find() is None
            assert len(other.requests) == 1


async def test_ensure__leaves_no_service_that_nobody_could_find(tmp_path: Path) -> None:
    (tmp_path / "run" / STATE_NAME).mkdir(parents=True)  # its address cannot be written down
    rehearsal, before = Rehearsal(at(tmp_path)), set(rehearsals._children)
    try:
        with pytest.raises(RedubError):
            await rehearsal.ensure()

        assert set(rehearsals._children) == before
    finally:
        await rehearsal.aclose()


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
