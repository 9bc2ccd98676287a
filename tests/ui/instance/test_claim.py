from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from redub.ui.instance.address import Wish, address, decode, encode
from redub.ui.instance.claim import Claim
from redub.ui.instance.listener import Listener
from support.logs import ExpectedLog

Run = Callable[[Coroutine[Any, Any, None]], None]

HOLDER = """
import sys
from pathlib import Path
from redub.ui.instance.claim import Claim
claim = Claim(Path(sys.argv[1]))
print(claim.take(), flush=True)
sys.stdin.read()
"""


GIVER = """
import sys
from pathlib import Path
from redub.ui.instance.claim import hand_over
sys.exit(not hand_over(Path(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2:] else None, 5.0))
"""


def handed_over(runtime: Path, *path: str) -> bool:
    """Hand `path` over from a program of its own; blocks."""
    giver = [sys.executable, "-c", GIVER, str(runtime), *path]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(giver, env=environment, timeout=30).returncode == 0


def holder(runtime: Path) -> subprocess.Popen[str]:
    """Start a program that takes the claim and listens to nobody."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(runtime)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_claim__one_at_a_time_and_free_again(tmp_path: Path) -> None:
    first, second = Claim(tmp_path), Claim(tmp_path)

    assert first.take()
    assert not second.take()

    first.release()
    assert second.take()
    assert (first.is_held, second.is_held) == (False, True)
    second.release()


def test_claim__two_homes_do_not_know_each_other(tmp_path: Path) -> None:
    first, second = Claim(tmp_path / "a"), Claim(tmp_path / "b")

    assert (first.take(), second.take()) == (True, True)

    first.release()
    second.release()


def test_claim__a_killed_program_is_not_in_the_way(tmp_path: Path) -> None:
    with holder(tmp_path) as running:
        assert running.stdout is not None
        assert running.stdout.readline().strip() == "True"
        claim = Claim(tmp_path)
        assert not claim.take()

        running.kill()
        running.wait()

        assert claim.take()
        claim.release()


def test_claim__whoever_does_not_answer_is_not_waited_for(tmp_path: Path, expect_log: ExpectedLog) -> None:
    expect_log("does not answer")
    with holder(tmp_path) as running:
        assert running.stdout is not None
        running.stdout.readline()
        claim = Claim(tmp_path)

        assert not claim.take_or_hand_over(None, patience=0.2)

        assert not claim.is_held
        running.kill()


def test_claim__a_folder_that_takes_no_locks_opens_a_window_of_its_own(tmp_path: Path) -> None:
    in_the_way = tmp_path / "run"
    in_the_way.write_bytes(b"")
    claim = Claim(in_the_way)

    assert not claim.take_or_hand_over(None)
    assert not claim.is_held


def test_address__beside_the_locks_or_short_for_a_long_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = Path("/tmp") / f"redub-{os.getpid()}"
    deep = tmp_path / ("x" * 120)
    monkeypatch.setattr("redub.ui.instance.address.ensure", lambda path: path)
    assert address(short) == str(short / "window.sock")

    monkeypatch.undo()
    names = {address(deep / "a"), address(deep / "b")}

    assert len(names) == 2
    assert max(map(len, names)) < 100


def test_address__a_folder_of_somebody_else_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    (tmp_path / f"redub-{os.getuid()}").mkdir(mode=0o755)

    with pytest.raises(PermissionError):
        address(tmp_path / ("x" * 120))


def test_wish__what_is_none_of_ours_is_nothing() -> None:
    wish = Wish(path="/保存/a b.redub", token="t")

    assert decode(encode(wish)) == wish
    assert decode(b"GET / HTTP/1.1\r\n") is None


def test_listener__takes_what_is_handed_over(qasync_run: Run, tmp_path: Path) -> None:
    Path(address(tmp_path)).write_bytes(b"")  # what a killed program leaves

    async def journey() -> None:
        heard: list[Wish] = []
        listener = Listener()
        listener.wanted.connect(heard.append)
        assert listener.listen(tmp_path)

        assert await asyncio.to_thread(handed_over, tmp_path, "/films/a.redub")
        assert await asyncio.to_thread(handed_over, tmp_path)
        listener.close()

        assert [wish.path for wish in heard] == ["/films/a.redub", ""]
        assert not await asyncio.to_thread(handed_over, tmp_path)

    qasync_run(journey())
