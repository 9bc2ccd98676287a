"""The only history of paid jobs: each task from its intent on, each step on the disk before it counts.

Every changing call returns after its commit (fsync); a step that `redub.core.tasks` does not allow is a Bug.
All calls block for as long as the disk takes and may come from any thread.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from redub.core.errors import Bug
from redub.core.tasks import UNFINISHED, RemoteStatus, TaskRecord, TaskState, may_become
from redub.store.database import Database
from redub.store.migrations import MIGRATIONS
from redub.store.runs import Run

_COLUMNS = tuple(field.name for field in fields(TaskRecord))
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM tasks"
_FROM_STATUS = {
    RemoteStatus.COMMIT: TaskState.QUEUED,
    RemoteStatus.MAKING: TaskState.MAKING,
    RemoteStatus.SUCCESS: TaskState.MADE,
    RemoteStatus.FAIL: TaskState.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What is about to be sent; fields as in `TaskRecord`. `request` is the exact body, as text."""

    request: str
    shot: str = ""
    take_id: str = ""
    take_name: str = ""
    site: str = ""
    base_url: str = ""
    appkey: str = ""
    expected_seconds: float | None = None
    folder: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a task's story: Unix seconds, a short kind ("queued" …), the words that came with it."""

    time: float
    kind: str
    detail: str


