"""How long it may still take, honestly: from the creator's own history, and from how the queue has moved."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from redub.core.experience import Job, Usual, usual
from redub.core.tasks import UNFINISHED, TaskRecord, TaskState
from redub.i18n import _, ngettext
from redub.services.ledger import Ledger

MOST_MOVES = 40
RECENT_SECONDS = 15 * 60.0
EXPIRY_WARNING_SECONDS = 24 * 3600.0
"""A result with less than this to live is warned about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What can be said about a task that runs.

    :ivar elapsed: seconds since it was sent
    :ivar ahead: tasks before it, None when it is not in the service's queue
    :ivar per_minute: tasks by which its place moved forward in a minute, lately; None while that cannot be said
    :ivar usual: how long jobs of this length took, None without enough history
    """

    elapsed: float | None
    ahead: int | None
    per_minute: float | None
    usual: Usual | None

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say it, one thing a line; nothing is said that is not known."""
        said = []
        if self.ahead is not None:
            said.append(
                ngettext("{n} task is ahead.", "{n} tasks are ahead.", self.ahead).format(n=self.ahead)
                + self._trend()
            )
        if self.usual is not None:
            said.append(usual_sentence(self.usual))
        return tuple(said)

    def _trend(self) -> str:
        if self.per_minute is None:
            return ""
        if self.per_minute <= 0:
            return " " + _("The queue has not moved lately.")
        return " " + _("The queue moves by {n:.1f} a minute.").format(n=self.per_minute)


class Outlooks:
    """Remembers how the queue moves while the program runs, and what jobs took before."""

    def __init__(self, ledger: Ledger, *, clock: Callable[[], float] = time.time) -> None:
        self._ledger = ledger
        self._clock = clock
        self._moves: dict[str, list[tuple[float, int]]] = {}
        self._jobs: dict[str, tuple[str, Job]] | None = None
        self.end = ledger.changes.listen(self._hear)

    async def of(self, record: TaskRecord) -> Outlook:
        """Return what can be said about `record` now; the history is read once, and kept up with from then on."""
        if self._jobs is None:
            history = await self._ledger.read(lambda store: store.listed())
            self._jobs = {}
            for one in history:
                self._learn(one)
        return self._outlook(record, [job for site, job in self._jobs.values() if site == record.site])

    def among(self, record: TaskRecord, history: Iterable[TaskRecord]) -> Outlook:
        """Return the same from a history that is at hand; quick, and without I/O."""
        return self._outlook(
            record, [job for one in history if one.site == record.site and (job := job_of(one))]
        )

    def _outlook(self, record: TaskRecord, jobs: Iterable[Job]) -> Outlook:
        running = record.state in UNFINISHED and record.submitted is not None
        return Outlook(
            elapsed=self._clock() - record.submitted if running and record.submitted is not None else None,
            ahead=record.ahead if record.state is TaskState.QUEUED else None,
            per_minute=self._pace(record.id) if record.state is TaskState.QUEUED else None,
            usual=usual(jobs, record.duration or record.expected_seconds),
        )

    def seen(self, record: TaskRecord) -> None:
        """Note the place in the queue of a task that was asked about, also when it has not changed."""
        if record.state is not TaskState.QUEUED or record.ahead is None:
            self._moves.pop(record.id, None)
            return
        moves = self._moves.setdefault(record.id, [])
        moves.append((self._clock(), record.ahead))
        del moves[:-MOST_MOVES]

    def _hear(self, record: TaskRecord) -> None:
        self.seen(record)
        if self._jobs is not None:
            self._learn(record)

    def _learn(self, record: TaskRecord) -> None:
        job = job_of(record)
        if job is not None and self._jobs is not None:
            self._jobs[record.id] = (record.site, job)

    def _pace(self, id: str) -> float | None:
        now = self._clock()
        recent = [move for move in self._moves.get(id, ()) if now - move[0] <= RECENT_SECONDS]
        if len(recent) < 2 or recent[-1][0] - recent[0][0] < 1:
            return None
        return (recent[0][1] - recent[-1][1]) * 60 / (recent[-1][0] - recent[0][0])


def job_of(record: TaskRecord) -> Job | None:
    """Return what a task that was made took, or None for any other."""
    if record.state not in {TaskState.DONE, TaskState.MADE} or not record.duration:
        return None
    if record.finished is None or record.submitted is None:
        return None
    return Job(record.duration, record.finished - record.submitted)


def usual_sentence(usual: Usual) -> str:
    """Say how long jobs of this length took."""
    if usual.high < 90:
        low, high = round(usual.low), round(usual.high)
        return _("Jobs of this length took {low} to {high} seconds.").format(low=low, high=max(low, high))
    low, high = int(usual.low / 60), math.ceil(usual.high / 60)
    return _("Jobs of this length took {low} to {high} minutes.").format(low=low, high=high)


def expiring(
    records: Iterable[TaskRecord], now: float, *, within: float = EXPIRY_WARNING_SECONDS
) -> tuple[TaskRecord, ...]:
    """Return the tasks whose result is not here yet and dies within `within` seconds, the first to die first."""
    dying = [one for one in records if one.expires is not None and one.expires - now <= within]
    return tuple(sorted(dying, key=lambda one: one.expires or 0.0))


def expiry_sentence(record: TaskRecord, now: float) -> str:
    """Say how long the service still keeps a result that is not here, or ""."""
    if record.expires is None:
        return ""
    left = record.expires - now
    name = record.take_name or record.name or record.id[:8]
    if left <= 0:
        return _("{name}: the service has kept the result for seven days; it may be gone.").format(name=name)
    hours = int(left // 3600)
    if hours < 1:
        return _("{name}: the service deletes the result in less than an hour.").format(name=name)
    said = ngettext(
        "{name}: the service deletes the result in {n} hour.",
        "{name}: the service deletes the result in {n} hours.",
        hours,
    )
    return said.format(name=name, n=hours)
