"""One job of the queue while it is in it: the value that is shown, what is to be done, and who waits for it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from redub.core.clip import ClipFacts
from redub.core.conversion import Decision, EncodeSettings
from redub.core.jobs import ConversionJob, JobState
from redub.core.progress import Report


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done: to which clip, what, where the result lies in the cache, and how it is encoded."""

    facts: ClipFacts
    decision: Decision
    target: Path
    settings: EncodeSettings


@dataclass(slots=True, eq=False)
class Entry:
    """A job in the queue.

    :ivar work: None until the clip was looked into
    :ivar waiters: those who want the result, each with a report of its own
    """

    job: ConversionJob
    work: Work | None = None
    task: asyncio.Task[Path] | None = None
    waiters: dict[asyncio.Future[Path], Report] = field(default_factory=dict)

    def put(self, **changes: Any) -> None:
        """Change what is shown."""
        self.job = replace(self.job, **changes)

    def release(self, failure: BaseException | None) -> None:
        """Give those who wait the result, the failure, or a cancellation."""
        for waiter in list(self.waiters):
            if waiter.done():
                continue
            if self.job.state is JobState.DONE:
                waiter.set_result(Path(self.work.target) if self.work else Path(self.job.result))
            elif failure is not None:
                waiter.set_exception(failure)
            else:
                waiter.cancel()
