"""Microphones of this machine, found and recorded through ffmpeg's inputs (pulse, alsa, avfoundation, dshow)."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import ffmpeg

from redub.core.errors import EnvironmentFault
from redub.media import process

_SOURCE = re.compile(r"^\*?\s*(?P<name>\S+)\s+\[(?P<title>.*)\](?:\s+\((?P<kinds>[^)]*)\))?\s*$")
_AVFOUNDATION = re.compile(r"\]\s+\[(?P<number>\d+)\]\s+(?P<title>.+)$")
_DSHOW = re.compile(r"\"(?P<title>[^\"]+)\"\s+\(audio\)")
_LEVEL = re.compile(r"^lavfi\.astats\.Overall\.Peak_level=(?P<level>-?[\d.]+|-inf)")
_TIME = re.compile(r"pts_time:(?P<seconds>[\d.]+)")
_RATE, _LEVELS_PER_SECOND = 48_000, 10
LONGEST_SECONDS = 1200
"""A recording ends by itself at the longest that the service takes."""


@dataclass(frozen=True, slots=True)
class Microphone:
    """One microphone: ffmpeg's input format, its name there, and what a person calls it."""

    format: str
    name: str
    title: str


async def microphones(program: Path) -> tuple[Microphone, ...]:
    """Return what can be recorded from, the usual one first; () when there is none."""
    if sys.platform == "darwin":
        return tuple(await _avfoundation(program))
    if sys.platform == "win32":
        return tuple(await _dshow(program))
    # Pulse (and PipeWire behind it) names every microphone; plain ALSA is asked only where there is no Pulse.
    return tuple(await _sources(program, "pulse") or await _sources(program, "alsa"))


async def _sources(program: Path, kind: str) -> list[Microphone]:
    lines: list[str] = []
    argv = [str(program), "-hide_banner", "-sources", kind]
    outcome = await process.run(argv, on_line=lines.append, label="Looking for microphones")
    return sources_in((*lines, *outcome.last_lines), kind)


def sources_in(lines: Iterable[str], kind: str) -> list[Microphone]:
    """Return the microphones in what ``ffmpeg -sources`` printed; monitors of loudspeakers and nulls are none."""
    found: list[Microphone] = []
    for line in lines:
        match = _SOURCE.match(line.strip())
        if match is None or match["name"].endswith(".monitor") or match["name"] == "null":
            continue
        one = Microphone(kind, match["name"], match["title"] or match["name"])
        found.insert(0, one) if line.lstrip().startswith("*") else found.append(one)
    return found


async def _avfoundation(program: Path) -> list[Microphone]:
    argv = [str(program), "-hide_banner", "-f", "avfoundation", "-list_devices", "true", "-i", ""]
    outcome = await process.run(argv, label="Looking for microphones")
    return avfoundation_in(outcome.last_lines)


def avfoundation_in(lines: Iterable[str]) -> list[Microphone]:
    """Return the microphones in what avfoundation listed: those behind the heading of the audio devices."""
    found: list[Microphone] = []
    is_audio = False
    for line in lines:
        is_audio = is_audio or "audio devices" in line
        match = _AVFOUNDATION.search(line)
        if is_audio and match is not None:
            found.append(Microphone("avfoundation", f":{match['number']}", match["title"].strip()))
    return found


async def _dshow(program: Path) -> list[Microphone]:
    argv = [str(program), "-hide_banner", "-f", "dshow", "-list_devices", "true", "-i", "dummy"]
    outcome = await process.run(argv, label="Looking for microphones")
    return dshow_in(outcome.last_lines)


def dshow_in(lines: Iterable[str]) -> list[Microphone]:
    """Return the microphones in what dshow listed."""
    titles = [match["title"] for line in lines if (match := _DSHOW.search(line))]
    return [Microphone("dshow", f"audio={title}", title) for title in titles]


def recording_arguments(microphone: Microphone, target: Path, program: Path) -> list[str]:
    """Compose the command that records to `target` (wav, 48 kHz, mono) and tells its level ten times a second."""
    sound = ffmpeg.input(microphone.name, f=microphone.format)["a:0"]
    sound = (
        sound.filter("aformat", sample_rates=_RATE, channel_layouts="mono")
        .filter("asetnsamples", _RATE // _LEVELS_PER_SECOND)
        .filter("astats", metadata=1, reset=1)
        .filter("ametadata", mode="print", key="lavfi.astats.Overall.Peak_level", file="pipe:1", direct=1)
    )
    codec = {"c:a": "pcm_s16le", "f": "wav"}
    output = ffmpeg.output(sound, str(target.absolute()), ac=1, ar=_RATE, t=LONGEST_SECONDS, **codec)
    full = output.global_args("-hide_banner", "-nostats", "-loglevel", "warning").overwrite_output()
    return [str(part) for part in ffmpeg.compile(full, cmd=str(program))]


async def record(
    microphone: Microphone, target: Path, program: Path, on_level: Callable[[float, float], object]
) -> None:
    """Record until the caller is cancelled: the file is closed in order then.

    :param on_level: is told seconds and the loudest sample since the last time, 0 to 1
    :raises EnvironmentFault: the microphone cannot be used
    """
    argv = recording_arguments(microphone, target, program)
    outcome = await process.run(argv, on_line=_levels(on_level), label="Recording")
    if not outcome.ok:
        raise EnvironmentFault(
            f"“{microphone.title}” cannot be recorded from.",
            why="It was unplugged, is used by another program, or this program has no right to it.",
            next_step="Check the microphone and the system's privacy settings, then try again.",
            detail=outcome.detail,
        )


def _levels(on_level: Callable[[float, float], object]) -> Callable[[str], None]:
    """Return a taker of ametadata's lines: the time of a frame, then its level in dB."""
    seconds = 0.0

    def take(line: str) -> None:
        nonlocal seconds
        time, level = _TIME.search(line), _LEVEL.match(line)
        if time is not None:
            seconds = float(time["seconds"])
        elif level is not None:
            on_level(
                seconds, 0.0 if level["level"] == "-inf" else 10 ** (min(0.0, float(level["level"])) / 20)
            )

    return take
