"""The only history of paid jobs: each task from its intent on, each step on the disk before it counts.

Every changing call returns after its commit (fsync); a step that `redub.core.tasks` does not allow is a Bug.
All calls block for as long as the disk takes and may come from any thread.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from redub.core.errors import Bug
from redub.core.tasks import PAID, RESTING, UNFINISHED, RemoteStatus, TaskRecord, TaskState
from redub.store import taskrows as rows
from redub.store.accountbook import AccountBook
from redub.store.answerlog import AnswerLog
from redub.store.database import Database
from redub.store.migrations import MIGRATIONS
from redub.store.newtask import new_record
from redub.store.runs import Run
from redub.store.taskrows import INTENT_FIELDS, Event, Intent
from redub.store.waitinglist import WaitingList

__all__ = ["Event", "Intent", "TaskStore"]

_ORDER = "ORDER BY created, rowid"
_FROM_STATUS = {
    RemoteStatus.COMMIT: TaskState.QUEUED,
    RemoteStatus.MAKING: TaskState.MAKING,
    RemoteStatus.SUCCESS: TaskState.MADE,
    RemoteStatus.FAIL: TaskState.FAILED,
}


class TaskStore:
    """The tasks in the database at one path; thread-safe, shared between programs, closed by `close`.

    :ivar waiting: the creator's own queue
    :ivar answers: what the service answered, for each task
    :ivar accounts: places and pauses of each account
    """

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
        self.waiting = WaitingList(self._database, self._run.id, clock)
        self.answers = AnswerLog(self._database, clock)
        self.accounts = AccountBook(self._database, clock)

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

    def may_be_damaged(self) -> bool:
        """Say whether to look: an earlier run died, or met damage."""
        _lives, died = self._run.others()
        return died or self._database.met_damage

    def check(self) -> None:
        """Read through the whole database.

        :raises Damaged: a part of it cannot be read
        """
        self._database.check()

    def intend(self, intent: Intent) -> TaskRecord:
        """Write down that `intent` is about to be sent; the POST may begin when this has returned."""
        record = new_record(intent, TaskState.INTENDED, self._clock())
        return self._database.write(lambda db: rows.insert(db, record, self._run.id))

    def accepted(self, id: str, task_id: str, *, detail: str = "", request_id: str = "") -> TaskRecord:
        """Write down the TaskId that came back, or that the creator found for an unclear one."""
        if not task_id:
            raise Bug("A task was accepted without a TaskId.")
        now = self._clock()
        known = {"request_id": request_id} if request_id else {}
        return self._change(
            id,
            TaskState.QUEUED,
            detail or f"TaskId {task_id}",
            task_id=task_id,
            submitted=now,
            message="",
            code=0,
            **known,
        )

    def refused(self, id: str, *, message: str, code: int | None = None, request_id: str = "") -> TaskRecord:
        """Write down that the service made nothing, for certain."""
        detail = message if code is None else f"{message} (code {code})"
        return self._change(
            id,
            TaskState.REFUSED,
            detail,
            message=message,
            code=code,
            request_id=request_id,
            finished=self._clock(),
        )

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

    def done(
        self,
        id: str,
        *,
        result: str,
        subtitles: str = "",
        duration: float | None = None,
        result_hash: str = "",
        result_bytes: int | None = None,
    ) -> TaskRecord:
        """Write down that the verified result lies at `result`, and its subtitles at `subtitles`."""
        known = {"duration": duration, "result_hash": result_hash or None, "result_bytes": result_bytes}
        length = {key: value for key, value in known.items() if value is not None}
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

    def moved(self, id: str, *, result: str, subtitles: str = "") -> TaskRecord:
        """Write down where the creator has moved a finished result to."""
        record = self._change(id, TaskState.DONE, "", result=result, subtitles=subtitles)
        self.note(id, "moved", result)
        return record

    def take_up(self, id: str, *, detail: str = "") -> TaskRecord:
        """Ask about a task again that was given up, or was thought to have failed or expired; it costs nothing."""
        record = self.get(id)
        if not record.task_id:
            raise Bug("A task without a TaskId was to be asked about.", detail=id)
        cleared: dict[str, object] = {"message": "", "fail_code": None, "finished": None, "forgotten": None}
        return self._change(id, TaskState.QUEUED, detail, **cleared)

    def again(self, id: str, *, detail: str = "") -> tuple[TaskRecord, TaskRecord]:
        """Put the request of a task into the queue once more, as a task of its own; return (the old, the new) one.

        An unclear one is given up by this, in the same step: a crash cannot lose the one or double the other.
        """
        return self._database.write(lambda db: self._again(db, rows.get(db, id), detail))

    def forget(self, *ids: str, now: float | None = None) -> tuple[TaskRecord, ...]:
        """Take resting tasks off the list; nothing is deleted, and `remember` brings them back.

        :raises Bug: one of them still goes on
        """
        moment = self._clock() if now is None else now
        return self._database.write(lambda db: tuple(self._forget(db, id, moment) for id in ids))

    def remember(self, *ids: str) -> tuple[TaskRecord, ...]:
        """Bring forgotten tasks back onto the list."""

        def work(db: sqlite3.Connection) -> tuple[TaskRecord, ...]:
            return tuple(
                rows.step(
                    db, (record := rows.get(db, id)), record.state, "", {"forgotten": None}, self._clock()
                )
                for id in ids
            )

        return self._database.write(work)

    def note(self, id: str, kind: str, detail: str = "") -> None:
        """Add a line to the story of a task without changing the task."""
        now = self._clock()
        self._database.write(lambda db: rows.add_event(db, id, Event(now, kind, detail)))

    def recover(self) -> tuple[TaskRecord, ...]:
        """Turn the intents of runs that have died into unclear tasks and return these.

        An intent of a program that still runs is its own affair: it may be sending right now.
        """
        runs = {run_id for _id, run_id in self._database.read(rows.intents)}
        dead = {run_id for run_id in runs if self._run.is_dead(run_id)}
        return self._database.write(lambda db: self._bury(db, dead)) if dead else ()

    def get(self, id: str) -> TaskRecord:
        """Return one task by our own id; KeyError when there is none."""
        return self._database.read(lambda db: rows.get(db, id))

    def all(self) -> tuple[TaskRecord, ...]:
        """Return every task that was not forgotten, the oldest first."""
        return self._select("WHERE forgotten IS NULL")

    def listed(self) -> tuple[TaskRecord, ...]:
        """Return the same as `all` for a list of thousands: `request` and `media` are left empty.

        Such a record is for showing; whatever changes a task reads it again.
        """
        return self._database.read(lambda db: rows.listing(db, "WHERE forgotten IS NULL"))

    def forgotten(self) -> tuple[TaskRecord, ...]:
        """Return the tasks that were taken off the list, the oldest first."""
        return self._select("WHERE forgotten IS NOT NULL")

    def unfinished(self) -> tuple[TaskRecord, ...]:
        """Return the tasks that are to be asked about, fetched or verified, the oldest first."""
        return self.in_state(*UNFINISHED)

    def in_state(self, *states: TaskState) -> tuple[TaskRecord, ...]:
        """Return the tasks in any of `states`, the oldest first."""
        marks = ", ".join("?" for _state in states)
        return self._select(f"WHERE state IN ({marks})", *(state.value for state in states))

    def with_task_id(self, task_id: str) -> TaskRecord | None:
        """Return the task that the service knows by `task_id`, or None."""
        found = self._select("WHERE task_id = ?", task_id)
        return found[0] if found else None

    def with_body(self, body_hash: str) -> tuple[TaskRecord, ...]:
        """Return the tasks whose request was exactly the same, the oldest first."""
        return self._select("WHERE body_hash = ?", body_hash)

    def twins(self, identity: str, body_hash: str, account: str) -> tuple[TaskRecord, ...]:
        """Return the tasks of `account` that ask for the same and were, or may have been, taken; the oldest first."""
        condition = "WHERE (identity != '' AND identity = ?) OR (body_hash = ? AND body_hash != '')"
        same = self._select(condition, identity, body_hash)
        alive = PAID | {TaskState.WAITING}
        return tuple(one for one in same if one.state in alive and one.account == account)

    def events(self, id: str) -> tuple[Event, ...]:
        """Return the story of one task in its order."""
        query = "SELECT time, kind, detail FROM events WHERE id = ? ORDER BY number"
        rows = self._database.read(lambda db: db.execute(query, (id,)).fetchall())
        return tuple(Event(*row) for row in rows)

    def _select(self, condition: str, *values: object) -> tuple[TaskRecord, ...]:
        return self._database.read(lambda db: rows.select(db, f"{condition} {_ORDER}", *values))

    def _change(self, id: str, target: TaskState, detail: str, **changes: object) -> TaskRecord:
        return self._database.write(lambda db: self._step(db, rows.get(db, id), target, detail, changes))

    def _bury(self, db: sqlite3.Connection, dead: set[str]) -> tuple[TaskRecord, ...]:
        message = "The program ended while the job was being sent."
        return tuple(
            self._step(db, rows.get(db, id), TaskState.UNCLEAR, message, {"message": message})
            for id, run_id in rows.intents(db)
            if run_id in dead
        )

    def _report(
        self, db: sqlite3.Connection, id: str, target: TaskState, said: dict[str, object]
    ) -> TaskRecord:
        record = rows.get(db, id)
        if record.state not in UNFINISHED:
            return record
        if target is TaskState.MADE and not (said.get("media_url") or record.media_url):
            target = TaskState.MAKING
        if record.state is TaskState.MADE and target in {TaskState.QUEUED, TaskState.MAKING}:
            return record
        if target is not TaskState.QUEUED:
            said["ahead"] = None
        if target is TaskState.MAKING and record.making_since is None:
            said["making_since"] = self._clock()
        if target in {TaskState.MADE, TaskState.FAILED} and record.finished is None:
            said["finished"] = self._clock()
        return self._step(db, record, target, str(said.get("message", "")), said)

    def _step(
        self,
        db: sqlite3.Connection,
        record: TaskRecord,
        target: TaskState,
        detail: str,
        changes: dict[str, object],
    ) -> TaskRecord:
        return rows.step(db, record, target, detail, changes, self._clock())

    def _again(self, db: sqlite3.Connection, old: TaskRecord, detail: str) -> tuple[TaskRecord, TaskRecord]:
        now = self._clock()
        plain = {name: getattr(old, name) for name in INTENT_FIELDS} | {
            "again_of": old.id,
            "not_before": None,
        }
        new = new_record(Intent(**plain), TaskState.WAITING, now)
        new = rows.insert(db, replace(new, place=now), "", detail)
        if old.state is TaskState.UNCLEAR:
            old = rows.step(db, old, TaskState.GIVEN_UP, detail, {}, now)
        rows.add_event(db, old.id, Event(now, "sent again", new.id))
        return old, new

    def _forget(self, db: sqlite3.Connection, id: str, now: float) -> TaskRecord:
        record = rows.get(db, id)
        if record.state not in RESTING:
            raise Bug("A task that goes on was to be forgotten.", detail=f"{id}: {record.state.value}")
        return rows.step(db, record, record.state, "", {"forgotten": now}, self._clock())
