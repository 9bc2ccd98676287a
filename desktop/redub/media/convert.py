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
from fractions import Fraction
from pathlib import Path
from typing import Any

import ffmpeg

from redub.core.clip import ClipFacts, VideoFacts
from redub.core.conversion import Decision, EncodeSettings, Kind
from redub.core.errors import EnvironmentFault, RedubError, UserError
from redub.core.progress import Progress, Report, Stage
from redub.media import process
from redub.media.ffmpeg import filters
from redub.media.opening import same_file
from redub.media.probe import probe
from redub.media.verify import verify_video

TONE_MAPPING = frozenset({"zscale", "tonemap"})
_HD_LINES = 720
_SDR_PEAK = 100
_HIGHEST_SAMPLE_RATE = 48_000
_SETTLED = 1.0
"""Seconds after which the speed is known well enough to say how long it will take."""


def arguments(
    facts: ClipFacts,
    decision: Decision,
    target: Path,
    settings: EncodeSettings,
    ffmpeg_program: Path,
    *,
    available: frozenset[str] = TONE_MAPPING,
) -> list[str]:
    """Compose the command that makes `target` (mp4) from the clip; paths are absolute, whatever they begin with.

    :param available: filters that the program has; without zscale an HDR clip keeps its brightness curve
    """
    video = facts.video
    if video is None or not decision.needed:
        raise UserError("There is nothing to convert.", why="The clip can be used as it is.")
    encode = decision.kind is Kind.RE_ENCODE
    # The file's own times reach the filters, which count picture and sound from the first picture.
    source = ffmpeg.input(str(Path(facts.path).absolute()), **({"copyts": None} if encode else {}))
    streams = [source["V:0"]] + ([source["a:0"]] if facts.audio else [])
    options = _picture_options(video, decision, settings, facts, available) if encode else {"c:v": "copy"}
    if facts.audio:
        options |= {"c:a": "copy"} if decision.keep_sound else _sound_options(facts, settings, encode)
    output = ffmpeg.output(
        *streams,
        str(target.absolute()),
        f="mp4",
        movflags="+faststart",  # the table of contents first: the service can begin while it downloads
        map_metadata=-1,  # neither place nor device of the creator
        map_chapters=-1,
        **options,
    )
    quiet = ("-hide_banner", "-nostats", "-loglevel", "warning", "-progress", "pipe:1")
    return [
        str(part)
        for part in ffmpeg.compile(output.global_args(*quiet).overwrite_output(), cmd=str(ffmpeg_program))
    ]


def command_line(
    facts: ClipFacts, decision: Decision, target: Path, settings: EncodeSettings, ffmpeg_program: Path
) -> str:
    """Return the exact command, quoted for pasting into a terminal."""
    return process.command_line(arguments(facts, decision, target, settings, ffmpeg_program))


async def convert(
    facts: ClipFacts,
    decision: Decision,
    target: Path,
    *,
    settings: EncodeSettings,
    ffmpeg: Path,
    report: Report,
) -> Path:
    """Convert the clip to `target` and return it: it is whole, checked and on disk, or it is not there.

    :param report: is called with seconds of the clip, about twice a second
    :raises UserError: the clip is damaged or was changed meanwhile
    :raises EnvironmentFault: no space, no permission, ffmpeg cannot do it
    """
    partial = target.with_name(f".{target.stem[:80]}.{secrets.token_hex(4)}.part.mp4")
    before = same_file(facts.path)
    try:
        await _run(facts, decision, partial, settings, ffmpeg, report)
        if same_file(facts.path) != before:
            raise UserError(
                f"“{Path(facts.path).name}” was changed while it was being converted.",
                next_step="Convert it again when no other program writes to it.",
            )
        await _in_thread(lambda stop: _check(facts, decision, partial, report, stop))
        await asyncio.to_thread(_publish, partial, target)
    except OSError as exc:
        raise _cannot_write(target, str(exc)) from exc
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
    return target


def _picture_options(
    video: VideoFacts,
    decision: Decision,
    settings: EncodeSettings,
    facts: ClipFacts,
    available: frozenset[str],
) -> dict[str, Any]:
    rate = decision.rate or Fraction(25)
    return {
        "c:v": "libx264",
        "preset": settings.preset,
        "crf": settings.crf,
        "pix_fmt": "yuv420p",
        "vf": ",".join(_picture_filters(video, decision, facts.start, available)),
        "g": max(1, int(rate)),  # a keyframe at least every second
        "bf": 2,
        "colorspace": "bt709",
        "color_primaries": "bt709",
        "color_trc": "bt709",
        "color_range": "tv",
    }


