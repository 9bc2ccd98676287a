"""The creator's own queue: what is to be sent, in which order, and the one step that takes the next of it.

That step counts the places that are taken and takes the next task in one transaction, so that two programs at one
database never send the same task, and never more than the account has places for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection

from redub.core.errors import Bug
from redub.core.tasks import OCCUPYING, TaskRecord, TaskState
from redub.store import taskrows as rows
from redub.store.database import Database
from redub.store.newtask import new_record
from redub.store.taskrows import Event, Intent

_IN_TURN = "ORDER BY priority DESC, place, created, rowid"
_WAITING = TaskState.WAITING.value


class WaitingList:
    """The tasks in the state WAITING; blocking, from any thread."""

    def __init__(self, database: Database, run_id: str, clock: Callable[[], float]) -> None:
        self._database = database
        self._run_id = run_id
        self._clock = clock

    def all(self) -> tuple[TaskRecord, ...]:
        """Return everything that waits, in the order in which it is sent."""
        return self._database.read(lambda db: rows.select(db, f"WHERE state = ? {_IN_TURN}", _WAITING))

    def taken_places(self, account: str) -> int:
        """Return how many of the account's places are taken by tasks that this history knows."""
        return self._database.read(lambda db: _taken(db, account))

    def enter(self, intent: Intent) -> TaskRecord:
        """Put `intent` at the end of the queue."""
        now = self._clock()

        def work(db: sqlite3.Connection) -> TaskRecord:
            record = new_record(intent, TaskState.WAITING, now)
            changed = rows.insert(db, record, "")
            return rows.step(db, changed, TaskState.WAITING, "", {"place": _last(db) + 1.0}, now)

        return self._database.write(work)

    def claim(self, account: str, places: int, *, only: Collection[str] | None = None) -> TaskRecord | None:
        """Take the next task that may be sent now: it becomes INTENDED, on the disk, in this run's name.

        :param places: how many tasks the account may have at the service
        :param only: ids that may be taken, None for any
        :returns: None when no place is free or nothing may be sent
        """
        return self._database.write(lambda db: self._claim(db, account, places, only))

    def give_back(self, id: str, why: str) -> TaskRecord:
        """Put a task back into its place in the queue: the service has said that it made nothing."""

        def work(db: sqlite3.Connection) -> TaskRecord:
            record = rows.get(db, id)
            changes: dict[str, object] = {"refusals": record.refusals + 1, "message": why}
            return rows.step(db, record, TaskState.WAITING, why, changes, self._clock())

        return self._database.write(work)

    def arrange(
        self,
        id: str,
        *,
        priority: int | None = None,
        held: bool | None = None,
        not_before: float | None = None,
        at_once: bool = False,
    ) -> TaskRecord:
        """Change how a task waits.

        :param not_before: Unix seconds; `at_once` takes such a moment away
        """
        wanted = {"priority": priority, "held": held, "not_before": not_before}
        changes: dict[str, object] = {key: value for key, value in wanted.items() if value is not None}
        if at_once:
            changes["not_before"] = None
        return self._database.write(lambda db: self._arrange(db, id, changes))

    def move(self, id: str, before: str | None) -> TaskRecord:
        """Put a task before another one (which may have another priority, that is then taken on), or at the end."""

        def work(db: sqlite3.Connection) -> TaskRecord:
            others = [one for one in rows.select(db, f"WHERE state = ? {_IN_TURN}", _WAITING) if one.id != id]
            return self._arrange(db, id, _between(others, before))

        return self._database.write(work)

    def withdraw(self, id: str, *, message: str = "") -> TaskRecord:
        """Take a task out of the queue; nothing was sent."""

        def work(db: sqlite3.Connection) -> TaskRecord:
            record = _waiting(rows.get(db, id))
            return rows.step(db, record, TaskState.GIVEN_UP, message, {"message": message}, self._clock())

        return self._database.write(work)

    def _claim(
        self, db: sqlite3.Connection, account: str, places: int, only: Collection[str] | None
    ) -> TaskRecord | None:
        if _taken(db, account) >= places:
            return None
        now = self._clock()
        for record in rows.select(db, f"WHERE state = ? {_IN_TURN}", _WAITING):
            due = record.not_before is None or record.not_before <= now
            if record.account == account and due and not record.held and (only is None or record.id in only):
                claimed = rows.step(db, record, TaskState.INTENDED, "", {"message": ""}, now)
                db.execute("UPDATE tasks SET run_id = ? WHERE id = ?", (self._run_id, record.id))
                return claimed
        return None

    def _arrange(self, db: sqlite3.Connection, id: str, changes: dict[str, object]) -> TaskRecord:
        record, now = _waiting(rows.get(db, id)), self._clock()
        changed = rows.step(db, record, TaskState.WAITING, "", changes, now)
        if changed != record:
            said = ", ".join(f"{name} {value}" for name, value in changes.items())
            rows.add_event(db, id, Event(now, "arranged", said))
        return changed


def _taken(db: sqlite3.Connection, account: str) -> int:
    marks = ", ".join("?" for _ in OCCUPYING)
    query = f"SELECT count(*) FROM tasks WHERE state IN ({marks}) AND site || '|' || appkey = ?"
    count: int = db.execute(query, (*(state.value for state in OCCUPYING), account)).fetchone()[0]
    return count


def _last(db: sqlite3.Connection) -> float:
    last: float | None = db.execute("SELECT max(place) FROM tasks").fetchone()[0]
    return last or 0.0


def _between(others: list[TaskRecord], before: str | None) -> dict[str, object]:
    """Return the priority and the place that lie right before the task `before`, or after all of `others`."""
    at = next((place for place, one in enumerate(others) if one.id == before), len(others))
    above = others[at - 1] if at else None
    below = others[at] if at < len(others) else None
    if below is None:
        return {} if above is None else {"priority": above.priority, "place": (above.place or 0.0) + 1.0}
    low = above.place or 0.0 if above and above.priority == below.priority else (below.place or 0.0) - 2.0
    return {"priority": below.priority, "place": (low + (below.place or 0.0)) / 2}


def _waiting(record: TaskRecord) -> TaskRecord:
    if record.state is not TaskState.WAITING:
        raise Bug(
            "A task that waits no more was to be arranged.", detail=f"{record.id}: {record.state.value}"
        )
    return record
