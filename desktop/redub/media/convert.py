"""Bring a clip into the form that the service takes, with ffmpeg, and prove that the result is whole."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from redub.core.clip import ClipFacts
from redub.core.conversion import Decision, EncodeSettings, Kind
from redub.core.errors import EnvironmentFault, RedubError, UserError
from redub.core.part import Part
from redub.core.progress import Report
from redub.core.proof import Copy
from redub.media import process
from redub.media.ffmpeg import filters
from redub.media.opening import same_file
from redub.media.pace import Pace
from redub.media.packets import packet_sizes
from redub.media.proving import prove
from redub.media.recipe import TONE_MAPPING, arguments

T = TypeVar("T")
_PATIENCE = 0.3
"""Seconds between asking ffmpeg to stop, terminating and killing it: nothing that it makes is kept."""


async def convert(
    facts: ClipFacts,
    decision: Decision,
    target: Path,
    *,
    settings: EncodeSettings,
    ffmpeg: Path,
    report: Report,
    part: Part | None = None,
) -> Copy:
    """Convert the clip to `target` and return the proof: it is whole, checked and on disk, or it is not there.

    When the caller is cancelled, the child is gone and the partial file removed within a second.

    :param part: what of the clip is converted, cut on the frame; None for all of it
    :param report: is called with seconds of the clip, more often than twice a second
    :raises UserError: the clip is damaged or was changed meanwhile
    :raises EnvironmentFault: no space, no permission, ffmpeg cannot do it
    """
    partial = target.with_name(f".{target.stem[:80]}.{secrets.token_hex(4)}.part.mp4")
    before, begun = same_file(facts.path), time.monotonic()
    seconds = part.seconds if part else facts.duration
    encode = decision.kind is Kind.RE_ENCODE
    pace = Pace(seconds, report, checks=encode)
    sizes = None if encode else _sizes(facts)
    try:
        await _run(facts, decision, partial, settings, ffmpeg, pace, part)
        if same_file(facts.path) != before:
            raise UserError(
                f"“{Path(facts.path).name}” was changed while it was being converted.",
                next_step="Convert it again when no other program writes to it.",
            )
        pace.checking()
        before_them = await sizes if sizes else []
        proof = await _in_thread(lambda stop: prove(facts, decision, partial, part, stop, before_them))
        await asyncio.to_thread(_publish, partial, target)
    except OSError as exc:
        raise _cannot_write(target, str(exc)) from exc
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
    return Copy(path=str(target), proof=replace(proof, seconds=time.monotonic() - begun))


def _sizes(facts: ClipFacts) -> asyncio.Future[list[int]]:
    """Read how large the source's pictures are while ffmpeg copies them: the other core has nothing to do."""
    sizes = asyncio.get_running_loop().run_in_executor(None, packet_sizes, facts.path)
    sizes.add_done_callback(
        lambda done: done.cancelled() or done.exception()
    )  # nobody may be waiting any more
    return sizes


async def _run(
    facts: ClipFacts,
    decision: Decision,
    partial: Path,
    settings: EncodeSettings,
    program: Path,
    pace: Pace,
    part: Part | None,
) -> None:
    available = await filters(program) if decision.tone_map else TONE_MAPPING
    if not available >= TONE_MAPPING:
        pace.note("this ffmpeg cannot map HDR; colours may be pale")
    argv = arguments(facts, decision, partial, settings, program, part=part, available=available)
    label = f"Converting “{Path(facts.path).name}”"
    outcome = await process.run(argv, on_line=pace.take, label=label, patience=_PATIENCE)
    if not outcome.ok:
        raise _failed(facts, partial, outcome)


def _publish(partial: Path, target: Path) -> None:
    """Put the finished file on disk for good, then give it its name."""
    with partial.open("rb+") as stream:
        os.fsync(stream.fileno())
    partial.replace(target)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


async def _in_thread(work: Callable[[Callable[[], bool]], T]) -> T:
    """Do `work` in a thread; when we are cancelled it is told to stop, and awaited."""
    stop = threading.Event()
    future = asyncio.get_running_loop().run_in_executor(None, work, stop.is_set)
    try:
        return await asyncio.shield(future)
    except asyncio.CancelledError:
        stop.set()
        with contextlib.suppress(RedubError, OSError, asyncio.CancelledError):
            await future
        raise


def _failed(facts: ClipFacts, partial: Path, outcome: process.Outcome) -> RedubError:
    words = " ".join(outcome.last_lines)
    if not partial.parent.is_dir():
        return _cannot_write(partial, outcome.detail)
    if "No space left" in words or "Permission denied" in words or "Read-only file system" in words:
        return _cannot_write(partial, outcome.detail)
    if not Path(facts.path).exists():
        return UserError(
            f"“{Path(facts.path).name}” is no longer there.",
            why="It was moved or deleted, or its drive was unplugged, while it was being converted.",
            next_step="Choose the clip again.",
            detail=outcome.detail,
        )
    return UserError(
        f"“{Path(facts.path).name}” could not be converted.",
        why="ffmpeg stopped; the clip may be damaged.",
        next_step="Play it to its end to see whether it is whole, or export it again.",
        detail=outcome.detail,
    )


def _cannot_write(target: Path, detail: str) -> EnvironmentFault:
    return EnvironmentFault(
        "The converted clip cannot be saved.",
        why=f"The folder {target.parent} is full, write-protected or not there.",
        next_step="Free some space, or choose another folder.",
        detail=detail,
    )