def _picture_filters(
    video: VideoFacts, decision: Decision, start: float, available: frozenset[str]
) -> list[str]:
    """Return the filters in their order; ffmpeg turns the picture upright before them (autorotate)."""
    chain = [f"setpts=PTS-{start:.9f}/TB"]
    if decision.deinterlace:
        chain.append("bwdif=mode=send_frame")
    chain.append(f"fps={decision.rate}:start_time=0")
    scale = f"scale={decision.width}:{decision.height}:flags=bicubic"
    if decision.tone_map and available >= TONE_MAPPING:
        chain += [
            f"zscale=transfer=linear:npl={_SDR_PEAK}",
            "format=gbrpf32le",
            "zscale=primaries=bt709",
            "tonemap=hable:desat=0",
            "zscale=transfer=bt709:matrix=bt709:range=tv",
            scale,
        ]
    else:
        chain.append(f"{scale}:in_color_matrix={_matrix(video)}:out_color_matrix=bt709:out_range=tv")
    # The tags of the encoder come from its pictures since ffmpeg 7, from its options before.
    tags = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
    return [*chain, "format=yuv420p", "setsar=1", tags]


def _matrix(video: VideoFacts) -> str:
    """Return the matrix to read the colours by; a clip that says nothing is BT.709 from 720 lines on."""
    if video.colour_space:
        return "auto"
    return "bt709" if min(video.width, video.height) >= _HD_LINES else "bt601"


def _sound_options(facts: ClipFacts, settings: EncodeSettings, aligned: bool) -> dict[str, Any]:
    options: dict[str, Any] = {"c:a": "aac", "b:a": settings.audio_bitrate}
    if facts.audio and facts.audio.channels > 2:
        options["ac"] = 2
    if facts.audio and facts.audio.sample_rate > _HIGHEST_SAMPLE_RATE:
        options["ar"] = _HIGHEST_SAMPLE_RATE
    if aligned:  # sound before the first picture is cut, a later beginning and gaps become silence
        options["af"] = f"asetpts=PTS-{facts.start:.9f}/TB,aresample=async=1:first_pts=0"
    return options


async def _run(
    facts: ClipFacts,
    decision: Decision,
    partial: Path,
    settings: EncodeSettings,
    program: Path,
    report: Report,
) -> None:
    available = await filters(program) if decision.tone_map else TONE_MAPPING
    if not available >= TONE_MAPPING:
        report(
            replace(_progress(0, facts.duration, 0), note="this ffmpeg cannot map HDR; colours may be pale")
        )
    argv = arguments(facts, decision, partial, settings, program, available=available)
    label = f"Converting “{Path(facts.path).name}”"
    outcome = await process.run(argv, on_line=_progress_lines(facts.duration, report), label=label)
    if not outcome.ok:
        raise _failed(facts, partial, outcome)


def _progress_lines(total: float, report: Report) -> Callable[[str], None]:
    """Return a taker of ffmpeg's ``-progress`` lines; a block of them ends with ``progress=…``."""
    begun = time.monotonic()
    done = 0.0

    def take(line: str) -> None:
        nonlocal done
        name, _, value = line.partition("=")
        if name == "out_time_us" and value.strip().lstrip("-").isdigit():
            done = min(total, max(done, int(value) / 1_000_000))
        elif name == "progress":
            done = total if value.strip() == "end" else done
            report(_progress(done, total, time.monotonic() - begun))

    return take


def _progress(done: float, total: float, gone: float) -> Progress:
    known = done > 0 and gone >= _SETTLED
    left = (total - done) * gone / done if known else None
    return Progress(stage=Stage.CONVERT, done=done, total=total, unit="s", seconds_left=left)


def _check(
    facts: ClipFacts, decision: Decision, made: Path, report: Report, stop: Callable[[], bool]
) -> None:
    """Decode the result from end to end and compare it with the source."""
    report(
        Progress(
            stage=Stage.CONVERT,
            done=facts.duration,
            total=facts.duration,
            unit="s",
            note="checking the result",
        )
    )
    result = probe(made).video
    right = result is not None and result.codec == "h264" and result.pixel_format in {"yuv420p", "yuvj420p"}
    sized = result is not None and (result.shown_width, result.shown_height) == (
        decision.width,
        decision.height,
    )
    if not right or not sized:
        raise EnvironmentFault(
            f"The conversion of “{Path(facts.path).name}” went wrong.",
            why="The result is not the H.264 picture that was asked for.",
            next_step="Try it again; if it happens again, set another ffmpeg.",
            detail=str(result),
        )
    verify_video(
        made, expected_seconds=facts.duration, tolerance=_one_picture(facts, decision), cancelled=stop
    )


def _one_picture(facts: ClipFacts, decision: Decision) -> float:
    rates = [
        rate for rate in (float(decision.rate), facts.video.frame_rate if facts.video else 0.0) if rate > 0
    ]
    return 1 / min(rates, default=25.0) + 0.002


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


async def _in_thread(work: Callable[[Callable[[], bool]], None]) -> None:
    """Do `work` in a thread; when we are cancelled it is told to stop, and awaited."""
    stop = threading.Event()
    future = asyncio.get_running_loop().run_in_executor(None, work, stop.is_set)
    try:
        await asyncio.shield(future)
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
