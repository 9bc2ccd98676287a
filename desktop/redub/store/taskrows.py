"""Tasks as rows: every statement over the tables `tasks` and `events`, for use inside a transaction."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, fields, replace

from redub.core.errors import Bug
from redub.core.tasks import TaskRecord, TaskState, may_become

COLUMNS = tuple(field.name for field in fields(TaskRecord))
SELECT = f"SELECT {', '.join(COLUMNS)} FROM tasks"
_LONG = frozenset({"request", "media"})
LISTING = f"SELECT {', '.join(repr('') if name in _LONG else name for name in COLUMNS)} FROM tasks"
"""Every field but the long ones, which a list of thousands does not need."""

_STATE, _HELD = COLUMNS.index("state"), COLUMNS.index("held")
_PUT = tuple(getattr(TaskRecord, name).__set__ for name in COLUMNS)
_STATES = {state.value: state for state in TaskState}


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What is about to be sent; fields as in `TaskRecord`. `request` is the exact body, as text."""

    request: str
    identity: str = ""
    shot: str = ""
    take_id: str = ""
    take_name: str = ""
    site: str = ""
    base_url: str = ""
    appkey: str = ""
    expected_seconds: float | None = None
    expected_width: int | None = None
    expected_height: int | None = None
    expected_rate: float | None = None
    concurrency: str = ""
    limits: str = ""
    media: str = ""
    folder: str = ""
    name: str = ""
    again_of: str = ""
    priority: int = 0
    not_before: float | None = None


INTENT_FIELDS = tuple(field.name for field in fields(Intent))


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a task's story: Unix seconds, a short kind ("queued" …), the words that came with it."""

    time: float
    kind: str
    detail: str


def insert(db: sqlite3.Connection, record: TaskRecord, run_id: str, detail: str = "") -> TaskRecord:
    """Write a new task down, with the run of the program that is at it."""
    names, marks = ", ".join((*COLUMNS, "run_id")), ", ".join("?" for _ in range(len(COLUMNS) + 1))
    db.execute(f"INSERT INTO tasks ({names}) VALUES ({marks})", (*_row(record), run_id))
    add_event(db, record.id, Event(record.created, record.state.value, detail))
    return record


def update(db: sqlite3.Connection, record: TaskRecord) -> None:
    """Write every field of a task anew."""
    sets = ", ".join(f"{name} = ?" for name in COLUMNS)
    db.execute(f"UPDATE tasks SET {sets} WHERE id = ?", (*_row(record), record.id))


def step(
    db: sqlite3.Connection,
    record: TaskRecord,
    target: TaskState,
    detail: str,
    changes: dict[str, object],
    now: float,
) -> TaskRecord:
    """Move `record` to `target` with `changes`, if that is allowed and anything is new.

    :raises Bug: the task cannot take this step
    """
    if not may_become(record.state, target):
        raise Bug(
            "A task was to take a step that it cannot take.",
            detail=f"{record.id}: {record.state.value} -> {target.value}",
        )
    changed = replace(record, state=target, **changes)  # type: ignore[arg-type]  # names of TaskRecord's fields
    if changed == record:
        return record
    changed = replace(changed, updated=now)
    update(db, changed)
    if target is not record.state:
        add_event(db, record.id, Event(now, target.value, detail))
    return changed


def add_event(db: sqlite3.Connection, id: str, event: Event) -> None:
    """Add a line to a task's story."""
    query = "INSERT INTO events (id, time, kind, detail) VALUES (?, ?, ?, ?)"
    db.execute(query, (id, event.time, event.kind, event.detail))


def get(db: sqlite3.Connection, id: str) -> TaskRecord:
    """Return one task; KeyError when there is none."""
    row = db.execute(f"{SELECT} WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise KeyError(id)
    return record_of(row)


def select(db: sqlite3.Connection, condition: str, *values: object) -> tuple[TaskRecord, ...]:
    """Return the tasks that `condition` (with ORDER BY, if any) names."""
    return tuple(record_of(row) for row in db.execute(f"{SELECT} {condition}", values))


def listing(db: sqlite3.Connection, condition: str) -> tuple[TaskRecord, ...]:
    """Return the tasks that `condition` names without their long fields (request, media), the oldest first."""
    found = [record_of(row) for row in db.execute(f"{LISTING} {condition} ORDER BY rowid")]
    return tuple(sorted(found, key=lambda record: record.created))


def intents(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return (id, run) of every task that is just being sent, or was when its run died."""
    query = "SELECT id, run_id FROM tasks WHERE state = ? ORDER BY created, rowid"
    return [(row[0], row[1]) for row in db.execute(query, (TaskState.INTENDED.value,))]


def record_of(row: tuple[object, ...]) -> TaskRecord:
    """Return the task in a row of `SELECT`."""
    # Past __init__, which takes three times as long with this many fields: a list has thousands of rows.
    record = object.__new__(TaskRecord)
    for put, value in zip(_PUT, row, strict=True):
        put(record, value)
    _PUT[_STATE](record, _STATES[str(row[_STATE])])
    _PUT[_HELD](record, bool(row[_HELD]))
    return record


def _row(record: TaskRecord) -> tuple[object, ...]:
    values = [getattr(record, name) for name in COLUMNS]
    values[_STATE], values[_HELD] = record.state.value, int(record.held)
    return tuple(values)
