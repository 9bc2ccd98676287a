"""A damaged history: keep it as it is, and begin a new one with everything that can still be read of it.

It is the only list of paid results, so nothing of it is thrown away: the old file stays beside the new one under a
name that says so, and TaskIds that are only found as loose words in it are written into a text file.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import filelock

from redub.core.errors import EnvironmentFault, RedubError
from redub.core.tasks import TaskState
from redub.store.database import Damaged, Database
from redub.store.files import disk_errors, make_folder, write_atomically
from redub.store.migrations import MIGRATIONS
from redub.store.runs import Run
from redub.store.tasks import TaskStore

TABLES = ("tasks", "events", "answers", "accounts")
_COMPANIONS = ("", "-wal", "-shm")
_STATES = frozenset(state.value for state in TaskState)
_LOOSE = re.compile(rb"TaskId[\":\s]{1,4}([0-9a-f]{32}|[0-9A-Za-z_-]{8,64})")
_LOCK_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What became of a damaged history.

    :ivar kept: where the damaged file lies now, as it was
    :ivar tasks: tasks that could be read, and are in the new one
    :ivar loose: file with TaskIds of tasks that could not, or None
    """

    kept: Path
    tasks: int
    loose: Path | None

    def error(self) -> RedubError:
        """Say it, as something that went wrong and was mended."""
        more = f" TaskIds that were found loose in it are in {self.loose.name}." if self.loose else ""
        return EnvironmentFault(
            "The list of tasks was damaged.",
            why=f"{self.tasks} tasks could be read and are in a new list.{more}",
            next_step=f"The damaged file has been kept: {self.kept}.",
        )


def open_or_salvage(path: Path) -> tuple[TaskStore, Salvaged | None]:
    """Open the history at `path`; one that is damaged is put aside first, and what can be read is saved.

    It is read through only after a run that did not end in order, or that met damage: that takes a moment.

    :raises UserError: it was made by a newer version, or by another program
    :raises EnvironmentFault: it cannot be opened, or another copy of the program is at the damaged one
    """
    try:
        return _checked(path), None
    except Damaged as fault:
        salvaged = _salvage(path, fault)
    return TaskStore(path), salvaged


def _checked(path: Path) -> TaskStore:
    store = TaskStore(path)
    try:
        if store.may_be_damaged():
            store.check()
    except BaseException:
        store.close()
        raise
    return store


def _salvage(path: Path, fault: Damaged) -> Salvaged:
    """Put the damaged file aside and save from it; one program at a time, and only the only one."""
    lock = filelock.FileLock(path.with_name(f"{path.name}.salvage"), timeout=_LOCK_SECONDS)
    with disk_errors(path, "could not be saved"), lock:
        run = Run(path.parent / "runs")
        try:
            others_live, _died = run.others()
        finally:
            run.end()
        if others_live:
            raise fault
        kept = _put_aside(path)
        tasks = _copy_over(kept, path)
        return Salvaged(kept, tasks, _note_loose(kept, path))


def _put_aside(path: Path) -> Path:
    stamp = time.strftime("%Y%m%d-%H%M%S")
    kept, number = path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}"), 1
    while kept.exists():
        number += 1
        kept = path.with_name(f"{path.stem}.damaged-{stamp}-{number}{path.suffix}")
    for companion in reversed(_COMPANIONS):
        source = path.with_name(path.name + companion)
        if source.exists():
            source.rename(kept.with_name(kept.name + companion))
    return kept


def _copy_over(kept: Path, path: Path) -> int:
    """Copy every row that can be read into a new database, and return how many tasks that were."""
    with closing(Database(path, MIGRATIONS)) as new, tempfile.TemporaryDirectory(prefix="redub-") as folder:
        copy = Path(folder) / kept.name
        for companion in _COMPANIONS:
            source = kept.with_name(kept.name + companion)
            if source.exists():
                shutil.copyfile(source, copy.with_name(copy.name + companion))
        with closing(sqlite3.connect(copy, check_same_thread=False)) as old:
            old.execute("PRAGMA writable_schema=ON")  # lets a file be read that is shorter than it says
            counts = {table: _copy_table(old, new, table) for table in TABLES}
    return counts["tasks"]


def _copy_table(old: sqlite3.Connection, new: Database, table: str) -> int:
    return new.write(lambda db: _copy(old_rows(old, table), db, table))


def _copy(rows: Iterator[dict[str, object]], db: sqlite3.Connection, table: str) -> int:
    known = [str(row[1]) for row in db.execute(f"PRAGMA table_info({table})")]
    count = 0
    for row in rows:
        plain = {name: value for name, value in row.items() if name in known}
        if table == "tasks" and plain.get("state") not in _STATES:
            continue
        marks = ", ".join("?" for _ in plain)
        try:
            db.execute(f"INSERT INTO {table} ({', '.join(plain)}) VALUES ({marks})", tuple(plain.values()))
        except sqlite3.Error:
            continue  # a damaged row, or one that names a task that is lost
        count += 1
    return count


def old_rows(old: sqlite3.Connection, table: str) -> Iterator[dict[str, object]]:
    """Yield the rows of `table` that can be read: from the front up to the damage, then from the back down to it."""
    try:
        names = [str(row[1]) for row in old.execute(f"PRAGMA table_info({table})")]
    except sqlite3.Error:
        return
    if not names:
        return
    last = 0
    for rowid, row in _rows(old, f"SELECT rowid, * FROM {table} WHERE rowid > ? ORDER BY rowid", 0):
        last = rowid
        yield dict(zip(names, row, strict=True))
    for _rowid, row in _rows(old, f"SELECT rowid, * FROM {table} WHERE rowid > ? ORDER BY rowid DESC", last):
        yield dict(zip(names, row, strict=True))


def _rows(old: sqlite3.Connection, query: str, after: int) -> Iterator[tuple[int, tuple[object, ...]]]:
    try:
        for row in old.execute(query, (after,)):
            yield int(row[0]), tuple(row[1:])
    except (sqlite3.Error, ValueError):
        return


def _note_loose(kept: Path, path: Path) -> Path | None:
    """Write down the TaskIds that stand in the damaged file and in no task of the new one."""
    found: set[str] = set()
    for companion in ("", "-wal"):
        source = kept.with_name(kept.name + companion)
        if source.exists():
            found |= {match.decode() for match in _LOOSE.findall(source.read_bytes())}
    with closing(Database(path, MIGRATIONS)) as new:
        known = new.read(lambda db: {str(row[0]) for row in db.execute("SELECT task_id FROM tasks")})
    loose = sorted(found - known)
    if not loose:
        return None
    note = kept.with_suffix(".taskids.txt")
    make_folder(note.parent)
    write_atomically(note, ("\n".join(loose) + "\n").encode())
    return note
