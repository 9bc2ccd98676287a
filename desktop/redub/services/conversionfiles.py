"""The files of conversions: named by content and settings, made with an eye on the disk, brought where wanted."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
import time
from pathlib import Path

from redub.core.clip import ClipFacts
from redub.core.conversion import Decision, EncodeSettings
from redub.core.errors import EnvironmentFault
from redub.core.forecast import likely_bytes
from redub.core.part import Part
from redub.core.progress import Report
from redub.core.proof import Copy
from redub.media import convert as conversion_work
from redub.paths import ensure
from redub.services.conversionnames import result_name
from redub.services.conversionwork import Work
from redub.store import proofs, queuefile
from redub.store.files import disk_errors, free_space, publish, require_space

FORMAT = 2
"""Raised when the same decision would give another file: what was cached before is made anew then."""
DAY = 24 * 3600.0
SPARE = 64 * 1024 * 1024
"""Bytes that stay free on the disk, whatever is converted."""
LOOK_EVERY = 2.0


class ConversionFiles:
    """The folder of converted clips."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[Path, Copy] = {}

    @property
    def has_queue(self) -> bool:
        """Say whether a queue was written down."""
        return (self.folder / queuefile.FILE_NAME).exists()

    def target(
        self, facts: ClipFacts, decision: Decision, settings: EncodeSettings, part: Part | None
    ) -> Path:
        """Name the cached file by everything that decides about its content."""
        what = (FORMAT, facts.content_key, facts.duration, decision, settings, part)
        return self.folder / f"{hashlib.sha256(repr(what).encode()).hexdigest()[:32]}.mp4"

    def known(self, target: Path) -> Copy | None:
        """Return the copy at `target` when it is known to be there."""
        return self._known.get(target)

    async def recall(self, target: Path) -> Copy | None:
        """Look for the copy at `target` on the disk; one without its proof is none."""
        copy = await asyncio.to_thread(proofs.load, target)
        if copy is None:
            self._known.pop(target, None)
        else:
            self._known[target] = copy
        return copy

    async def make(self, work: Work, part: Part | None, ffmpeg: Path, report: Report) -> Copy:
        """Convert into the cache; it ends by itself before the disk is full."""
        await asyncio.to_thread(self._make_room, work, part)
        try:
            async with asyncio.TaskGroup() as group:
                guard = group.create_task(_guard(self.folder))
                copy = await conversion_work.convert(
                    work.facts,
                    work.decision,
                    work.target,
                    settings=work.settings,
                    ffmpeg=ffmpeg,
                    report=report,
                    part=part,
                )
                await asyncio.to_thread(proofs.save, copy)
                guard.cancel()
        except BaseExceptionGroup as errors:
            raise errors.exceptions[0] from errors
        self._known[work.target] = copy
        return copy

    async def bring(self, copy: Copy, folder: Path, template: str, work: Work) -> Path:
        """Copy a result into `folder` under a name of its own; no other file is ever replaced."""
        name = result_name(template, work.facts, work.decision)
        return await asyncio.to_thread(_bring, Path(copy.path), folder, name)

    async def copy(self, made: Path, target: Path) -> Path:
        """Copy a result to `target`, which is replaced."""
        await asyncio.to_thread(_copy, made, target)
        return target

    async def sweep(self) -> None:
        """Remove what conversions that were killed have left."""
        await asyncio.to_thread(_sweep, self.folder)

    def _make_room(self, work: Work, part: Part | None) -> None:
        """Create the folder, and refuse to begin what the disk cannot hold.

        :raises EnvironmentFault: there is not enough space, or the folder cannot be created
        """
        with disk_errors(self.folder, "could not be created"):
            ensure(self.folder)
        seconds = part.seconds if part else work.facts.duration
        require_space(self.folder, likely_bytes(work.facts, work.decision, seconds) + SPARE)


async def _guard(folder: Path) -> None:
    """Raise when the disk of `folder` is nearly full."""
    while True:
        if await asyncio.to_thread(free_space, folder) < SPARE // 2:
            raise EnvironmentFault(
                "The conversion was stopped before the disk was full.",
                why=f"Hardly any space is left in {folder}.",
                next_step="Make space, then let it try again.",
            )
        await asyncio.sleep(LOOK_EVERY)


def _bring(made: Path, folder: Path, name: str) -> Path:
    with disk_errors(folder, "could not be created"):
        folder.mkdir(parents=True, exist_ok=True)
    require_space(folder, made.stat().st_size + SPARE)
    partial = folder / f".{name[:80]}.{made.stem[:8]}.part.mp4"
    with disk_errors(folder / name, "could not be written"):
        try:
            shutil.copyfile(made, partial)
            return publish(partial, folder / f"{name}.mp4")
        finally:
            partial.unlink(missing_ok=True)


def _copy(made: Path, target: Path) -> None:
    partial = target.with_name(f".{target.name[:80]}.part")
    with disk_errors(target, "could not be written"):
        try:
            shutil.copyfile(made, partial)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Remove partial files that nobody has written to for a day."""
    for partial in folder.glob(".*.part.mp4"):
        try:
            if time.time() - partial.stat().st_mtime > DAY:
                partial.unlink()
        except OSError:
            continue
