"""The queue of conversions: its order, its one worker, who waits for what, and how it outlives the program.

Pausing finishes the present job and begins no other. What a person has asked for is on disk: after a crash what was
finished stays finished, and what ran begins again.
"""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from dataclasses import replace
from pathlib import Path

from redub.core.errors import RedubError
from redub.core.jobs import OPEN, Jobs, JobState, moved, seconds_left
from redub.core.progress import Progress, Report, Stage
from redub.media.awake import awake
from redub.services.changes import Changes
from redub.services.conversionfiles import ConversionFiles
from redub.services.conversionwork import Entry
from redub.services.scope import TaskScope
from redub.services.threads import in_thread
from redub.store import queuefile
from redub.store.queuefile import Queue

log = logging.getLogger(__name__)


class ConversionQueue(ABC):
    """Jobs one after the other; a subclass says how one is done.

    :ivar changes: tells `jobs` whenever one of them moved
    :ivar speed: pixels a second that this machine encodes, 0 when that was not measured yet
    """

    def __init__(self, files: ConversionFiles) -> None:
        """Keep the queue beside the converted clips."""
        self.changes: Changes[Jobs] = Changes()
        self.speed = 0.0
        self._files = files
        self._scope = TaskScope("conversions", on_failure=_expected)
        self._entries: dict[str, Entry] = {}
        self._paused = False
        self._worker: asyncio.Task[None] | None = None
        self._saving = asyncio.Lock()
        self._closing = False

    @abstractmethod
    async def _convert(self, entry: Entry) -> Path:
        """Do one job, and return where its result lies."""

    @property
    def jobs(self) -> Jobs:
        """Return every job in the order of the queue."""
        return tuple(entry.job for entry in self._entries.values())

    @property
    def seconds_left(self) -> float:
        """Return how long the whole queue will still take, from the measured speed of this machine."""
        return seconds_left(self.jobs)

    @property
    def paused(self) -> bool:
        """Say whether no other conversion begins when the present one is finished."""
        return self._paused

    async def stop(self, job_id: str) -> None:
        """Stop one conversion, running or waiting; those who wait for it are cancelled. Nothing half-made stays."""
        entry = self._entries.get(job_id)
        if entry is None or entry.job.state not in OPEN:
            return
        task = entry.task
        if task is not None:
            task.cancel()
            await asyncio.wait([task])
        self._end(entry, JobState.STOPPED)
        await self._changed()

    def cancel(self, job_id: str) -> None:
        """Stop one conversion, as `stop`, without waiting for it."""
        self._scope.start(self.stop(job_id), name="stop")

    async def retry(self, job_id: str) -> None:
        """Let a conversion that failed or was stopped wait again."""
        entry = self._entries.get(job_id)
        if entry is not None and entry.job.state in {JobState.FAILED, JobState.STOPPED}:
            entry.work = None  # looked at anew, with the settings of now
            entry.put(state=JobState.WAITING, said="", progress=Progress(stage=Stage.CONVERT))
            await self._changed()
            self._wake()

    async def move(self, job_id: str, place: int) -> None:
        """Put one job at another place of the queue, counted from 0; the running one stays where it is."""
        order = moved(tuple(self._entries), job_id, place)
        self._entries = {one: self._entries[one] for one in order}
        await self._changed()

    async def forget(self, job_id: str = "") -> None:
        """Take a job that has ended off the list, or all of them; their results stay."""
        ended = [one for one, entry in self._entries.items() if entry.job.state not in OPEN]
        for one in ended if not job_id else [one for one in ended if one == job_id]:
            del self._entries[one]
        await self._changed()

    async def pause(self, paused: bool) -> None:
        """Finish the present conversion and begin no other, or go on."""
        self._paused = paused
        await self._changed()
        self._wake()

    async def recall_speed(self) -> Queue:
        """Look on the disk for how fast this machine has encoded so far: what is worth cutting depends on it."""
        queue = await asyncio.to_thread(queuefile.load, self._files.folder)
        self.speed = queue.speed
        return queue

    async def resume(self) -> None:
        """Go on with what an earlier run has left, and remove what was half-made when it was killed."""
        await self._files.sweep()
        queue = await self.recall_speed()
        self._paused = self._paused or queue.paused
        for job in queue.jobs:
            self._entries.setdefault(job.id, Entry(job))
        if queue.jobs:
            self.changes.tell(self.jobs)
        self._wake()

    async def aclose(self) -> None:
        """Stop every conversion; nothing half-made stays, and what a person has asked for goes on next time."""
        self._closing = True
        await self._scope.aclose()

    def _entry_for(self, target: Path) -> Entry | None:
        found = (entry for entry in self._entries.values() if entry.work and entry.work.target == target)
        return next((entry for entry in found if entry.job.state in OPEN), None)

    def _put_first(self, entry: Entry) -> None:
        """Put a job that a take waits for before everything that only waits."""
        before = {one: e for one, e in self._entries.items() if e.job.state is not JobState.WAITING}
        self._entries = before | {entry.job.id: entry} | self._entries
        self.changes.tell(self.jobs)
        self._wake()

    async def _wait_for(self, entry: Entry, report: Report) -> Path:
        """Wait for the end of a job, which several may want at the same time."""
        waiter: asyncio.Future[Path] = asyncio.get_running_loop().create_future()
        entry.waiters[waiter] = report
        if self._paused and entry.job.state is JobState.WAITING:
            report(Progress(stage=Stage.CONVERT, note="the queue of conversions is paused"))
        try:
            return await waiter
        finally:
            entry.waiters.pop(waiter, None)
            if not entry.waiters and not entry.job.asked and not self._closing:
                await self.stop(entry.job.id)

    def _wake(self) -> None:
        """Begin to work when there is something to do."""
        if self._closing or (self._worker is not None and not self._worker.done()):
            return
        if self._next() is not None:
            self._worker = self._scope.start(self._work(), name="queue")

    def _next(self) -> Entry | None:
        waiting = (entry for entry in self._entries.values() if entry.job.state is JobState.WAITING)
        return None if self._paused else next(waiting, None)

    async def _work(self) -> None:
        async with awake("Converting clips"):
            while (entry := self._next()) is not None:
                entry.put(state=JobState.RUNNING)
                entry.task = self._scope.start(self._convert(entry), name=entry.job.name)
                await self._changed()
                await asyncio.wait([entry.task])
                self._settle(entry, entry.task)
                await self._changed()

    def _settle(self, entry: Entry, task: asyncio.Task[Path]) -> None:
        if task.cancelled():
            self._end(entry, JobState.STOPPED)
        elif failure := task.exception():
            entry.put(said=str(failure))
            self._end(entry, JobState.FAILED, failure)
        else:
            entry.put(result=str(task.result()))
            self._end(entry, JobState.DONE)

    def _end(self, entry: Entry, state: JobState, failure: BaseException | None = None) -> None:
        """Note how a job ended, tell those who wait, and keep it in the list only when a person asked for it."""
        entry.task = None
        entry.put(state=state, progress=replace(entry.job.progress, seconds_left=None))
        entry.release(failure)
        if not entry.job.asked:
            self._entries.pop(entry.job.id, None)

    def _moved(self, entry: Entry, progress: Progress) -> None:
        entry.put(progress=progress)
        for report in list(entry.waiters.values()):
            report(progress)
        self.changes.tell(self.jobs)

    async def _changed(self) -> None:
        """Tell everybody, and write down what a person has asked for."""
        self.changes.tell(self.jobs)
        if self._closing or not (any(job.asked for job in self.jobs) or self._files.has_queue):
            return
        async with self._saving:
            queue = Queue(jobs=self.jobs, paused=self._paused, speed=self.speed)
            try:
                # Awaited even when we are closed meanwhile: a write that comes late would undo a later one.
                await in_thread(lambda _stop: queuefile.save(queue, self._files.folder))
            except RedubError as error:
                log.warning("The queue of conversions could not be written down: %s", error)


def _expected(_name: str, _failure: BaseException) -> None:
    """Keep quiet: whoever waits for a conversion gets its failure, and the queue shows it."""
