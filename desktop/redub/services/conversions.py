"""Conversions: a queue, one at a time, each result kept by content and settings, so that nothing is converted twice.

A take that waits for its clip goes before what a person has put into the queue (`conversionqueue`).
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
from redub.core.jobs import ConversionJob
from redub.core.part import Part, decide_part
from redub.core.progress import Progress, Report, Stage
from redub.core.proof import Copy
from redub.media import ffmpeg, recipe
from redub.services.changes import Changes
from redub.services.conversionfiles import ConversionFiles
from redub.services.conversionqueue import ConversionQueue
from redub.services.conversionsettings import encode_settings
from redub.services.conversionwork import Entry, Work
from redub.services.preflight import Preflight, absolute
from redub.store.settings import Settings

log = logging.getLogger(__name__)


class Conversions(ConversionQueue):
    """Makes clips that the service takes.

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
        super().__init__(ConversionFiles(cache / "converted"))
        self.settings = settings or EncodeSettings()
        self.name_template = name_template
        self._preflight = preflight
        self._ffmpeg_path = ffmpeg_path
        self.made: Changes[Copy] = Changes()
        preflight.copies = self

    def follow(self, settings: Settings) -> None:
        """Convert as `settings` say from now on; what runs is finished as it was begun."""
        self.settings = encode_settings(settings)
        self.name_template = settings.convert_name
        self._ffmpeg_path = settings.ffmpeg_path

    # What is known.

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

    # Inside.

    def _decide(self, facts: ClipFacts, part: Part | None) -> Decision:
        return decide_part(facts, part, self.settings) if part else decide(facts, settings=self.settings)

    def _target(self, facts: ClipFacts, decision: Decision, part: Part | None) -> Path:
        return self._files.target(facts, decision, self.settings, part)

    def _enter(self, facts: ClipFacts, decision: Decision, target: Path, part: Part | None) -> Entry:
        entry = Entry(self._job(facts.path, "", part), Work(facts, decision, target, self.settings))
        self._describe(entry)
        self._entries[entry.job.id] = entry
        return entry

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
        target = self._target(facts, decision, entry.job.part)
        entry.work = Work(facts, decision, target, self.settings)
        self._describe(entry)
        return entry.work

    def _describe(self, entry: Entry) -> None:
        work, part = entry.work, entry.job.part
        if work is not None:
            seconds = part.seconds if part else work.facts.duration
            likely = likely_seconds(work.facts, work.decision, seconds, self.speed)
            entry.put(kind=work.decision.kind.value, likely=likely)

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
            copy = await self._files.make(work, entry.job.part, program, report)
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
