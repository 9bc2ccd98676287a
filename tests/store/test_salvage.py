"""A damaged history is kept, saved as far as it can be read, and that is said."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from redub.core.errors import UserError
from redub.core.tasks import TaskState
from redub.store.database import Damaged
from redub.store.salvage import open_or_salvage
from redub.store.tasks import TaskStore
from store.test_tasks import an_intent

COUNT = 400


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a history of many tasks, all of whose rows are in the main file."""
    path = tmp_path / "tasks.sqlite3"
    with TaskStore(path) as store:
        for number in range(COUNT):
            intent = replace(an_intent('{"x":"' + "y" * 400 + '"}'), take_name=f"take {number}")
            store.accepted(store.intend(intent).id, f"{number:032x}")
    return path


def overwrite(path: Path, start: int, size: int) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(b"\xee" * size)


def died(path: Path) -> None:
    """Leave the lock of a run that did not end in order."""
    (path.parent / "runs" / "dead.lock").touch()


def test_a_whole_history__is_simply_opened(path: Path) -> None:
    died(path)
    store, salvaged = open_or_salvage(path)
    with store:
        assert len(store.all()) == COUNT

    assert salvaged is None
    assert sorted(one.name for one in path.parent.iterdir()) == ["runs", "tasks.sqlite3"]


def test_a_hole_in_the_middle__costs_only_what_lay_there(path: Path) -> None:
    overwrite(path, os.path.getsize(path) // 2 // 4096 * 4096, 4 * 4096)
    damaged = path.read_bytes()
    died(path)

    store, salvaged = open_or_salvage(path)
    with store:
        records = store.all()
        again = store.accepted(store.intend(an_intent()).id, "new")

    assert salvaged is not None
    assert salvaged.kept.read_bytes() == damaged
    assert COUNT - 60 < len(records) == salvaged.tasks <= COUNT
    assert all(record.state is TaskState.QUEUED for record in records)
    assert again.task_id == "new"
    known = {record.task_id for record in records}
    loose = set(salvaged.loose.read_text().split()) if salvaged.loose else set()
    lost = {f"{number:032x}" for number in range(COUNT)} - known - loose
    assert len(lost) <= 20  # what lay under the hole in both tables
    assert str(salvaged.kept) in str(salvaged.error())
    assert f"{salvaged.tasks} tasks" in str(salvaged.error())


def test_a_head_that_is_gone__leaves_the_loose_task_ids(path: Path) -> None:
    overwrite(path, 0, 4096)

    store, salvaged = open_or_salvage(path)
    with store:
        assert store.all() == ()

    assert salvaged is not None
    assert salvaged.tasks == 0
    assert salvaged.loose is not None
    assert set(salvaged.loose.read_text().split()) >= {f"{number:032x}" for number in range(0, COUNT, 50)}


def test_a_file_that_was_cut_off__keeps_its_front(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(os.path.getsize(path) // 3)
    died(path)

    store, salvaged = open_or_salvage(path)
    with store:
        found = len(store.all())

    assert salvaged is not None
    assert 0 < found < COUNT


def test_damage_that_is_met_while_it_runs__is_looked_for_at_the_next_start(path: Path) -> None:
    overwrite(path, os.path.getsize(path) // 2 // 4096 * 4096, 4 * 4096)
    store, salvaged = open_or_salvage(path)  # the last run ended in order: nobody looks
    with store, pytest.raises(Damaged):
        store.all()
    assert salvaged is None

    store, salvaged = open_or_salvage(path)
    with store:
        assert len(store.all()) > COUNT // 2

    assert salvaged is not None


def test_another_copy_is_at_it__nothing_is_moved(path: Path) -> None:
    with TaskStore(path):
        overwrite(path, 0, 4096)
        for companion in ("-wal", "-shm"):
            path.with_name(path.name + companion).unlink(missing_ok=True)
        before = path.read_bytes()
        with pytest.raises(Damaged, match="Close every copy"):
            open_or_salvage(path)
        assert path.read_bytes() == before


def test_a_newer_version__is_no_damage(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version=99")

    with pytest.raises(UserError, match="newer version"):
        open_or_salvage(path)

    assert not list(path.parent.glob("*damaged*"))
