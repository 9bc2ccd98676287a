"""A sound as the driver of a take: parts of recordings, the clip's own sound, and the microphone.

What is made lies with the person's data, because a shot points to it and a recording cannot be made again.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from redub.core.errors import UserError
from redub.i18n import _
from redub.media import driversound, microphones
from redub.media.ffmpeg import find
from redub.media.microphones import Microphone
from redub.media.probe import probe
from redub.services.orders import plain_name
from redub.services.scope import TaskScope
from redub.store.files import make_folder, publish

FOLDER = "recordings"
SHORTEST = 1.0
"""Seconds: the service takes no shorter recording."""

Level = Callable[[float, float], object]


class DrivingSound:
    """Makes sound files that the service takes."""

    def __init__(self, data: Path, *, ffmpeg_path: str = "") -> None:
        """Keep what is made under `data`."""
        self._folder, self._ffmpeg_path = data / FOLDER, ffmpeg_path
        self._scope = TaskScope("driving sound", on_failure=_told_to_the_asker)

    async def part(self, source: Path, start: float, end: float, *, even: bool) -> Path:
        """Return a file with the sound of `source` from `start` to `end`, at an even loudness when `even`.

        The same part of the same file is made once.

        :raises UserError: the part is too short or silent, or the file cannot be read
        :raises EnvironmentFault: ffmpeg or the disk cannot do it
        """
        if end - start < SHORTEST:
            raise UserError(
                _("This part is too short."),
                why=_("The service takes recordings of 1 second or more."),
                next_step=_("Move its edges apart."),
            )
        final = await asyncio.to_thread(self._place, source, start, end, even)
        if final.exists():
            return final
        partial = self._partial(final.suffix)
        program = await asyncio.to_thread(find, self._ffmpeg_path)
        try:
            await driversound.make(source, partial, start, end, even=even, ffmpeg_program=program)
            return await asyncio.to_thread(publish, partial, final)
        finally:
            await asyncio.to_thread(_remove, partial)

    async def microphones(self) -> tuple[Microphone, ...]:
        """Return the microphones of this machine, the usual one first; EnvironmentFault without ffmpeg."""
        program = await asyncio.to_thread(find, self._ffmpeg_path)
        return await microphones.microphones(program)

    async def record(self, microphone: Microphone, stop: asyncio.Event, on_level: Level) -> Path:
        """Record until `stop` is set, and return the file; when the caller is cancelled nothing is kept.

        :raises EnvironmentFault: the microphone cannot be used
        :raises UserError: it was stopped before anything was recorded
        """
        program = await asyncio.to_thread(find, self._ffmpeg_path)
        await asyncio.to_thread(make_folder, self._folder)
        partial = self._partial(".wav")
        work = microphones.record(microphone, partial, program, on_level)
        recording = self._scope.start(work, name="record")
        stopping = self._scope.start(stop.wait(), name="wait for the end of the recording")
        try:
            await asyncio.wait((recording, stopping), return_when=asyncio.FIRST_COMPLETED)
            if recording.done():
                recording.result()
            await _ended(recording)
            await asyncio.to_thread(_check, partial)
            return await asyncio.to_thread(publish, partial, self._folder / _recording_name())
        finally:
            stopping.cancel()
            await _ended(recording)
            await asyncio.to_thread(_remove, partial)

    async def aclose(self) -> None:
        """Stop what is being recorded."""
        await self._scope.aclose()

    def _place(self, source: Path, start: float, end: float, even: bool) -> Path:
        """Return where a part lies: named after its source and everything that decides its sound."""
        make_folder(self._folder)
        try:
            stamp = source.stat()
        except OSError as exc:
            raise UserError(
                _("“{name}” is no longer there.").format(name=source.name),
                why=_("It was moved or deleted, or its drive was unplugged."),
                next_step=_("Choose the recording again."),
                detail=str(exc),
            ) from exc
        decides = (str(source), stamp.st_size, stamp.st_mtime_ns, round(start, 3), round(end, 3), even)
        key = hashlib.sha256(repr(decides).encode("utf-8", "surrogatepass")).hexdigest()[:8]
        stem = plain_name(source.stem)[:60] or "sound"
        return self._folder / f"{stem} {key}.{driversound.ending_for(end - start)}"

    def _partial(self, ending: str) -> Path:
        return self._folder / f".{secrets.token_hex(6)}.part{ending}"


async def _ended(task: asyncio.Task[None]) -> None:
    """Let a recording end in order."""
    if not task.done():
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait((task,))


def _check(path: Path) -> None:
    if not path.exists() or probe(path).duration < SHORTEST:
        raise UserError(
            _("The recording is too short."),
            why=_("The service takes recordings of 1 second or more."),
            next_step=_("Record a little longer."),
        )


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


def _recording_name() -> str:
    return time.strftime("Recording %Y-%m-%d %H.%M.%S.wav")


def _told_to_the_asker(_name: str, _failure: BaseException) -> None:
    """Keep quiet: whoever asked has the failure."""
