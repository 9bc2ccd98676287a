"""Measures what following many tasks costs: CPU time against the clock on the wall, and requests against the rate."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from redub.core.tasks import TaskRecord, TaskState
from redub.services import monitor
from redub.services.choice import Choice
from redub.services.pace import Pace
from redub.services.workbench import Workbench
from redub.store import taskrows as rows
from redub.store.newtask import new_record
from services.stand import KEY, TOKEN, at
from store.test_tasks import an_intent
from support.waiting import until
from terminal.calling import environment

TASKS = 500
SECONDS = 30.0
MOST_OF_A_CORE = 0.01
AS_IN_THE_SETTINGS = Pace(first=8.0, longest=60.0, per_minute=60)
TESTS = Path(__file__).resolve().parents[1]


@pytest.fixture
def service(tmp_path: Path) -> Iterator[str]:
    """Run a service that keeps every task in its queue for an hour, in a process of its own."""
    video = tmp_path / "none.mp4"
    video.touch()
    path = os.pathsep.join((environment()["PYTHONPATH"], str(TESTS)))
    command = [sys.executable, "-m", "journeys.counting_service", str(video), "3600"]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment(PYTHONPATH=path), text=True)
    try:
        assert child.stdout is not None
        yield str(json.loads(child.stdout.readline())["base_url"])
    finally:
        child.terminate()
        child.communicate(timeout=10)


@pytest.mark.timeout(180)
async def test_following__500_tasks__costs_next_to_nothing(
    service: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(monitor, "pace_of", lambda _url, _settings: AS_IN_THE_SETTINGS)
    bench = await Workbench.open(at(tmp_path), Choice(service_url=service, appkey=KEY, accesstoken=TOKEN))
    try:
        _fill(bench, service)
        await bench.resume()
        await until(lambda: _asked(service) > 0, seconds=60)
        asked, begun, used = _asked(service), time.monotonic(), time.process_time()
        await asyncio.sleep(SECONDS)
        used, passed = time.process_time() - used, time.monotonic() - begun
        asked = _asked(service) - asked
    finally:
        await bench.aclose()

    rate = AS_IN_THE_SETTINGS.per_minute / 60
    print(
        f"following {TASKS} tasks: {used / passed:.4f} of a core over {passed:.0f} s, {asked} questions "
        f"({asked / passed:.2f} a second, allowed {rate:.2f})"
    )
    assert asked <= rate * passed + 2
    assert asked >= rate * passed * 0.7  # and it did follow
    assert used / passed <= MOST_OF_A_CORE


def _fill(bench: Workbench, service: str) -> None:
    def work(db: object) -> None:
        for number in range(TASKS):
            intent = replace(an_intent(), site="custom", base_url=service, appkey=KEY)
            plain: TaskRecord = new_record(intent, TaskState.QUEUED, time.time())
            rows.insert(db, replace(plain, task_id=f"{number:032x}", submitted=time.time()), "")  # type: ignore[arg-type]  # a connection

    bench.ledger.store._database.write(work)


def _asked(service: str) -> int:
    with urllib.request.urlopen(f"{service}/count", timeout=30) as told:
        return int(json.load(told)["asked"])
