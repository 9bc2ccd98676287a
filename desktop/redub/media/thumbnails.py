"""Small pictures along a clip, coarse ones first, each delivered as soon as it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import av

from redub.media.decoding import PictureDecoder
from redub.media.opening import damaged, need_picture, only, open_clip
from redub.media.packets import place_at
from redub.media.picture import Picture, for_screen, shape_of

_EXACT_SECONDS = 180
"""Clips up to this length get exact pictures where keyframes lie too far apart; longer ones take long."""


def thumbnails(
    path: str | Path, count: int, height: int, cancelled: Callable[[], bool] | None = None
) -> Iterator[tuple[float, Picture]]:
    """Yield `count` pictures of `height` pixels at even distances, with the moment each stands for.

    First the nearest keyframes, spread over the clip in ever finer steps; where keyframes lie further apart
    than the pictures, the exact ones follow and replace them (the same moment comes a second time).
    """
    stop = cancelled or _never
    coarse: list[tuple[float, float]] = []
    with open_clip(path) as container:
        stream = need_picture(container, path)
        stream.codec_context.skip_frame = "NONKEY"
        only(container, stream)
        duration = _duration(container, stream)
        step = duration / max(1, count)
        try:
            for number in _ever_finer(count):
                if stop():
                    return
                moment = (number + 0.5) * step
                picture = _keyframe(container, stream, moment, height)
                if picture is not None:
                    coarse.append((moment, picture.time))
                    yield moment, picture
        except av.FFmpegError as exc:
            raise damaged(path, exc) from exc
    far = sorted(moment for moment, time in coarse if abs(moment - time) > step)
    if far and duration <= _EXACT_SECONDS:
        yield from _exact(path, far, height, stop)


def _keyframe(
    container: av.container.InputContainer, stream: av.VideoStream, moment: float, height: int
) -> Picture | None:
    base = stream.time_base
    if base is None:
        return None
    start = stream.start_time or 0
    container.seek(start + int(moment / base), stream=stream, backward=True)
    for frame in container.decode(stream):
        if frame.pts is not None:
            time = max(0.0, float((frame.pts - start) * base))
            return _small(frame, stream, height, time, 0)
    return None


def _exact(
    path: str | Path, moments: list[float], height: int, stop: Callable[[], bool]
) -> Iterator[tuple[float, Picture]]:
    with closing(PictureDecoder(path)) as decoder:
        times = decoder.table.times()
        size = _size(decoder.width, decoder.height, height)
        for moment in moments:
            place = place_at(times, moment)
            frame = decoder.frame(place, cancelled=stop)
            if frame is None or stop():
                return
            yield moment, for_screen(frame, decoder.shape, size, time=times[place], index=place)


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
