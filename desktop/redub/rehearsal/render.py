"""Render a result: the exact pictures of the plan, the mark, the sound, in one pass and bounded memory."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from pathlib import Path

import av
from av.video.reformatter import ColorRange, Colorspace

from redub.core.outputplan import OutputPlan
from redub.rehearsal.mark import make_mark
from redub.rehearsal.picture import Moment, own_copy, pictures
from redub.rehearsal.records import publish
from redub.rehearsal.refusal import Stopped
from redub.rehearsal.sound import SoundFeed

CRF = 17
LOWEST_BIT_RATE, HIGHEST_BIT_RATE = 1_000_000, 9_000_000
_SOUND_BIT_RATE = 128_000
_PRESET, _PRESET_OF_LARGE = "veryfast", "superfast"
_LARGE_PIXELS = 1_500_000
_HD_LINES = 720
_UNSET = 2
_REPORT_EVERY = 5

Retouch = Callable[[av.VideoFrame, Moment], None]
"""Changes a picture of the result in place; the place where lips are driven."""


def clamped_bit_rate(bit_rate: int) -> int:
    """Return the bits a second of a result that follows its input (VideoParametersConsistent = 1)."""
    return min(HIGHEST_BIT_RATE, max(LOWEST_BIT_RATE, bit_rate))


def render(
    reference: Path,
    plan: OutputPlan,
    sound_wav: Path,
    target: Path,
    *,
    bit_rate: int | None = None,
    mark: bool = True,
    report: Callable[[float], None] = lambda part: None,
    cancelled: Callable[[], bool] = lambda: False,
    retouch: Retouch | None = None,
) -> Path:
    """Make `target` (mp4, H.264, AAC) from `reference` by `plan`, with the sound of `sound_wav`; blocking.

    Frame n of the result is the frame of the reference that is on screen at ``plan.reference_time(n / plan.fps)``;
    running backward, the one whose showing ends there.

    :param bit_rate: bits a second of the picture; None encodes with CRF 17
    :param report: is told the part done, 0 to 1
    :param retouch: changes each picture before the mark is put on it
    :raises Stopped: `cancelled` said so; nothing is left behind
    :raises UserError: the reference cannot be decoded
    """
    partial = target.with_name(f".{target.name}.part")
    touched = _touched(pictures(reference, plan), plan, mark, retouch)
    try:
        with av.open(str(partial), "w", format="mp4", options={"movflags": "+faststart"}) as out:
            _encode(out, plan, bit_rate, touched, sound_wav, Watch(report, cancelled))
        _flush(partial)
        publish(partial, target)
    finally:
        touched.close()
        partial.unlink(missing_ok=True)
    return target


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told how far it is, and who says when to stop."""

    report: Callable[[float], None]
    cancelled: Callable[[], bool]

    def look(self, number: int, frames: int) -> None:
        """Report picture `number` of `frames` now and then; raise Stopped when it is to end."""
        if self.cancelled():
            raise Stopped
        if number % _REPORT_EVERY == 0 or number == frames:
            self.report(number / frames)


def _touched(
    shown: Iterator[tuple[Moment, av.VideoFrame]], plan: OutputPlan, mark: bool, retouch: Retouch | None
) -> Generator[av.VideoFrame]:
    """Yield pictures of our own in the size of the plan, retouched and marked."""
    seal = make_mark(plan.width, plan.height) if mark else None
    for moment, frame in shown:
        picture = own_copy(frame, plan.width, plan.height)
        if retouch:
            retouch(picture, moment)
        if seal:
            seal.blend(picture)
        yield picture


def _encode(
    out: av.container.OutputContainer,
    plan: OutputPlan,
    bit_rate: int | None,
    shown: Iterator[av.VideoFrame],
    sound_wav: Path,
    watch: Watch,
) -> None:
    rate = Fraction(plan.fps).limit_denominator(1001)
    first = next(shown)
    stream = _stream(out, plan, rate, bit_rate, first)
    with closing(SoundFeed(sound_wav, out, bit_rate=_SOUND_BIT_RATE)) as sound:
        for number, picture in enumerate(chain((first,), shown)):
            watch.look(number, plan.frames)
            picture.pts, picture.time_base = number, 1 / rate
            out.mux(stream.encode(picture))
            sound.until((number + 1) / plan.fps)
        out.mux(stream.encode(None))
        sound.finish()
    watch.look(plan.frames, plan.frames)


def _stream(
    out: av.container.OutputContainer,
    plan: OutputPlan,
    rate: Fraction,
    bit_rate: int | None,
    first: av.VideoFrame,
) -> av.VideoStream:
    stream = out.add_stream("libx264", rate=rate)
    stream.width, stream.height, stream.pix_fmt = plan.width, plan.height, "yuv420p"
    context = stream.codec_context
    context.time_base = 1 / rate
    # From 1080p on two cores keep up with the clock only with the lighter preset; CRF keeps the quality, files grow.
    preset = _PRESET_OF_LARGE if plan.width * plan.height > _LARGE_PIXELS else _PRESET
    context.options = {"preset": preset, **({} if bit_rate else {"crf": str(CRF)})}
    if bit_rate:
        context.bit_rate = bit_rate
    _tag_colours(context, first)
    return stream


def _tag_colours(context: av.VideoCodecContext, first: av.VideoFrame) -> None:
    """Write down which colours the numbers mean: the reference's own, or what players take them for at its size."""
    usual = Colorspace.ITU709 if min(first.width, first.height) >= _HD_LINES else Colorspace.SMPTE170M
    plain = int(usual)
    context.colorspace = _or(first.colorspace, plain)
    context.color_primaries = _or(first.color_primaries, plain)
    context.color_trc = _or(first.color_trc, plain)
    context.color_range = _or(first.color_range, int(ColorRange.MPEG), unset=0)


def _or(value: int, other: int, *, unset: int = _UNSET) -> int:
    return other if value in {0, unset} else value


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
