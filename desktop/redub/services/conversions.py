"""Conversions: one at a time, each kept in the cache, so that a clip is converted once for all its takes."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from redub.core import conversion
from redub.core.clip import ClipFacts
from redub.core.conversion import Decision, EncodeSettings, Kind
from redub.core.progress import Progress, Report, Stage
from redub.media import convert as conversion_work
from redub.media import ffmpeg
from redub.paths import ensure
from redub.services.changes import Changes
from redub.services.preflight import Preflight
from redub.services.scope import TaskScope
from redub.store.files import disk_errors, require_space

FORMAT = 1
"""Raised when the same decision would give another file: what was cached before is made anew then."""
DAY = 24 * 3600.0
_BYTES_PER_PIXEL = 0.02
_SPARE = 64 * 1024 * 1024


@dataclass(slots=True)
class Job:
    """One conversion that runs or waits.

    :ivar name: the file's name, as a person knows it
    :ivar waiting: those who want the result, each with a report of their own
    """

    name: str
    task: asyncio.Task[Path]
    progress: Progress = field(default_factory=lambda: Progress(stage=Stage.CONVERT, note="waiting"))
    waiting: list[Report] = field(default_factory=list)


class Conversions:
    """Makes clips that the service takes.

    :ivar changes: tells `jobs` whenever one of them moved
    """

    def __init__(
        self,
        cache: Path,
        preflight: Preflight,
        *,
        settings: EncodeSettings | None = None,
        ffmpeg_path: str = "",
    ) -> None:
        """Keep results in the folder `cache`.

        :param ffmpeg_path: the program that the person chose; "" to have it found
        """
        self._folder = cache / "converted"
        self._preflight = preflight
        self._settings = settings or EncodeSettings()
        self._ffmpeg_path = ffmpeg_path
        self._scope = TaskScope("conversions", on_failure=_expected)
        self._one_at_a_time = asyncio.Lock()
        self._jobs: dict[str, Job] = {}
        self.changes: Changes[Mapping[str, Progress]] = Changes()

    @property
    def jobs(self) -> Mapping[str, Progress]:
        """Return the progress of every conversion by the name of its clip, the running one first."""
        return MappingProxyType({job.name: job.progress for job in self._jobs.values()})

    async def decision(self, path: str | Path) -> tuple[ClipFacts, Decision]:
        """Look into a clip and say what has to be done to it."""
        facts = await self._preflight.look_at_clip(path)
        return facts, conversion.decide(facts)

    async def legal_reference(self, path: str | Path, report: Report) -> Path:
        """Return a clip that the service takes: `path` itself, or its conversion, made now if it is not there yet.

        The source is only read. When the caller is cancelled and nobody else waits, the conversion stops.

        :raises UserError: the clip cannot be used
        :raises EnvironmentFault: no space, no ffmpeg
        """
        facts, decision = await self.decision(path)
        if decision.kind is Kind.NOTHING:
            return Path(facts.path)
        target = self._target(facts, decision)
        if await asyncio.to_thread(_is_there, target):
            report(Progress(stage=Stage.CONVERT, done=1, total=1, note="already converted"))
            return target
        return await self._wait_for(facts, decision, target, report)

    async def convert_to(self, path: str | Path, target: Path, report: Report) -> Path:
        """Make `target` (absolute) from a clip that needs conversion, outside of the cache."""
        facts, decision = await self.decision(path)
        return await self._wait_for(facts, decision, target, report)

    def cancel(self, name: str) -> None:
        """Stop the conversion of the clip called `name`; those who wait for it are cancelled."""
        for job in [job for job in self._jobs.values() if job.name == name]:
            job.task.cancel()

    async def sweep(self) -> None:
        """Remove what conversions that were killed have left in the cache."""
        await asyncio.to_thread(_sweep, self._folder)

    async def aclose(self) -> None:
        """Stop every conversion; nothing half-made stays."""
        await self._scope.aclose()

    async def _wait_for(self, facts: ClipFacts, decision: Decision, target: Path, report: Report) -> Path:
        """Wait for the conversion to `target`, which several may want at the same time."""
        job = self._jobs.get(str(target)) or self._begin(facts, decision, target)
        job.waiting.append(report)
        try:
            return await asyncio.shield(job.task)
        finally:
            job.waiting.remove(report)
            if not job.waiting:
                job.task.cancel()

    def _begin(self, facts: ClipFacts, decision: Decision, target: Path) -> Job:
        name = Path(facts.path).name
        job = Job(name, self._scope.start(self._run(facts, decision, target), name=name))
        self._jobs[str(target)] = job
        job.task.add_done_callback(lambda _task: self._ended(target))
        self.changes.tell(self.jobs)
        return job

    async def _run(self, facts: ClipFacts, decision: Decision, target: Path) -> Path:
        async with self._one_at_a_time:
            await asyncio.to_thread(_make_room, target.parent, facts, decision)
            program = await asyncio.to_thread(ffmpeg.find, self._ffmpeg_path or None)
            return await conversion_work.convert(
                facts,
                decision,
                target,
                settings=self._settings,
                ffmpeg=program,
                report=lambda progress: self._moved(target, progress),
            )

    def _moved(self, target: Path, progress: Progress) -> None:
        """Pass a report on; they come from this thread and from the one that checks the result."""
        job = self._jobs.get(str(target))
        if job is None:
            return
        job.task.get_loop().call_soon_threadsafe(self._tell, job, progress)

    def _tell(self, job: Job, progress: Progress) -> None:
        job.progress = progress
        for report in list(job.waiting):
            report(progress)
        self.changes.tell(self.jobs)

    def _ended(self, target: Path) -> None:
        self._jobs.pop(str(target), None)
        self.changes.tell(self.jobs)

    def _target(self, facts: ClipFacts, decision: Decision) -> Path:
        """Name the cached file by everything that decides about its content."""
        what = (FORMAT, facts.content_key, facts.duration, decision, self._settings)
        digest = hashlib.sha256(repr(what).encode()).hexdigest()
        return self._folder / f"{digest[:32]}.mp4"


def _expected(_name: str, _failure: BaseException) -> None:
    """Keep quiet: whoever waits for a conversion gets its failure."""


def _is_there(target: Path) -> bool:
    try:
        return target.stat().st_size > 0
    except OSError:
        return False


def _make_room(folder: Path, facts: ClipFacts, decision: Decision) -> None:
    """Create the folder, and refuse to begin what the disk cannot hold.

    :raises EnvironmentFault: there is not enough space, or the folder cannot be created
    """
    with disk_errors(folder, "could not be created"):
        ensure(folder)
    require_space(folder, _likely_size(facts, decision) + _SPARE)


def _likely_size(facts: ClipFacts, decision: Decision) -> int:
    """Estimate the bytes of the result: as the source when its pictures are copied, else by its pixels."""
    video = facts.video
    if decision.kind is not Kind.RE_ENCODE or video is None:
        return facts.size
    pixels = decision.width * decision.height * (float(decision.rate) or video.frame_rate) * facts.duration
    return int(pixels * _BYTES_PER_PIXEL)


def _sweep(folder: Path) -> None:
    """Remove partial files that nobody has written to for a day."""
    for partial in folder.glob(".*.part.mp4"):
        try:
            if time.time() - partial.stat().st_mtime > DAY:
                partial.unlink()
        except OSError:
            continue
