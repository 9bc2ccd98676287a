"""The history is newer, or damaged, or several programs begin at once: what is told, and what is kept."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from redub.core.tasks import TaskState
from redub.store.tasks import TaskStore
from store.test_tasks import an_intent
from terminal.calling import begun, redub


@pytest.fixture
def history(redub_home: Path) -> Path:
    """Return a history of a hundred tasks."""
    path = redub_home / "data" / "tasks.sqlite3"
    with TaskStore(path) as store:
        for number in range(100):
            record = store.intend(an_intent('{"x":"' + "y" * 500 + '"}'))
            store.accepted(record.id, f"{number:032x}")
            store.given_up(record.id)
    return path


@pytest.mark.parametrize("command", ["tasks", "follow", "queue"])
def test_a_newer_version__is_said_and_left_as_it_is(command: str, history: Path) -> None:
    with closing(sqlite3.connect(history)) as db:
        db.execute("PRAGMA user_version=99")
    before = history.read_bytes()

    called = redub(command)

    assert called.code == 2
    assert "made by a newer version of Redub" in called.err
    assert history.read_bytes() == before


@pytest.mark.parametrize("command", ["tasks", "queue"])
def test_a_damaged_history__is_kept_and_saved_and_said(command: str, history: Path) -> None:
    with history.open("r+b") as file:
        file.write(b"\xee" * 4096)
    damaged = history.read_bytes()

    called = redub(command)
    again = redub("tasks")

    assert called.code == again.code == 0
    assert "The list of tasks was damaged." in called.err
    kept = next(history.parent.glob("tasks.damaged-*.sqlite3"))
    assert kept.read_bytes() == damaged
    assert str(kept) in called.err
    loose = kept.with_suffix(".taskids.txt").read_text().split()
    assert set(loose) >= {f"{number:032x}" for number in range(100)}
    assert "damaged" not in again.err


async def test_several_programs_at_once__open_one_history(redub_home: Path) -> None:
    children = [begun("queue", "--json") for _ in range(4)]
    outcomes = await asyncio.gather(*(asyncio.to_thread(child.communicate) for child in children))

    assert [child.returncode for child in children] == [0, 0, 0, 0], outcomes
    with TaskStore(redub_home / "data" / "tasks.sqlite3") as store:
        assert store.intend(an_intent()).state is TaskState.INTENDED
