"""Prove a conversion: the result is decoded, and its pictures and times are compared with the source."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence
from pathlib import Path

from redub.core.clip import ClipFacts, VideoFacts
from redub.core.conversion import Decision, Kind
from redub.core.errors import EnvironmentFault
from redub.core.part import Part
from redub.core.proof import Proof
from redub.core.timemap import SAME, TimeMap, constant_rate_map
from redub.media.opening import need_picture, open_clip
from redub.media.packets import packet_sizes, whole_table
from redub.media.probe import probe
from redub.media.verify import verify_video

_PLAIN = frozenset({"yuv420p", "yuvj420p"})
_ROUNDING = 0.002


def prove(
    facts: ClipFacts,
    decision: Decision,
    made: Path,
    part: Part | None,
    stop: Callable[[], bool],
    sizes: Sequence[int] = (),
) -> Proof:
    """Compare the result with what was wanted: H.264 8-bit 4:2:0, size, upright, length within a frame, every picture.

    A new encode is decoded from end to end; where pictures were copied, they are compared one by one instead.

    :param sizes: bytes of the source's pictures, where they were copied
    :param stop: asked often; proving ends with UserError when it says yes
    :raises EnvironmentFault: the result is something else
    :raises UserError: it is not whole, or not as long as the source
    """
    result = probe(made)
    video = result.video
    if video is None or not _as_decided(video, decision):
        raise _wrong(facts, f"the result is not the H.264 picture that was asked for: {video}")
    wanted = part.seconds if part else facts.duration
    if decision.kind is Kind.RE_ENCODE:
        one_picture = 1 / float(decision.rate or 25) + _ROUNDING
        verified = verify_video(made, expected_seconds=wanted, tolerance=one_picture, cancelled=stop)
        frames, duration = verified.frames, verified.duration
    else:
        frames, duration = _compare_pictures(facts, sizes, made), result.duration
    return Proof(
        kind=decision.kind.value,
        codec=video.codec,
        width=video.width,
        height=video.height,
        rate=round(video.frame_rate, 3),
        frames=frames,
        duration=round(duration, 6),
        wanted=round(wanted, 6),
        size=result.size,
        turned=facts.video.rotation if facts.video and decision.kind is Kind.RE_ENCODE else 0,
        audio=result.audio.codec if result.audio else "",
        clock=clock_of(facts, decision, part),
    )


def clock_of(facts: ClipFacts, decision: Decision, part: Part | None) -> TimeMap:
    """Return which moment of the result shows a moment of the source (counted from the part's start).

    Only a clip with a varying rate, or one whose rate was changed, moves at all.
    """
    video = facts.video
    same_rate = video and abs(float(decision.rate) - video.frame_rate) < 1e-3 * video.frame_rate
    if decision.kind is not Kind.RE_ENCODE or video is None or (same_rate and not video.variable_rate):
        return SAME
    with open_clip(facts.path) as container:
        times = whole_table(container, need_picture(container, facts.path)).times()
    begin = part.start if part else 0.0
    end = part.end if part else times[-1] + 1
    first = max(0, bisect.bisect_right(times, begin + _ROUNDING) - 1)
    shown = [max(0.0, time - begin) for time in times[first:] if time < end]
    return constant_rate_map(shown, decision.rate)


def _as_decided(video: VideoFacts, decision: Decision) -> bool:
    legal = video.codec == "h264" and video.pixel_format in _PLAIN
    sized = (video.shown_width, video.shown_height) == (decision.width, decision.height)
    upright = video.rotation == 0 or decision.kind is not Kind.RE_ENCODE
    return legal and sized and upright


def _compare_pictures(facts: ClipFacts, before: Sequence[int], made: Path) -> int:
    """Compare the stored pictures of source and result, and return their number.

    :raises EnvironmentFault: one is missing, or another one
    """
    after = packet_sizes(made)
    if len(before) != len(after):
        raise _wrong(facts, f"{len(after)} of {len(before)} pictures are in the result")
    for number, (old, new) in enumerate(zip(before, after, strict=True)):
        if abs(old - new) > max(_REPACKED, old * _REPACKED_PART):
            raise _wrong(facts, f"picture {number} has {new} bytes, not {old}")
    return len(after)


_REPACKED, _REPACKED_PART = 64, 0.02
"""Bytes, or a part of them, by which a picture may differ when another container describes it otherwise."""


def _wrong(facts: ClipFacts, detail: str) -> EnvironmentFault:
    return EnvironmentFault(
        f"The conversion of “{Path(facts.path).name}” went wrong.",
        why="The result is not what was asked for.",
        next_step="Try it again; if it happens again, set another ffmpeg.",
        detail=detail,
    )
