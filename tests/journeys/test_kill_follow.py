"""Killed at random moments of submit, follow and download: nothing lost, nothing sent twice, nothing partial.

Against a service that counts, so that a thousand kills take an hour and not a day; `test_kill_make` does the same with
real videos. REDUB_KILLS says how many where neither the ordinary nor the full number is wanted.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from redub.store.shotfile import save
from services.stand import KEY, TOKEN, spoken_over
from support.clips import ClipFactory
from support.soaking import count
from terminal.calling import begun, environment, redub

KILLS = int(os.environ.get("REDUB_KILLS") or count(6, 1000))
SEED = 20261125
TESTS = Path(__file__).resolve().parents[1]
MEBIBYTE = 1024 * 1024
LEGAL = {"name": "legal.mp4", "width": 368, "height": 480, "seconds": 6.0, "audio": False}
SHORT = {"name": "result.mp4", "width": 320, "height": 240, "seconds": 2.0}
RESTING = {"done", "failed", "refused", "unclear"}


@pytest.fixture
def service(tmp_path: Path, clip_factory: ClipFactory) -> Iterator[str]:
    """Run the counting service, and return where it listens."""
    video = tmp_path / "served.mp4"
    padding = 5 * MEBIBYTE  # a box that players skip: there is time to be killed while it comes
    video.write_bytes(
        clip_factory(**SHORT).read_bytes() + (padding + 8).to_bytes(4, "big") + b"free" + bytes(padding)
    )
    path = os.pathsep.join((environment()["PYTHONPATH"], str(TESTS)))
    command = [sys.executable, "-m", "journeys.counting_service", str(video)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment(PYTHONPATH=path), text=True)
    try:
        assert child.stdout is not None
        yield str(json.loads(child.stdout.readline())["base_url"])
    finally:
        child.send_signal(signal.SIGTERM)
        child.communicate(timeout=30)


@pytest.mark.slow
@pytest.mark.timeout(120 + KILLS * 20)
def test_killed_at_random_moments__the_truth_is_found_again(
    service: str, tmp_path: Path, redub_home: Path, clip_factory: ClipFactory
) -> None:
    key = {"REDUB_APPKEY": KEY, "REDUB_ACCESSTOKEN": TOKEN}
    where, clip, chance = ("--service", service), clip_factory(**LEGAL), random.Random(SEED)
    whole = _whole_time(tmp_path / "first.redub", clip, where, key)
    kills, shots = 0, 0
    while kills < KILLS:
        shot = tmp_path / f"shot-{shots}.redub"
        save(spoken_over(clip, f"Take number {shots}.").shot, shot)
        shots += 1
        kills += _killed(whole * chance.uniform(0.1, 1.1), "make", shot, *where, **key)
        for _ in range(chance.choice((0, 1, 1, 2))):
            kills += _killed(whole * chance.uniform(0.1, 1.0), "follow", *where, **key)
        if shots % 50 == 0:
            print(f"{kills} kills, {_count(service)['resumed']} downloads gone on with", flush=True)

    _let_end(where, key)
    tasks = redub("tasks", "--json").json["tasks"]
    counted = _count(service)
    _check_tasks(tasks, counted)
    _check_folder(redub_home / "results", tasks)
    assert counted["twice"] <= 4 * MEBIBYTE
    states = dict(Counter(task["state"] for task in tasks))
    print(
        f"{kills} kills over {shots} takes: {states}, {counted['resumed']} downloads gone on with, "
        f"at most {counted['twice'] / MEBIBYTE:.2f} MiB fetched twice"
    )


def _whole_time(shot: Path, clip: Path, where: tuple[str, ...], key: dict[str, str]) -> float:
    """Return how long a take needs on this machine, so that the kills fall into all of it."""
    save(spoken_over(clip, "Take number first.").shot, shot)
    begun_at = time.monotonic()
    made = redub("make", shot, *where, **key)
    assert made.code == 0, made.err
    return time.monotonic() - begun_at


def _let_end(where: tuple[str, ...], key: dict[str, str]) -> None:
    """Let everything go to its end: what waits is sent, what runs is followed."""
    for _ in range(3):
        if redub("queue", "--json", **key).json["waiting"]:
            with suppress(subprocess.TimeoutExpired):
                redub("queue", "--send", "--json", *where, **key)
    followed = redub("follow", "--json", *where, **key)
    assert followed.code in {0, 3}, followed.err


def _killed(seconds: float, *arguments: str | Path, **more: str) -> bool:
    """Start `redub` and kill it after a while, whatever it is doing; say whether it was still there."""
    child = begun(*arguments, **more)
    try:
        child.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.kill(child.pid, signal.SIGKILL)
        child.communicate()
        return True
    return False


def _count(service: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{service}/count", timeout=30) as told:
        counted: dict[str, Any] = json.load(told)
    return counted


def _check_tasks(tasks: list[dict[str, Any]], counted: dict[str, Any]) -> None:
    """No job without a task, and no script submitted twice."""
    assert {task["state"] for task in tasks} <= RESTING
    assert {script: times for script, times in counted["scripts"].items() if times > 1} == {}
    assert [task for task in tasks if task["state"] in {"failed", "refused"}] == []
    known = {task["task_id"] for task in tasks if task["task_id"]}
    lost = {script for task_id, script in counted["jobs"].items() if task_id not in known}
    # A job whose TaskId had not come back when the program was killed is known to be unclear, and no other is.
    unclear = {
        f"Take number {task['shot'].removeprefix('shot-')}." for task in tasks if task["state"] == "unclear"
    }
    assert lost <= unclear
    assert known <= set(counted["jobs"])


def _check_folder(folder: Path, tasks: list[dict[str, Any]]) -> None:
    """The folder holds the results of what is done, whole, and nothing else."""
    done = [task for task in tasks if task["state"] == "done"]
    assert done
    expected = {path for task in done for path in (task["result"], task["subtitles"]) if path}
    assert {str(path) for path in folder.iterdir()} == expected
    assert len({Path(task["result"]).stat().st_size for task in done}) == 1
