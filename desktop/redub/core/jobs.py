"""The queue of conversions as values: jobs in their order, what may be done with each, and what is left of all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from redub.core.part import Part
from redub.core.progress import Progress, Stage


class JobState(StrEnum):
    """Where a conversion stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


OPEN = frozenset({JobState.WAITING, JobState.RUNNING})
"""States in which there is still something to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionJob:
    """One conversion.

    :ivar id: stays the same as long as the job is in the list
    :ivar source: path of the clip
    :ivar name: what a person calls it
    :ivar part: what of the clip is converted, None for all of it
    :ivar kind: what is done: "remux", "audio_only", "re_encode", "nothing"
    :ivar folder: where the person wants the result, "" to keep it for sending only
    :ivar result: path of the finished result, "" before
    :ivar said: the proof, or what went wrong, in whole sentences
    :ivar detail: the exact command, for copying
    :ivar asked: the person has put it into the queue; the others are there because a take waits for them
    :ivar likely: seconds that it is likely to take in all
    """

    id: str
    source: str
    name: str
    part: Part | None = None
    kind: str = ""
    folder: str = ""
    result: str = ""
    state: JobState = JobState.WAITING
    progress: Progress = field(default_factory=lambda: Progress(stage=Stage.CONVERT))
    said: str = ""
    detail: str = ""
    asked: bool = False
    likely: float = 0.0

    @property
    def seconds_left(self) -> float:
        """Return how long it will still take, 0 when nothing is to do."""
        if self.state not in OPEN:
            return 0.0
        left = self.progress.seconds_left
        return self.likely if left is None or self.state is JobState.WAITING else left


Jobs = tuple[ConversionJob, ...]


def seconds_left(jobs: Iterable[ConversionJob]) -> float:
    """Return how long the whole queue will still take."""
    return sum(job.seconds_left for job in jobs)


def moved(order: tuple[str, ...], job_id: str, place: int) -> tuple[str, ...]:
    """Return `order` with one job put at `place`, counted from 0; unchanged when there is no such job."""
    if job_id not in order:
        return order
    others = [one for one in order if one != job_id]
    others.insert(max(0, min(place, len(others))), job_id)
    return tuple(others)
