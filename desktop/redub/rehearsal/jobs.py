"""The jobs of the service: each is on the disk before it is answered, and again with every change that matters."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import msgspec

from redub.core.tasks import RemoteStatus
from redub.paths import ensure
from redub.rehearsal.codes import InterfaceCode
from redub.rehearsal.records import write_record
from redub.rehearsal.refusal import Refusal

logger = logging.getLogger(__name__)

_LOOK_AGAIN = 0.1
_FINISHED = frozenset({RemoteStatus.SUCCESS, RemoteStatus.FAIL})


class Kind(StrEnum):
    """What a job makes; each kind has its own slots and its own lane."""

    VIDEO = "video"
    AUDIO = "audio"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of TextTimestampResult: what is said, from and to, in units of 100 ns."""

    Word: str
    StartTimestamp: int
    EndTimestamp: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of TextTimestampResult."""

    Sentence: str
    Words: tuple[Word, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One accepted request and what became of it.

    :ivar number: order of arrival
    :ivar payload: the Payload as it came
    :ivar exclusive: made with exclusive concurrency (larger picture, longer media)
    :ivar scenario: what is simulated for it, "" for nothing
    :ivar shelf: the unguessable part of the addresses of its results
    :ivar progress: percent; -1 after failing
    :ivar media: name of the published result, "" until then; `subtitles` the same for the SRT
    :ivar milliseconds: Duration of the result
    :ivar told: the one request to CallbackUrl was begun
    :ivar created: Unix seconds; so is `finished`, 0 until then
    """

    task_id: str
    number: int
    kind: Kind
    payload: dict[str, object]
    exclusive: bool
    shelf: str
    created: float
    scenario: str = ""
    status: RemoteStatus = RemoteStatus.COMMIT
    progress: int = 0
    fail_code: int = 0
    fail_message: str = ""
    media: str = ""
    subtitles: str = ""
    milliseconds: int = 0
    sentences: tuple[Sentence, ...] = field(default=())
    told: bool = False
    finished: float = 0.0

    @property
    def is_finished(self) -> bool:
        """Say whether nothing more will happen to it."""
        return self.status in _FINISHED


class Onlooker(Protocol):
    """Whoever says how jobs fare besides what is made of them."""

    def ahead(self, job: Job) -> int:
        """Return how many tasks are said to be before `job` besides those that are."""

    def check(self, job: Job, percent: int) -> None:
        """Look at the progress of `job`; raises JobFailed where it is to end."""


class JobBook:
    """All jobs, by TaskId; thread-safe. Jobs that were not finished when the service ended wait again."""

    def __init__(self, folder: Path, onlooker: Onlooker | None = None) -> None:
        """Read the jobs that lie in `folder`.

        :raises OSError: the folder cannot be made or read
        """
        self._folder = ensure(folder)
        self._onlooker = onlooker
        self._changed = threading.Condition()
        self._jobs = {job.task_id: job for job in _read_all(self._folder)}
        self._closed = False

    def get(self, task_id: str) -> Job | None:
        """Return the job `task_id`, or None."""
        with self._changed:
            return self._jobs.get(task_id)

    def all(self) -> list[Job]:
        """Return every job, in the order of arrival."""
        with self._changed:
            return sorted(self._jobs.values(), key=lambda job: job.number)

    def admit(
        self,
        kind: Kind,
        payload: dict[str, object],
        *,
        exclusive: bool,
        slots: int,
        now: float,
        scenario: str = "",
    ) -> Job:
        """Accept a request while fewer than `slots` of its kind are unfinished; returns after it is on the disk.

        :raises Refusal: QUOTA
        """
        with self._changed:
            if len(self._unfinished(kind)) >= slots:
                raise Refusal(InterfaceCode.QUOTA, _quota_text(kind, slots))
            job = Job(
                task_id=secrets.token_hex(16),
                number=max((job.number for job in self._jobs.values()), default=0) + 1,
                kind=kind,
                payload=payload,
                exclusive=exclusive,
                shelf=secrets.token_hex(16),
                created=now,
                scenario=scenario,
            )
            self._store(job)
            self._changed.notify_all()
            return job

    def ahead(self, job: Job) -> int:
        """Return ArrayCount: how many unfinished jobs of the kind came before `job`."""
        with self._changed:
            before = sum(other.number < job.number for other in self._unfinished(job.kind))
            return before + self._held_by(job)

    def take(self, kind: Kind) -> Job | None:
        """Wait for the next job of `kind`, mark it MAKING and return it; None when the book was closed."""
        with self._changed:
            waiting = self._awaited(kind)
            if waiting is None:
                return None
            job = replace(waiting, status=RemoteStatus.MAKING)
            self._store(job)
            return job

    def progressed(self, task_id: str, percent: int) -> None:
        """Note progress; it is not written, because it begins again after a restart.

        :raises JobFailed: the job is to fail here
        """
        with self._changed:
            job = self._jobs[task_id]
            if self._onlooker is not None:
                self._onlooker.check(job, percent)
            self._jobs[task_id] = replace(job, progress=percent)

    def change(self, task_id: str, edit: Callable[[Job], Job]) -> Job:
        """Change a job and return it after the change is on the disk."""
        with self._changed:
            job = edit(self._jobs[task_id])
            self._store(job)
            return job

    def close(self) -> None:
        """Let everybody who waits in `take` go."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _unfinished(self, kind: Kind) -> list[Job]:
        return [job for job in self._jobs.values() if job.kind is kind and not job.is_finished]

    def _awaited(self, kind: Kind) -> Job | None:
        """Wait for the job that is to be made next; None when the book was closed."""
        while not self._closed:
            waiting = self._waiting(kind)
            ready = [job for job in waiting if not self._held_by(job)]
            if ready:
                return min(ready, key=lambda job: job.number)
            # Time alone lets those go that are held up.
            self._changed.wait(_LOOK_AGAIN if waiting else None)
        return None

    def _waiting(self, kind: Kind) -> list[Job]:
        return [job for job in self._unfinished(kind) if job.status is RemoteStatus.COMMIT]

    def _held_by(self, job: Job) -> int:
        """Return how many tasks are said to be before `job` that are none of ours."""
        return self._onlooker.ahead(job) if self._onlooker is not None else 0

    def _store(self, job: Job) -> None:
        write_record(self._folder / f"{job.task_id}.json", job)
        self._jobs[job.task_id] = job


def _quota_text(kind: Kind, slots: int) -> str:
    made = "视频" if kind is Kind.VIDEO else "音频"
    return f"超过配额限制: 提交{made}制作数量超过限制:{slots}"  # the form that the service's FAQ shows


def _read_all(folder: Path) -> list[Job]:
    jobs = []
    for path in folder.glob("*.json"):
        try:
            jobs.append(_waiting_again(msgspec.json.decode(path.read_bytes(), type=Job)))
        except msgspec.MsgspecError as exc:
            logger.warning("The record %s cannot be read and is left out: %s", path.name, exc)
    return jobs


def _waiting_again(job: Job) -> Job:
    return job if job.is_finished else replace(job, status=RemoteStatus.COMMIT, progress=0)
