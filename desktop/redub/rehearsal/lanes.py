"""The threads that make jobs: one lane for each kind, one job at a time, so that both cores serve one encoder."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace

from redub.core.tasks import RemoteStatus
from redub.rehearsal.codes import FailCode
from redub.rehearsal.jobs import Job, JobBook, Kind
from redub.rehearsal.refusal import JobFailed, Stopped

logger = logging.getLogger(__name__)

Finished = Callable[[Job], Job]
"""Writes what was made into a job."""
Make = Callable[[Job], Finished]
"""Makes a job. Raises JobFailed when it cannot be made, Stopped when the service is being stopped."""


class Lane:
    """Takes the jobs of one kind, in their order, and makes them in a thread of its own."""

    def __init__(
        self,
        kind: Kind,
        book: JobBook,
        make: Make,
        *,
        clock: Callable[[], float],
        tell: Callable[[Job], None],
    ) -> None:
        """Prepare the lane; `tell` is called once for every job that has come to its end."""
        self._kind, self._book, self._make = kind, book, make
        self._clock, self._tell = clock, tell
        self._thread = threading.Thread(target=self._run, name=f"rehearsal-{kind.value}")

    def start(self) -> None:
        """Begin with the jobs that are waiting."""
        self._thread.start()

    def join(self) -> None:
        """Wait for the thread; it ends after the book is closed and the job in hand was stopped."""
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while (job := self._book.take(self._kind)) is not None:
            logger.info("Task %s begins.", job.task_id)
            finished = self._made(job)
            if finished is None:
                return
            done = self._book.change(job.task_id, _ended(finished, self._clock()))
            logger.info("Task %s: %s %s", done.task_id, done.status.value, done.fail_message)
            self._tell(done)

    def _made(self, job: Job) -> Finished | None:
        try:
            self._book.progressed(job.task_id, 0)
            return self._make(job)
        except Stopped:
            return None
        except JobFailed as exc:
            return _failure(exc.code, exc.text)
        except Exception:  # one broken job must not end the lane: it fails, with the reason in the log
            logger.exception("Task %s broke off.", job.task_id)
            return _failure(FailCode.INTERNAL, "internal error")


def _ended(finished: Finished, now: float) -> Finished:
    return lambda job: replace(finished(job), finished=now)


def _failure(code: int, text: str) -> Finished:
    def write(job: Job) -> Job:
        return replace(
            job,
            status=RemoteStatus.FAIL,
            progress=-1,
            fail_code=int(code),
            fail_message=text,
            media="",
            subtitles="",
        )

    return write
