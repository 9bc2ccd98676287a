"""Measures how much the pictures on both sides of a splice differ, in small grey copies of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import numpy.typing as npt

from redub.core.splice import Jump, Splice
from redub.media.decoding import PictureDecoder
from redub.media.packets import place_at
from redub.media.picture import fit, for_screen

Grey = npt.NDArray[np.float32]

_BOX = 192
_BLOCK = 8
_MOST_CHANGED = 97
_FULL = 255.0


def measure(
    reference: Path, splices: Sequence[Splice], cancelled: Callable[[], bool] = lambda: False
) -> tuple[Jump, ...]:
    """Return the jump at each of `splices`; () when `cancelled` said so. Each picture is decoded once.

    :raises UserError: the reference cannot be read
    """
    with closing(_Greys(reference)) as greys:
        jumps: list[Jump] = []
        for one in splices:
            if cancelled():
                return ()
            before = greys.at(one.before, before=one.before_back)
            jumps.append(compare(before, greys.at(one.after, before=one.after_back)))
        return tuple(jumps)


def measure_segments(
    reference: Path, segments: Sequence[tuple[float, float]], cancelled: Callable[[], bool] = lambda: False
) -> tuple[Jump, ...]:
    """Return the jump from the end of each of `segments` back to its start; () when `cancelled` said so.

    :raises UserError: the reference cannot be read
    """
    with closing(_Greys(reference)) as greys:
        wanted = {(start, False) for start, _ in segments} | {(end, True) for _, end in segments}
        for moment, before in sorted(
            wanted
        ):  # in the order of the clip, so that each stretch is decoded once
            if cancelled():
                return ()
            greys.at(moment, before=before)
        return tuple(compare(greys.at(end, before=True), greys.at(start)) for start, end in segments)


def picture_edges(reference: Path) -> tuple[float, ...]:
    """Return when each picture of the clip appears, and when the last one ends.

    :raises UserError: the reference cannot be read
    """
    with closing(PictureDecoder(reference)) as decoder:
        return (*decoder.table.times(), decoder.table.duration)


class _Greys:
    """Small grey pictures of one clip by their time."""

    def __init__(self, reference: Path) -> None:
        self._decoder = PictureDecoder(reference)
        self._times = self._decoder.table.times()
        self._size = fit(self._decoder.width, self._decoder.height, _BOX, _BOX)
        self._known: dict[int, Grey] = {}

    def at(self, seconds: float, *, before: bool = False) -> Grey:
        place = place_at(self._times, seconds, before=before)
        if place not in self._known:
            self._known[place] = self._read(place)
        return self._known[place]

    def close(self) -> None:
        self._decoder.close()

    def _read(self, place: int) -> Grey:
        frame = self._decoder.frame(place)
        assert frame is not None  # only a cancelled search finds nothing, and this one cannot be cancelled
        shown = for_screen(frame, self._decoder.shape, self._size, time=self._times[place], index=place)
        rows = np.frombuffer(shown.rgb, np.uint8).reshape(shown.height, shown.stride)
        pixels = rows[:, : shown.width * 3].reshape(shown.height, shown.width, 3)
        grey: Grey = pixels.mean(axis=2, dtype=np.float32)
        return grey


def compare(before: Grey, after: Grey) -> Jump:
    """Return how `after` differs from `before`, grey pictures of the same size from 0 to 255."""
    light = float(after.mean() - before.mean())
    down, right = _shift(before, after)
    width = before.shape[1]
    moved = np.roll(after, (-round(down), -round(right)), axis=(0, 1)) - light
    return Jump(
        shift=float(np.hypot(down, right)) / width,
        light=abs(light) / _FULL,
        change=_most_changed(np.abs(moved - before)) / _FULL,
    )


def _shift(before: Grey, after: Grey) -> tuple[float, float]:
    """Return how far `after` lies below and to the right of `before`, in pixels, by phase correlation."""
    window = np.outer(np.hanning(before.shape[0]), np.hanning(before.shape[1]))
    one, two = (np.fft.rfft2((each - each.mean()) * window) for each in (before, after))
    cross = two * np.conj(one)
    peaks = np.fft.irfft2(cross / (np.abs(cross) + 1e-3 * np.abs(cross).max() + 1e-9), s=before.shape)
    down, right = (int(each) for each in np.unravel_index(int(peaks.argmax()), peaks.shape))
    return _between(peaks[:, right], down), _between(peaks[down], right)


def _between(row: npt.NDArray[np.float64], peak: int) -> float:
    """Return where the top of the hill around `peak` lies, between the pixels; what is past the middle is negative."""
    size = len(row)
    left, top, right = (float(row[(peak + step) % size]) for step in (-1, 0, 1))
    bend = left - 2 * top + right
    offset = 0.0 if abs(bend) < 1e-12 else 0.5 * (left - right) / bend
    return (peak if peak <= size // 2 else peak - size) + max(-0.5, min(0.5, offset))


def _most_changed(difference: Grey) -> float:
    """Return the mean difference of the block that changed most; the outermost rim does not count."""
    height, width = (side // _BLOCK * _BLOCK for side in difference.shape)
    blocks = difference[:height, :width].reshape(height // _BLOCK, _BLOCK, width // _BLOCK, _BLOCK)
    return float(np.percentile(blocks.mean(axis=(1, 3))[1:-1, 1:-1], _MOST_CHANGED))
