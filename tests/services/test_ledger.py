"""A step that was begun is finished, and everybody hears of it."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from redub.core.tasks import TaskRecord, TaskState
from redub.services.ledger import Ledger
from redub.store.tasks import Intent, TaskStore


async def test_write__tells_after_it_is_on_disk(tmp_path: Path) -> None:
    ledger = await Ledger.open(tmp_path / "tasks.sqlite3")
    told: list[tuple[TaskState, TaskState]] = []
    ledger.changes.listen(lambda record: told.append((record.state, ledger.store.get(record.id).state)))
    try:
        record = await ledger.write(lambda store: store.intend(Intent(request="{}")))
        await ledger.write(lambda store: store.accepted(record.id, "t"))
    finally:
        await ledger.aclose()

    assert told == [(TaskState.INTENDED, TaskState.INTENDED), (TaskState.QUEUED, TaskState.QUEUED)]


async def test_write__is_finished_although_the_caller_is_cancelled(tmp_path: Path) -> None:
    ledger, begun, go_on = await Ledger.open(tmp_path / "tasks.sqlite3"), threading.Event(), threading.Event()

    def slowly(store: TaskStore) -> TaskRecord:
        begun.set()
        go_on.wait(10)
        return store.intend(Intent(request="{}"))

    writing = asyncio.ensure_future(ledger.write(slowly))
    await asyncio.to_thread(begun.wait, 10)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    go_on.set()
    await ledger.aclose()

    with TaskStore(tmp_path / "tasks.sqlite3") as store:
        assert len(store.all()) == 1