class TaskStore:
    """The tasks in the database at one path; thread-safe, shared between programs, closed by `close`."""

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.time) -> None:
        """Open or create the database, and take the lock of this run of the program.

        :param clock: Unix seconds
        :raises UserError: the database was made by a newer version
        :raises EnvironmentFault: it is damaged or cannot be opened
        """
        self._clock = clock
        self._database = Database(path, MIGRATIONS)
        try:
            self._run = Run(path.parent / "runs")
        except BaseException:
            self._database.close()
            raise

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Finish what is being written and close the database."""
        self._database.close()
        self._run.end()

    def intend(self, intent: Intent) -> TaskRecord:
        """Write down that `intent` is about to be sent; the POST may begin when this has returned."""
        now = self._clock()
        plain = {field.name: getattr(intent, field.name) for field in fields(Intent)}
        record = TaskRecord(
            id=uuid.uuid4().hex,
            state=TaskState.INTENDED,
            body_hash=hashlib.sha256(intent.request.encode()).hexdigest(),
            created=now,
            updated=now,
            **plain,
        )
        return self._database.write(lambda db: _insert(db, record, self._run.id))

    def accepted(self, id: str, task_id: str, *, detail: str = "") -> TaskRecord:
        """Write down the TaskId that came back, or that the creator found for an unclear one."""
        if not task_id:
            raise Bug("A task was accepted without a TaskId.")
        now = self._clock()
        return self._change(
            id, TaskState.QUEUED, detail or f"TaskId {task_id}", task_id=task_id, submitted=now, message=""
        )

    def refused(self, id: str, *, message: str, code: int | None = None) -> TaskRecord:
        """Write down that the service made nothing, for certain."""
        detail = message if code is None else f"{message} (code {code})"
        return self._change(id, TaskState.REFUSED, detail, message=message, finished=self._clock())

    def unclear(self, id: str, *, message: str) -> TaskRecord:
        """Write down that nobody knows whether the service took it."""
        return self._change(id, TaskState.UNCLEAR, message, message=message)

    def reported(
        self,
        id: str,
        *,
        status: RemoteStatus,
        ahead: int | None = None,
        media_url: str = "",
        subtitles_url: str = "",
        duration: float | None = None,
        fail_code: int | None = None,
        message: str = "",
    ) -> TaskRecord:
        """Write down what the service says about a task.

        A finished task is left as it is, and one that was made does not go back: a late answer may say less
        than is known. SUCCESS without an address is a task that still runs. Nothing is written when nothing
        is new.

        `finished` becomes the moment at which the service was first known to have ended: the seven days of
        the result count from then.
        """
        target = _FROM_STATUS[status]
        news: dict[str, object] = {
            "media_url": media_url,
            "subtitles_url": subtitles_url,
            "duration": duration,
            "fail_code": fail_code,
            "message": message,
        }
        said: dict[str, object] = {key: value for key, value in news.items() if value not in (None, "")} | {
            "ahead": ahead
        }
        return self._database.write(lambda db: self._report(db, id, target, said))

    def publishing(self, id: str, *, result: str, subtitles: str = "") -> TaskRecord:
        """Write down the names that the verified files are about to get, for the case of a crash."""
        return self._change(id, TaskState.MADE, "", result=result, subtitles=subtitles)

    def done(self, id: str, *, result: str, subtitles: str = "", duration: float | None = None) -> TaskRecord:
        """Write down that the verified result lies at `result`, and its subtitles at `subtitles`."""
        length = {} if duration is None else {"duration": duration}
        return self._change(
            id, TaskState.DONE, result, result=result, subtitles=subtitles, message="", **length
        )

    def failed(self, id: str, *, message: str, fail_code: int | None = None) -> TaskRecord:
        """Write down that there will be no result."""
        return self._change(
            id, TaskState.FAILED, message, message=message, fail_code=fail_code, finished=self._clock()
        )

    def expired(self, id: str, *, message: str = "") -> TaskRecord:
        """Write down that the service no longer has the result."""
        return self._change(id, TaskState.EXPIRED, message, message=message)

    def given_up(self, id: str, *, message: str = "") -> TaskRecord:
        """Write down that the creator does not want to follow it any more."""
        return self._change(id, TaskState.GIVEN_UP, message, message=message)

    def note(self, id: str, kind: str, detail: str = "") -> None:
        """Add a line to the story of a task without changing the task."""
        now = self._clock()
        self._database.write(lambda db: _add_event(db, id, Event(now, kind, detail)))

    def recover(self) -> tuple[TaskRecord, ...]:
        """Turn the intents of runs that have died into unclear tasks and return these.

        An intent of a program that still runs is its own affair: it may be sending right now.
        """
        runs = {run_id for _id, run_id in self._database.read(_intents)}
        dead = {run_id for run_id in runs if self._run.is_dead(run_id)}
        return self._database.write(lambda db: self._bury(db, dead)) if dead else ()

    def get(self, id: str) -> TaskRecord:
        """Return one task by our own id; KeyError when there is none."""
        return self._database.read(lambda db: _get(db, id))

    def all(self) -> tuple[TaskRecord, ...]:
        """Return every task, the oldest first."""
        return self._select("")

    def unfinished(self) -> tuple[TaskRecord, ...]:
        """Return the tasks that are to be asked about, fetched or verified, the oldest first."""
        return self.in_state(*UNFINISHED)

    def in_state(self, *states: TaskState) -> tuple[TaskRecord, ...]:
        """Return the tasks in any of `states`, the oldest first."""
        marks = ", ".join("?" for _state in states)
        return self._select(f"WHERE state IN ({marks})", *(state.value for state in states))

    def with_body(self, body_hash: str) -> tuple[TaskRecord, ...]:
        """Return the tasks whose request was exactly the same, the oldest first."""
        return self._select("WHERE body_hash = ?", body_hash)

    def events(self, id: str) -> tuple[Event, ...]:
        """Return the story of one task in its order."""
        query = "SELECT time, kind, detail FROM events WHERE id = ? ORDER BY number"
        rows = self._database.read(lambda db: db.execute(query, (id,)).fetchall())
        return tuple(Event(*row) for row in rows)

    def _select(self, condition: str, *values: object) -> tuple[TaskRecord, ...]:
        query = f"{_SELECT} {condition} ORDER BY created, rowid"
        rows = self._database.read(lambda db: db.execute(query, values).fetchall())
        return tuple(_record(row) for row in rows)

    def _change(self, id: str, target: TaskState, detail: str, **changes: object) -> TaskRecord:
        return self._database.write(lambda db: self._apply(db, _get(db, id), target, detail, changes))

    def _bury(self, db: sqlite3.Connection, dead: set[str]) -> tuple[TaskRecord, ...]:
        message = "The program ended while the job was being sent."
        return tuple(
            self._apply(db, _get(db, id), TaskState.UNCLEAR, message, {"message": message})
            for id, run_id in _intents(db)
            if run_id in dead
        )

    def _report(
        self, db: sqlite3.Connection, id: str, target: TaskState, said: dict[str, object]
    ) -> TaskRecord:
        record = _get(db, id)
        if record.state not in UNFINISHED:
            return record
        if target is TaskState.MADE and not (said.get("media_url") or record.media_url):
            target = TaskState.MAKING
        if record.state is TaskState.MADE and target in {TaskState.QUEUED, TaskState.MAKING}:
            return record
        if target is not TaskState.QUEUED:
            said["ahead"] = None
        if target in {TaskState.MADE, TaskState.FAILED} and record.finished is None:
            said["finished"] = self._clock()
        return self._apply(db, record, target, str(said.get("message", "")), said)

    def _apply(
        self,
        db: sqlite3.Connection,
        record: TaskRecord,
        target: TaskState,
        detail: str,
        changes: dict[str, object],
    ) -> TaskRecord:
        """Move `record` to `target` with `changes`, if that is allowed and anything is new."""
        if not may_become(record.state, target):
            raise Bug(
                "A task was to take a step that it cannot take.",
                detail=f"{record.id}: {record.state.value} -> {target.value}",
            )
        changed = replace(record, state=target, **changes)  # type: ignore[arg-type]  # names of TaskRecord's fields
        if changed == record:
            return record
        now = self._clock()
        changed = replace(changed, updated=now)
        _update(db, changed)
        if target is not record.state:
            _add_event(db, record.id, Event(now, target.value, detail))
        return changed


def _insert(db: sqlite3.Connection, record: TaskRecord, run_id: str) -> TaskRecord:
    names, marks = ", ".join((*_COLUMNS, "run_id")), ", ".join("?" for _ in range(len(_COLUMNS) + 1))
    db.execute(f"INSERT INTO tasks ({names}) VALUES ({marks})", (*_row(record), run_id))
    _add_event(db, record.id, Event(record.created, record.state.value, ""))
    return record


def _update(db: sqlite3.Connection, record: TaskRecord) -> None:
    sets = ", ".join(f"{name} = ?" for name in _COLUMNS)
    db.execute(f"UPDATE tasks SET {sets} WHERE id = ?", (*_row(record), record.id))


def _add_event(db: sqlite3.Connection, id: str, event: Event) -> None:
    query = "INSERT INTO events (id, time, kind, detail) VALUES (?, ?, ?, ?)"
    db.execute(query, (id, event.time, event.kind, event.detail))


def _get(db: sqlite3.Connection, id: str) -> TaskRecord:
    row = db.execute(f"{_SELECT} WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise KeyError(id)
    return _record(row)


def _intents(db: sqlite3.Connection) -> list[tuple[str, str]]:
    query = "SELECT id, run_id FROM tasks WHERE state = ? ORDER BY created, rowid"
    return [(row[0], row[1]) for row in db.execute(query, (TaskState.INTENDED.value,))]


def _row(record: TaskRecord) -> tuple[object, ...]:
    return tuple(str(value) if name == "state" else value for name, value in _values(record))


def _values(record: TaskRecord) -> list[tuple[str, object]]:
    return [(name, getattr(record, name)) for name in _COLUMNS]


def _record(row: tuple[object, ...]) -> TaskRecord:
    plain = dict(zip(_COLUMNS, row, strict=True))
    return TaskRecord(**plain | {"state": TaskState(str(plain["state"]))})  # type: ignore[arg-type]  # STRICT columns
