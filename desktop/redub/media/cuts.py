"""Finds the shot changes of a clip: where the light in all parts of the picture jumps from one picture to the next."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np
from av.video.reformatter import Interpolation, VideoReformatter
from numpy.typing import NDArray

from redub.media.decoding import PictureDecoder
from redub.media.opening import damaged, need_picture, only, open_clip
from redub.media.packets import place_at

Light = NDArray[np.float64]

_WIDTH, _HEIGHT = 64, 36
_ACROSS, _DOWN = 4, 3
_BINS = 16
_JUMP = 0.35
"""The share of the light that has to move elsewhere in the histograms for a shot change."""
_ABOVE_USUAL = 3.0
"""How many times as large as usual (over the last second or so) the jump has to be: a fast pan is none."""
_USUAL = 12
_APART = 0.4
"""Seconds between two shot changes: the two ends of a flash are none."""
_THRIFTY = {"skip_loop_filter": "all", "flags2": "+fast"}


def cuts(path: str | Path, cancelled: Callable[[], bool] | None = None) -> Iterator[float]:
    """Yield when each new shot begins, in seconds from the first picture, as soon as it is found.

    Pictures that no other leans on are not decoded; which one begins the shot is looked up in the few between.

    :raises UserError: no clip, no picture, damaged
    """
    stop = cancelled or _never
    with _Search(path) as search:
        last = 0.0
        for before, after in _jumps(path, stop):
            moment = search.exactly(before, after, stop)
            if moment is not None and moment - last >= _APART:
                last = moment
                yield moment


def light(frame: av.VideoFrame, reformatter: VideoReformatter) -> Light:
    """Return the histograms of the picture's parts, shape (12, 16): which share of each part is how bright."""
    small = reformatter.reformat(frame, _WIDTH, _HEIGHT, "gray", interpolation=Interpolation.FAST_BILINEAR)
    grey = small.to_ndarray() // (256 // _BINS)
    parts = grey.reshape(_DOWN, _HEIGHT // _DOWN, _ACROSS, _WIDTH // _ACROSS).swapaxes(1, 2)
    flat = parts.reshape(_DOWN * _ACROSS, -1)
    numbered = flat + _BINS * np.arange(len(flat))[:, None]
    counts = np.bincount(numbered.ravel(), minlength=_BINS * len(flat)).reshape(-1, _BINS)
    return np.asarray(counts / flat.shape[1])


def jump(before: Light, after: Light) -> float:
    """Return which share of the light is elsewhere, 0 to 1; a histogram shifted by one step counts half."""
    apart = np.abs(np.cumsum(before - after, axis=1)).sum(axis=1) / 2
    return float(np.minimum(apart, np.abs(before - after).sum(axis=1) / 2).mean())


def _jumps(path: str | Path, stop: Callable[[], bool]) -> Iterator[tuple[float, float]]:
    """Yield the moments of two pictures between which the light jumps, the first picture being at 0."""
    usual: deque[float] = deque(maxlen=_USUAL)
    last: tuple[float, Light] | None = None
    for moment, seen in _lights(path):
        if stop():
            return
        if last is not None:
            size = jump(last[1], seen)
            if size >= _JUMP and size >= _ABOVE_USUAL * (sum(usual) / len(usual) if usual else 0.0):
                yield last[0], moment
            usual.append(min(size, _JUMP))
        last = moment, seen


def _lights(path: str | Path) -> Iterator[tuple[float, Light]]:
    """Yield moment and light of the pictures that others lean on."""
    reformatter = VideoReformatter()
    with open_clip(path) as container:
        stream = need_picture(container, path)
        only(container, stream)
        context = stream.codec_context
        context.skip_frame, context.thread_count, context.options = "NONREF", 1, _THRIFTY
        first = float((stream.start_time or 0) * (stream.time_base or 0))
        for packet in container.demux(stream):
            for frame in _pictures(path, packet):
                if frame.time is not None:
                    yield frame.time - first, light(frame, reformatter)


def _pictures(path: str | Path, packet: av.Packet[av.VideoStream]) -> list[av.VideoFrame]:
    try:
        return packet.decode()
    except av.InvalidDataError:  # one damaged picture hides no shot change further on
        return []
    except av.FFmpegError as exc:
        raise damaged(path, exc) from exc


class _Search:
    """Looks between two pictures for the one with which the new shot begins; opens the clip when first asked."""

    def __init__(self, path: str | Path) -> None:
        self._path = path
        self._decoder: PictureDecoder | None = None
        self._times: list[float] = []
        self._reformatter = VideoReformatter()

    def __enter__(self) -> _Search:
        return self

    def __exit__(self, *_exc: object) -> None:
        if self._decoder is not None:
            self._decoder.close()

    def exactly(self, before: float, after: float, stop: Callable[[], bool]) -> float | None:
        """Return when the shot begins that begins behind `before` and not after `after`; None when stopped."""
        decoder = self._opened()
        first, last = place_at(self._times, before), place_at(self._times, after)
        best, moment = -1.0, self._times[last]
        seen: Light | None = None
        for place in range(first, last + 1):
            frame = decoder.frame(place, cancelled=stop)
            if frame is None:
                return None
            now = light(frame, self._reformatter)
            if seen is not None and (size := jump(seen, now)) > best:
                best, moment = size, self._times[place]
            seen = now
        return moment

    def _opened(self) -> PictureDecoder:
        if self._decoder is None:
            self._decoder = PictureDecoder(self._path)
            self._times = self._decoder.table.times()
        return self._decoder


def _never() -> bool:
    return False
