"""The same is never paid for twice by accident: two uploads, two calls, two programs."""

from __future__ import annotations

import asyncio
import json
import subprocess
from pathlib import Path

import pytest

from redub.core.errors import UserError
from redub.core.tasks import TaskRecord, TaskState
from redub.services.making import Again
from redub.store.shotfile import save
from redub.terminal.twins import announced
from services.stand import KEY, TOKEN, at, fake_service, opened, order, silent, spoken_over
from support.clips import ClipFactory
from support.waiting import until
from terminal.calling import begun

LEGAL = {"width": 640, "height": 480, "seconds": 6.0}


async def follow(_twins: tuple[TaskRecord, ...]) -> Again:
    return Again.FOLLOW


async def test_two_uploads_of_one_file__are_one_request(tmp_path: Path, clip_factory: ClipFactory) -> None:
    wanted = order(spoken_over(clip_factory(**LEGAL)), tmp_path)
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        first = await bench.maker.make(wanted, silent, follow)
        (at(tmp_path / "home").cache / "uploads.json").unlink()
        second = await bench.maker.make(wanted, silent, follow)

    assert first is not None
    assert second is not None
    assert second.id == first.id
    assert len(service.submits) == 1


async def test_another_script_or_another_file__is_another_request(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    clip, other = clip_factory(**LEGAL), clip_factory(**(LEGAL | {"seconds": 7.0, "name": "other.mp4"}))
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        for document in (spoken_over(clip), spoken_over(clip, "Other words."), spoken_over(other)):
            await bench.maker.make(order(document, tmp_path), silent, follow)

    assert len(service.submits) == 3


async def test_two_calls_at_the_same_instant__pay_once(tmp_path: Path, clip_factory: ClipFactory) -> None:
    wanted = order(spoken_over(clip_factory(**LEGAL)), tmp_path)
    async with (
        fake_service() as service,
        opened(service, tmp_path / "home") as one,
        opened(service, tmp_path / "home") as other,
    ):
        made = await asyncio.gather(
            *(bench.maker.make(wanted, silent, follow) for bench in (one, other, one, other))
        )

    assert len({record.id for record in made if record is not None}) == 1
    assert (len(service.submits), len(service.uploads)) == (1, 1)


async def test_a_task_that_only_waits__is_a_twin_too(tmp_path: Path, clip_factory: ClipFactory) -> None:
    wanted = order(spoken_over(clip_factory(**LEGAL)), tmp_path)
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        await bench.queue.pause(f"custom|{KEY}")
        first = await bench.maker.enqueue(wanted, silent, follow)
        second = await bench.maker.enqueue(wanted, silent, follow)

    assert first is not None
    assert second == first
    assert first.state is TaskState.WAITING
    assert service.submits == []


@pytest.mark.slow
async def test_two_programs_at_the_same_instant__pay_once(
    tmp_path: Path, redub_home: Path, clip_factory: ClipFactory
) -> None:
    document, shot = spoken_over(clip_factory(**LEGAL)), tmp_path / "a.redub"
    save(document.shot, shot)
    key = {"REDUB_APPKEY": KEY, "REDUB_ACCESSTOKEN": TOKEN}
    said: list[str] = []
    async with fake_service() as service:
        children = [begun("make", shot, "--json", "--service", service.base_url, **key) for _ in range(3)]
        ended = asyncio.gather(*(asyncio.to_thread(_heard, child, said) for child in children))
        # The task runs until both of the others have found it.
        await until(lambda: sum("followed instead" in line for line in said) == 2, seconds=90)
        service.report = {"Status": "FAIL", "FailCode": 801004}
        outputs = await ended

    assert len(service.submits) == 1, said
    assert len({task["id"] for output in outputs for task in json.loads(output)["tasks"]}) == 1
    assert (redub_home / "data").is_dir()


def _heard(child: subprocess.Popen[str], said: list[str]) -> str:
    """Collect what a program says, and return its output when it has ended."""
    assert child.stderr is not None
    said.extend(iter(child.stderr.readline, ""))
    output, _rest = child.communicate()
    return output


@pytest.mark.parametrize("state", [TaskState.QUEUED, TaskState.DONE, TaskState.UNCLEAR, TaskState.WAITING])
async def test_the_command_line__pays_again_only_when_told_to(state: TaskState) -> None:
    twins = (TaskRecord(id="12345678", state=state, site="international", result="/r/a.mp4"),)
    notes: list[str] = []
    try:
        decision = announced(twins, notes.append, again=False, is_free=False)
    except UserError as error:
        decision = Again.STOP
        notes.append(str(error))

    assert decision is (Again.FOLLOW if state in {TaskState.QUEUED, TaskState.WAITING} else Again.STOP)
    assert "12345678" in notes[0]
    assert announced(twins, notes.append, again=True, is_free=False) is Again.SEND
    if state is TaskState.DONE:
        assert announced(twins, notes.append, again=False, is_free=True) is Again.SEND
