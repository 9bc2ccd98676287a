"""Killed at any moment of `redub make`, `redub follow` finds the truth: nothing sent twice, lost or left partial."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from redub.media.verify import verify_video
from support.clips import ClipFactory
from support.soaking import count
from terminal.calling import begun, environment, redub

KILLS = count(3, 60)
SEED = 20261123
LEGAL = {"name": "legal.mp4", "width": 368, "height": 480, "seconds": 6.0, "audio": False}
RESTING = {"done", "failed", "refused", "unclear", "waiting"}


@pytest.fixture
def service(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Run a rehearsal service of its own, which outlives the programs that are killed."""
    home = tmp_path / "service-home"
    command = [sys.executable, "-m", "redub.rehearsal", "--home", str(home)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment(), text=True)
    try:
        assert child.stdout is not None
        yield json.loads(child.stdout.readline()) | {"home": str(home)}
    finally:
        child.send_signal(signal.SIGTERM)
        child.communicate(timeout=30)


@pytest.mark.slow
@pytest.mark.timeout(60 + KILLS * 30)
def test_killed_at_any_moment__nothing_is_sent_twice_and_nothing_lost(
    service: dict[str, str], tmp_path: Path, redub_home: Path, clip_factory: ClipFactory
) -> None:
    key = {"REDUB_APPKEY": service["appkey"], "REDUB_ACCESSTOKEN": service["accesstoken"]}
    where = ("--service", service["base_url"])
    clip = clip_factory(**LEGAL)
    chance = random.Random(SEED)
    for number in range(KILLS):
        shot = tmp_path / f"shot-{number}.redub"
        redub("new", clip, "-o", shot, "--script", f"Take number {number}.")
        _kill_after(chance.uniform(0.4, 3.5), "make", shot, *where, **key)
        if number % 3 == 2:
            _kill_after(chance.uniform(0.3, 1.5), "follow", *where, **key)

    followed = redub("follow", "--json", *where, **key)

    tasks = redub("tasks", "--json").json["tasks"]
    made = Counter(_script_of(path) for path in (Path(service["home"]) / "rehearsal" / "jobs").glob("*.json"))
    known = {task["task_id"] for task in tasks}
    at_the_service = {path.stem for path in (Path(service["home"]) / "rehearsal" / "jobs").glob("*.json")}
    unclear = [task for task in tasks if task["state"] == "unclear"]
    assert followed.code in {0, 3}, followed.err
    assert {task["state"] for task in tasks} <= RESTING
    assert all(times == 1 for times in made.values()), made
    # A job whose TaskId never arrived is known to be unclear; every other one is known by its TaskId.
    assert len(at_the_service - known) <= len(unclear)
    assert [task for task in tasks if task["state"] == "failed"] == []
    _check_results(redub_home / "results", [task for task in tasks if task["state"] == "done"])


def _kill_after(seconds: float, *arguments: str | Path, **more: str) -> None:
    """Start `redub`, and kill it after a while, whatever it is doing."""
    child = begun(*arguments, **more)
    with suppress(subprocess.TimeoutExpired):
        child.communicate(timeout=seconds)
    with suppress(ProcessLookupError):
        os.kill(child.pid, signal.SIGKILL)
    child.communicate()


def _script_of(job: Path) -> str:
    for _ in range(50):
        with suppress(json.JSONDecodeError):
            return str(json.loads(job.read_text())["payload"]["InputSsml"])
        time.sleep(0.01)
    raise AssertionError(f"{job} is no record")


def _check_results(folder: Path, done: list[dict[str, str]]) -> None:
    """Every file under a final name is whole and known, and no partial file is left of a task that is done."""
    expected = {path for task in done for path in (task["result"], task["subtitles"]) if path}
    found = {str(path) for path in folder.iterdir()} if folder.is_dir() else set[str]()
    assert found == expected
    for task in done:
        verify_video(task["result"], expected_seconds=float(task["duration"]), tolerance=0.1)
