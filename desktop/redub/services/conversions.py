"""Conversions: a queue, one at a time, each result kept by content and settings, so that nothing is converted twice.

A take that waits for its clip goes before what a person has put into the queue. Pausing finishes the present one
and begins no other. What a person has asked for is on disk: after a crash what was finished stays finished, and what
ran begins again.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import uuid
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from redub.core.clip import ClipFacts
from redub.core.conversion import Decision, EncodeSettings, Kind, decide
from redub.core.errors import RedubError
from redub.core.forecast import likely_seconds
from redub.core.jobs import OPEN, ConversionJob, Jobs, JobState, moved, seconds_left
from redub.core.part import Part, decide_part
from redub.core.progress import Progress, Report, Stage
from redub.core.proof import Copy
from redub.media import ffmpeg, recipe
from redub.media.awake import awake
from redub.services.changes import Changes
from redub.services.conversionfiles import ConversionFiles
from redub.services.conversionsettings import encode_settings
from redub.services.conversionwork import Entry, Work
from redub.services.preflight import Preflight, absolute
from redub.services.scope import TaskScope
from redub.store import queuefile
from redub.store.queuefile import Queue
from redub.store.settings import Settings

log = logging.getLogger(__name__)


class Conversions:
    """Makes clips that the service takes.

    :ivar changes: tells `jobs` whenever one of them moved
    :ivar made: tells every converted copy that is new
    """

    def __init__(
        self,
        cache: Path,
        preflight: Preflight,
        *,
        settings: EncodeSettings | None = None,
        ffmpeg_path: str = "",
        name_template: str = "",
    ) -> None:
        """Keep results in the folder `cache`.

        :param ffmpeg_path: the program that the person chose; "" to have it found
        :param name_template: how results are called where a person wants them (`conversionnames`)
        """
        self.settings = settings or EncodeSettings()
        self.name_template = name_template
        self._files = ConversionFiles(cache / "converted")
        self._preflight = preflight
        self._ffmpeg_path = ffmpeg_path
        self._scope = TaskScope("conversions", on_failure=_expected)
        self._entries: dict[str, Entry] = {}
        self._paused = False
        self._worker: asyncio.Task[None] | None = None
        self._saving = asyncio.Lock()
        self._closing = False
        self.speed = 0.0
        self.changes: Changes[Jobs] = Changes()
        self.made: Changes[Copy] = Changes()
        preflight.copies = self

    def follow(self, settings: Settings) -> None:
        """Convert as `settings` say from now on; what runs is finished as it was begun."""
        self.settings = encode_settings(settings)
        self.name_template = settings.convert_name
        self._ffmpeg_path = settings.ffmpeg_path

    # What is known.

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

    async def decision(self, path: str | Path, part: Part | None = None) -> tuple[ClipFacts, Decision]:
        """Look into a clip and say what has to be done to it."""
        facts = await self._preflight.look_at_clip(path)
        return facts, self._decide(facts, part)

    def copy_of(self, facts: ClipFacts, part: Part | None) -> Copy | None:
        """Return the converted copy of a clip (or of its part) that is known; looks at no disk."""
        if facts.video is None:
            return None
        return self._files.known(self._target(facts, self._decide(facts, part), part))

    async def recall(self, facts: ClipFacts, part: Part | None) -> Copy | None:
        """Look on the disk for the converted copy of a clip."""
        if facts.video is None:
            return None
        return await self._files.recall(self._target(facts, self._decide(facts, part), part))

    async def program(self) -> Path:
        """Return the ffmpeg that converts."""
        return await asyncio.to_thread(ffmpeg.find, self._ffmpeg_path or None)

    async def command_line(self, path: str | Path, part: Part | None = None) -> str:
        """Return the exact ffmpeg command that converts a clip, for pasting into a terminal.

        :raises UserError: there is nothing to convert
        """
        facts, decision = await self.decision(path, part)
        program = await self.program()
        target = Path(facts.path).with_name("converted.mp4")
        return recipe.command_line(facts, decision, target, self.settings, program, part)

    # What a take needs.

    async def legal_reference(self, path: str | Path, report: Report, part: Part | None = None) -> Path:
        """Return a clip that the service takes: `path` itself, or its conversion, made now if it is not there yet.

        The source is only read. When the caller is cancelled and nobody else waits, the conversion stops.

        :param part: what of the clip is wanted, None for all of it
        :raises UserError: the clip cannot be used
        :raises EnvironmentFault: no space, no ffmpeg
        """
        facts, decision = await self.decision(path, part)
        if decision.kind is Kind.NOTHING:
            return Path(facts.path)
        target = self._target(facts, decision, part)
        if await self._files.recall(target):
            report(Progress(stage=Stage.CONVERT, done=1, total=1, note="already converted"))
            return target
        entry = self._entry_for(target) or self._enter(facts, decision, target, part)
        self._put_first(entry)
        return await self._wait_for(entry, report)

    async def convert_to(
        self, path: str | Path, target: Path, report: Report, part: Part | None = None
    ) -> Path:
        """Put the conversion of a clip that needs one at `target` (absolute), which is replaced."""
        made = await self.legal_reference(path, report, part)
        return await self._files.copy(made, target)

    # What a person asks for.

    async def add(
        self, paths: Iterable[str | Path], folder: str = "", part: Part | None = None
    ) -> tuple[str, ...]:
        """Put clips into the queue, last, and return the ids of their jobs; one that cannot be read says so there.

        :param folder: where the results shall lie, "" to keep them for sending only
        """
        ids = [await self._add(absolute(path), folder, part) for path in paths]
        await self._changed()
        self._wake()
        return tuple(ids)

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

    # Beginning and end.

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

    # Inside.

    def _decide(self, facts: ClipFacts, part: Part | None) -> Decision:
        return decide_part(facts, part, self.settings) if part else decide(facts, settings=self.settings)

    def _target(self, facts: ClipFacts, decision: Decision, part: Part | None) -> Path:
        return self._files.target(facts, decision, self.settings, part)

    def _entry_for(self, target: Path) -> Entry | None:
        found = (entry for entry in self._entries.values() if entry.work and entry.work.target == target)
        return next((entry for entry in found if entry.job.state in OPEN), None)

    def _enter(self, facts: ClipFacts, decision: Decision, target: Path, part: Part | None) -> Entry:
        entry = Entry(self._job(facts.path, "", part), Work(facts, decision, target))
        self._describe(entry)
        self._entries[entry.job.id] = entry
        return entry

    def _put_first(self, entry: Entry) -> None:
        """Put a job that a take waits for before everything that only waits."""
        before = {one: e for one, e in self._entries.items() if e.job.state is not JobState.WAITING}
        self._entries = before | {entry.job.id: entry} | self._entries
        self.changes.tell(self.jobs)
        self._wake()

    def _job(self, path: str, folder: str, part: Part | None) -> ConversionJob:
        return ConversionJob(id=uuid.uuid4().hex, source=path, name=Path(path).name, folder=folder, part=part)

    async def _add(self, path: str, folder: str, part: Part | None) -> str:
        entry = Entry(replace(self._job(path, folder, part), asked=True))
        self._entries[entry.job.id] = entry
        with contextlib.suppress(RedubError):  # it is told when it is its turn
            await self._prepare(entry)
        return entry.job.id

    async def _prepare(self, entry: Entry) -> Work:
        """Look into the clip of a job, and say what will be done."""
        facts, decision = await self.decision(entry.job.source, entry.job.part)
        entry.work = Work(facts, decision, self._target(facts, decision, entry.job.part))
        self._describe(entry)
        return entry.work

    def _describe(self, entry: Entry) -> None:
        work, part = entry.work, entry.job.part
        if work is not None:
            seconds = part.seconds if part else work.facts.duration
            likely = likely_seconds(work.facts, work.decision, seconds, self.speed)
            entry.put(kind=work.decision.kind.value, likely=likely)

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

    async def _convert(self, entry: Entry) -> Path:
        """Do one job from the look into the clip to the file where it is wanted."""
        work = entry.work or await self._prepare(entry)
        if work.decision.kind is Kind.NOTHING:
            entry.put(said="Nothing has to be done: the service takes this clip as it is.")
            return Path(work.facts.path)
        copy = await self._files.recall(work.target)
        if copy is None:
            program = await self.program()
            report = partial(self._moved, entry)
            copy = await self._files.make(work, entry.job.part, self.settings, program, report)
            self._measure(work, copy, entry.job.part)
            self.made.tell(copy)
        entry.put(said=str(copy.proof))
        if not entry.job.folder:
            return Path(copy.path)
        return await self._files.bring(copy, Path(entry.job.folder), self.name_template, work)

    def _measure(self, work: Work, copy: Copy, part: Part | None) -> None:
        """Note how fast this machine encodes, so that the next forecast is better."""
        if work.decision.kind is Kind.RE_ENCODE and copy.proof.seconds > 0:
            seconds = part.seconds if part else work.facts.duration
            pixels = likely_seconds(work.facts, work.decision, seconds, 1.0)
            self.speed = pixels / copy.proof.seconds
            for entry in self._entries.values():
                self._describe(entry)

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
                await asyncio.to_thread(queuefile.save, queue, self._files.folder)
            except RedubError as error:
                log.warning("The queue of conversions could not be written down: %s", error)


def _expected(_name: str, _failure: BaseException) -> None:
    """Keep quiet: whoever waits for a conversion gets its failure, and the queue shows it."""
