"""What a made result was asked for, read back from the exact request: selection, still intervals, options, words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from redub.core.shot import MakeType, Options, Selection, StillInterval, VideoLoop


class _Interval(msgspec.Struct):
    StartTime: float
    EndTime: float


class _VideoParam(msgspec.Struct):
    MakeType: MakeType = MakeType.DEFAULT
    StartTime: float | None = None
    EndTime: float | None = None
    DisableIntervals: Sequence[_Interval] = ()


class _Payload(msgspec.Struct):
    InputSsml: str = ""
    VideoLoop: VideoLoop = VideoLoop.REVERSE
    VideoParametersConsistent: int = 0
    VideoParam: _VideoParam = msgspec.field(default_factory=_VideoParam)


class _Request(msgspec.Struct):
    Payload: _Payload = msgspec.field(default_factory=_Payload)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The part of a request that decides which frame of the reference is shown when, and what is said.

    Times are seconds of the clip that was sent, which may be only a part of the creator's own.
    """

    selection: Selection
    still_intervals: tuple[StillInterval, ...]
    options: Options
    script: str


def asked_for(request: str) -> Asked | None:
    """Return what `request` (the body that was sent) asks for, None when it cannot be read."""
    try:
        payload = msgspec.json.decode(request, type=_Request).Payload
    except msgspec.MsgspecError:
        return None
    video = payload.VideoParam
    return Asked(
        selection=Selection(make_type=video.MakeType, start=video.StartTime, end=video.EndTime),
        still_intervals=tuple(StillInterval(one.StartTime, one.EndTime) for one in video.DisableIntervals),
        options=Options(loop=payload.VideoLoop, match_input=bool(payload.VideoParametersConsistent)),
        script=payload.InputSsml,
    )
