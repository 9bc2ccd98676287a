"""The pictures of a clip that are looked at for faces: upright, small, at even distances, decoded in one pass."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from redub.media.opening import damaged, need_picture, only, open_clip
from redub.media.packets import PictureTable, whole_table
from redub.media.picture import Shape, fit, for_screen, shape_of

LOOK_WIDTH = 640
"""Pixels of the longer side in which faces are looked for."""

Rgb = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Sample:
    """One picture to look at.

    :ivar small: RGB, its longer side at most `LOOK_WIDTH`
    :ivar width: pixels of the whole upright picture; so is `height`
    :ivar whole: gives the whole picture
    """

    time: float
    small: Rgb
    width: int
    height: int
    whole: Callable[[], Rgb]


def samples(
    path: str, *, rate: float, start: float = 0.0, end: float | None = None, every: bool = False
) -> Iterator[Sample]:
    """Yield pictures from `start` to `end`, at most `rate` a second; a picture before `start` comes first.

    :param every: decode all pictures; without it those that no other leans on are left out, which is twice as fast
    :raises UserError: the clip cannot be read
    """
    try:
        with open_clip(path) as container:
            stream = need_picture(container, path)
            stream.thread_type = "AUTO"
            only(container, stream)
            table = whole_table(container, stream)
            if not every and not table.counted:
                stream.codec_context.skip_frame = "NONREF"
            yield from _thinned(container, stream, table, rate, start, end)
    except av.FFmpegError as exc:
        raise damaged(path, exc) from exc


def _thinned(
    container: av.container.InputContainer,
    stream: av.VideoStream,
    table: PictureTable,
    rate: float,
    start: float,
    end: float | None,
) -> Iterator[Sample]:
    base, first = float(table.time_base), table.pts[0]
    key = bisect.bisect_right(table.keys, first + round(start / base)) - 1
    container.seek(table.entries[key] if key > 0 else min(table.keys[0], first), stream=stream, backward=True)
    due, place = start - 0.5 / rate, None
    for frame in container.decode(stream):
        if table.counted:
            place = bisect.bisect_left(table.pts, frame.dts or 0) if place is None else place + 1
            time = (table.pts[min(place, len(table.pts) - 1)] - first) * base
        elif frame.pts is None:
            continue
        else:
            time = (frame.pts - first) * base
        if time < 0 or time < due:
            continue
        if end is not None and time > end:
            return
        due = max(due + 1 / rate, time + 0.5 / rate)
        yield _sample(frame, shape_of(stream, frame), time)


def _sample(frame: av.VideoFrame, shape: Shape, time: float) -> Sample:
    width, height = fit(*shape.shown(frame.width, frame.height), None, None)
    small = fit(width, height, LOOK_WIDTH, LOOK_WIDTH)
    return Sample(time, _rgb(frame, shape, *small), width, height, partial(_rgb, frame, shape, width, height))


def photo(path: str) -> Sample:
    """Return a photo as a picture to look at.

    :raises UserError: it cannot be read
    """
    try:
        with Image.open(path) as image:
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError) as exc:
        raise damaged(path, exc) from exc
    width, height = upright.size
    small = upright.resize(fit(width, height, LOOK_WIDTH, LOOK_WIDTH))
    return Sample(0.0, np.array(small), width, height, lambda: np.array(upright))


def _rgb(frame: av.VideoFrame, shape: Shape, width: int, height: int) -> Rgb:
    shown = for_screen(frame, shape, (width, height), time=0.0, index=0)
    rows = np.frombuffer(shown.rgb, np.uint8)[: shown.stride * shown.height]
    return np.ascontiguousarray(rows.reshape(shown.height, shown.stride)[:, : shown.width * 3]).reshape(
        shown.height, shown.width, 3
    )
