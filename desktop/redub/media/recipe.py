"""The command that brings a clip into legal form: the API page's own recipe, made safe, for ffmpeg."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import ffmpeg

from redub.core.clip import ClipFacts, VideoFacts
from redub.core.conversion import Decision, EncodeSettings, Kind
from redub.core.errors import UserError
from redub.core.part import Part
from redub.media import process
from redub.media.encoders import quality_options

TONE_MAPPING = frozenset({"zscale", "tonemap"})
_HD_LINES = 720
_SDR_PEAK = 100
_HIGHEST_SAMPLE_RATE = 48_000
_RUN_UP = 1.0
"""Seconds before a part from which its keyframe is looked for: decoders need some to get going."""


def arguments(
    facts: ClipFacts,
    decision: Decision,
    target: Path,
    settings: EncodeSettings,
    ffmpeg_program: Path,
    *,
    part: Part | None = None,
    available: frozenset[str] = TONE_MAPPING,
) -> list[str]:
    """Compose the command that makes `target` (mp4) from the clip; paths are absolute, whatever they begin with.

    :param part: what of the clip is converted, cut on the frame; None for all of it

    :param available: filters that the program has; without zscale an HDR clip keeps its brightness curve
    """
    video = facts.video
    if video is None or not decision.needed:
        raise UserError("There is nothing to convert.", why="The clip can be used as it is.")
    encode = decision.kind is Kind.RE_ENCODE
    source = ffmpeg.input(str(Path(facts.path).absolute()), **_entry(facts, part) if encode else {})
    streams = [source["V:0"]] + ([source["a:0"]] if facts.audio else [])
    clock = _Clock(facts.start + (part.start if part else 0.0), part.seconds if part else None)
    options = _picture_options(video, decision, settings, clock, available) if encode else {"c:v": "copy"}
    if facts.audio:
        options |= (
            {"c:a": "copy"}
            if decision.keep_sound
            else _sound_options(facts, settings, clock if encode else None)
        )
    output = ffmpeg.output(
        *streams,
        str(target.absolute()),
        f="mp4",
        movflags="+faststart",  # the table of contents first: the service can begin while it downloads
        map_metadata=-1,  # neither place nor device of the creator
        map_chapters=-1,
        **options,
    )
    quiet = (
        "-hide_banner",
        "-nostats",
        "-loglevel",
        "warning",
        "-progress",
        "pipe:1",
        "-stats_period",
        "0.25",
    )
    return [
        str(part)
        for part in ffmpeg.compile(output.global_args(*quiet).overwrite_output(), cmd=str(ffmpeg_program))
    ]


def command_line(
    facts: ClipFacts,
    decision: Decision,
    target: Path,
    settings: EncodeSettings,
    ffmpeg_program: Path,
    part: Part | None = None,
) -> str:
    """Return the exact command, quoted for pasting into a terminal."""
    return process.command_line(arguments(facts, decision, target, settings, ffmpeg_program, part=part))


@dataclass(frozen=True, slots=True)
class _Clock:
    """From which time of the file the result begins, and how long it is; None to the end."""

    begin: float
    seconds: float | None


def _entry(facts: ClipFacts, part: Part | None) -> dict[str, Any]:
    """Return where ffmpeg enters the file: the file's own times reach the filters, which do the exact cut.

    For a part it enters at a keyframe well before, so that nothing in front of it has to be decoded.
    """
    entry: dict[str, Any] = {"copyts": None}
    if part and part.start > _RUN_UP:
        entry |= {
            "noaccurate_seek": None,
            "seek_timestamp": 1,
            "ss": f"{facts.start + part.start - _RUN_UP:.6f}",
        }
    return entry


def _picture_options(
    video: VideoFacts,
    decision: Decision,
    settings: EncodeSettings,
    clock: _Clock,
    available: frozenset[str],
) -> dict[str, Any]:
    rate = decision.rate or Fraction(25)
    return {
        "c:v": settings.encoder,
        **quality_options(settings),
        "pix_fmt": "yuv420p",
        "vf": ",".join(_picture_filters(video, decision, clock, available)),
        "g": max(1, int(rate)),  # a keyframe at least every second
        "bf": 2,
        "colorspace": "bt709",
        "color_primaries": "bt709",
        "color_trc": "bt709",
        "color_range": "tv",
    }


def _picture_filters(
    video: VideoFacts, decision: Decision, clock: _Clock, available: frozenset[str]
) -> list[str]:
    """Return the filters in their order; ffmpeg turns the picture upright before them (autorotate)."""
    chain = [f"setpts=PTS-{clock.begin:.9f}/TB"]
    if decision.deinterlace:
        chain.append("bwdif=mode=send_frame")
    chain.append(f"fps={decision.rate}:start_time=0")
    if clock.seconds is not None:
        frames = max(1, round(clock.seconds * float(decision.rate)))
        chain.append(f"trim=end_frame={frames}")
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


def _sound_options(facts: ClipFacts, settings: EncodeSettings, clock: _Clock | None) -> dict[str, Any]:
    options: dict[str, Any] = {"c:a": "aac", "b:a": settings.audio_bitrate}
    if facts.audio and facts.audio.channels > 2:
        options["ac"] = 2
    if facts.audio and facts.audio.sample_rate > _HIGHEST_SAMPLE_RATE:
        options["ar"] = _HIGHEST_SAMPLE_RATE
    if clock:  # sound before the first picture is cut, a later beginning and gaps become silence
        end = "" if clock.seconds is None else f":end={clock.seconds:.6f}"
        options["af"] = f"asetpts=PTS-{clock.begin:.9f}/TB,atrim=start=0{end},aresample=async=1:first_pts=0"
    return options
