"""Small pictures along a clip, coarse ones first, each delivered as soon as it is there."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import av

from redub.media.keyframes import KeyframeDecoder
from redub.media.opening import damaged, need_picture, only, open_clip
from redub.media.picture import Picture, for_screen, shape_of

_THRIFTY = {"skip_loop_filter": "all", "flags2": "+fast"}
_NEARER_SECONDS = 180
"""Clips up to this length get nearer pictures where keyframes lie too far apart; longer ones take long."""


def thumbnails(
    path: str | Path, count: int, height: int, cancelled: Callable[[], bool] | None = None
) -> Iterator[tuple[float, Picture]]:
    """Yield `count` pictures of `height` pixels at even distances, with the moment each stands for.

    First the nearest keyframes, spread over the clip in ever finer steps; where keyframes lie further apart
    than the pictures, nearer ones follow and replace them (the same moment comes a second time).
    """
    stop = cancelled or _never
    coarse: list[tuple[float, float]] = []
    with closing(_Keyframes(path, height)) as keyframes:
        duration = keyframes.duration
        step = duration / max(1, count)
        for number in _ever_finer(count):
            if stop():
                return
            moment = (number + 0.5) * step
            picture = keyframes.before(moment)
            if picture is not None:
                coarse.append((moment, picture.time))
                yield moment, picture
    far = sorted(moment for moment, time in coarse if abs(moment - time) > step)
    if far and duration <= _NEARER_SECONDS:
        yield from _between(path, far, height, stop)


class _Keyframes:
    """Small pictures of keyframes; each is decoded once, without smoothing the edges of its blocks."""

    def __init__(self, path: str | Path, height: int) -> None:
        self._decoder, self._height = KeyframeDecoder(path, _THRIFTY), height
        self._stream = self._decoder.stream
        self.duration = _duration(self._decoder.container, self._stream)
        self._base = self._stream.time_base or Fraction(1, 1000)
        self._start = self._stream.start_time or 0
        self._known: dict[int, Picture | None] = {}

    def close(self) -> None:
        self._decoder.close()

    def before(self, moment: float) -> Picture | None:
        """Return the keyframe before `moment`; None where it cannot be decoded."""
        packet = self._decoder.packet(self._start + int(moment / self._base))
        if packet is None or packet.pts is None:
            return None
        if packet.pts not in self._known:
            self._known[packet.pts] = self._picture(packet)
        return self._known[packet.pts]

    def _picture(self, packet: av.Packet[av.VideoStream]) -> Picture | None:
        frame = self._decoder.picture(packet)
        if frame is None:
            return None
        time = max(0.0, float(((frame.pts or 0) - self._start) * self._base))
        return _small(frame, self._stream, self._height, time, 0)


def _between(
    path: str | Path, moments: list[float], height: int, stop: Callable[[], bool]
) -> Iterator[tuple[float, Picture]]:
    """Yield a picture for each of `moments`, which rise, in one pass over those pictures that others lean on."""
    waiting = deque(moments)
    with open_clip(path) as container:
        stream = need_picture(container, path)
        only(container, stream)
        context = stream.codec_context
        context.skip_frame, context.thread_type, context.options = "NONREF", "AUTO", _THRIFTY
        start, base = stream.start_time or 0, stream.time_base or Fraction(1, 1000)
        for packet in container.demux(stream):
            for frame in _decoded(path, packet):
                if stop() or not waiting:
                    return
                time = float(((frame.pts or 0) - start) * base)
                if time >= waiting[0]:
                    picture = _small(frame, stream, height, time, 0)
                    while waiting and time >= waiting[0]:
                        yield waiting.popleft(), picture


def _decoded(path: str | Path, packet: av.Packet[av.VideoStream]) -> list[av.VideoFrame]:
    try:
        return packet.decode()
    except av.InvalidDataError:  # one damaged picture hides none further on
        return []
    except av.FFmpegError as exc:
        raise damaged(path, exc) from exc


def _small(frame: av.VideoFrame, stream: av.VideoStream, height: int, time: float, index: int) -> Picture:
    shape = shape_of(stream, frame)
    return for_screen(
        frame, shape, _size(*shape.shown(frame.width, frame.height), height), time=time, index=index
    )


def _size(width: int, height: int, wanted: int) -> tuple[int, int]:
    return max(2, round(width * wanted / height)), wanted


def _ever_finer(count: int) -> Iterator[int]:
    """Yield 0 to `count` - 1, every 8th first, then those between: the strip fills evenly."""
    seen: set[int] = set()
    for step in (8, 4, 2, 1):
        for number in range(0, count, step):
            if number not in seen:
                seen.add(number)
                yield number


def _duration(container: av.container.InputContainer, stream: av.VideoStream) -> float:
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return max(0.04, ((container.duration or 0) - (container.start_time or 0)) / av.time_base)


def _never() -> bool:
    return False
