"""The sound that drives the lips: a part of any recording or clip, even in loudness, as a file that the service takes.

The source is only ever read. The result is wav (48 kHz, mono, 16 bit) up to 15 minutes and m4a (AAC, 160 kbit/s)
beyond, so that it stays under the 100 MB that the service takes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import ffmpeg

from redub.core.errors import EnvironmentFault, RedubError, UserError
from redub.media import process
from redub.media.probe import probe

LOUDNESS, TRUE_PEAK, LOUDNESS_RANGE = -16.0, -1.5, 11.0
"""loudnorm's I (LUFS), TP (dBTP) and LRA (LU): the usual level of speech on the web."""

LONGEST_WAV = 15 * 60.0
_RATE = 48_000
_TOLERANCE = 0.15
_MEASURED = re.compile(r"\{[^{}]*\"input_i\"[^{}]*\}", re.DOTALL)
_QUIETEST = -69.0
"""LUFS; loudnorm's own gate lies at -70: below it there is nothing to raise."""


@dataclass(frozen=True, slots=True)
class Loudness:
    """What loudnorm measured: integrated loudness (LUFS), true peak (dBTP), range (LU), threshold, offset."""

    integrated: float
    peak: float
    range: float
    threshold: float
    offset: float


def ending_for(seconds: float) -> str:
    """Return the ending of the file that a part of `seconds` becomes."""
    return "wav" if seconds <= LONGEST_WAV else "m4a"


async def make(
    source: Path, target: Path, start: float, end: float, *, even: bool, ffmpeg_program: Path
) -> float:
    """Write the sound of `source` from `start` to `end` (seconds) to `target` and return its seconds.

    :param target: a new file in a folder that exists; its ending says wav or m4a
    :param even: bring it to an even loudness
    :raises UserError: there is no sound there, or it cannot be decoded
    :raises EnvironmentFault: ffmpeg cannot do it here
    """
    loudness = await _measured(source, start, end, ffmpeg_program) if even else None
    argv = arguments(source, target, start, end, loudness, ffmpeg_program)
    label = f"Preparing the sound of “{source.name}”"
    outcome = await process.run(argv, label=label)
    if not outcome.ok:
        raise _failed(source, outcome)
    made = probe(target)
    if made.audio is None or abs(made.duration - (end - start)) > _TOLERANCE:
        raise UserError(
            f"The sound of “{source.name}” ends earlier than it says.",
            why=f"{made.duration:.1f} of {end - start:.1f} seconds could be read; the file may be damaged.",
            next_step="Use a shorter part, or export the recording again.",
        )
    return made.duration


def arguments(
    source: Path, target: Path, start: float, end: float, loudness: Loudness | None, program: Path
) -> list[str]:
    """Compose the command; with `loudness` (as measured) the level is evened out without pumping."""
    sound = _sound(source, start, end)
    if loudness is not None:
        sound = sound.filter(
            "loudnorm",
            I=LOUDNESS,
            TP=TRUE_PEAK,
            LRA=LOUDNESS_RANGE,
            measured_I=loudness.integrated,
            measured_TP=loudness.peak,
            measured_LRA=loudness.range,
            measured_thresh=loudness.threshold,
            offset=loudness.offset,
            linear="true",
        )
    codec = {"c:a": "pcm_s16le", "f": "wav"} if target.suffix == ".wav" else {"c:a": "aac", "b:a": "160k"}
    output = ffmpeg.output(sound, str(target.absolute()), ar=_RATE, ac=1, map_metadata=-1, **codec)
    return _compiled(output, program, "warning")


async def _measured(source: Path, start: float, end: float, program: Path) -> Loudness:
    sound = _sound(source, start, end).filter(
        "loudnorm", I=LOUDNESS, TP=TRUE_PEAK, LRA=LOUDNESS_RANGE, print_format="json"
    )
    argv = _compiled(ffmpeg.output(sound, "-", f="null"), program, "info")
    outcome = await process.run(argv, label=f"Measuring the loudness of “{source.name}”")
    if not outcome.ok:
        raise _failed(source, outcome)
    loudness = loudness_in(outcome.last_lines)
    if loudness is None:
        raise EnvironmentFault(
            "The loudness could not be measured.",
            why="This ffmpeg did not say what it measured.",
            next_step="Use the part without evening out its loudness.",
            detail=outcome.detail,
        )
    if loudness.integrated <= _QUIETEST:
        raise UserError(
            "There is nothing to hear in this part.",
            why="It is silent, so the lips would not move.",
            next_step="Move the edges to where somebody speaks.",
        )
    return loudness


def loudness_in(lines: Sequence[str]) -> Loudness | None:
    """Return what loudnorm printed among the last `lines` of ffmpeg, or None."""
    found = _MEASURED.search("\n".join(lines))
    if found is None:
        return None
    try:
        values = json.loads(found[0])
        return Loudness(
            integrated=_number(values["input_i"]),
            peak=_number(values["input_tp"]),
            range=_number(values["input_lra"]),
            threshold=_number(values["input_thresh"]),
            offset=_number(values["target_offset"]),
        )
    except (ValueError, KeyError, TypeError):
        return None


def _number(value: object) -> float:
    """Return a figure of loudnorm, held to what its own options take (silence is -inf)."""
    return min(99.0, max(-99.0, float(str(value))))


def _sound(source: Path, start: float, end: float) -> ffmpeg.nodes.FilterableStream:
    return ffmpeg.input(str(source.absolute()), ss=round(start, 3), t=round(end - start, 3))["a:0"]


def _compiled(output: ffmpeg.nodes.OutputStream, program: Path, level: str) -> list[str]:
    quiet = ("-hide_banner", "-nostats", "-loglevel", level)
    full = output.global_args(*quiet).overwrite_output()
    return [str(part) for part in ffmpeg.compile(full, cmd=str(program))]


def _failed(source: Path, outcome: process.Outcome) -> RedubError:
    words = " ".join(outcome.last_lines)
    if "No space left" in words or "Permission denied" in words:
        return EnvironmentFault(
            "The prepared sound cannot be saved.",
            why="The folder is full or write-protected.",
            next_step="Free some space, then try again.",
            detail=outcome.detail,
        )
    no_sound = "matches no streams" in words
    return UserError(
        f"The sound of “{source.name}” cannot be prepared.",
        why="It has no sound." if no_sound else "ffmpeg stopped; the file may be damaged or no sound file.",
        next_step="Choose another recording, or play it to see whether it is whole.",
        detail=outcome.detail,
    )
