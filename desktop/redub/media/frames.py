"""Any picture of a clip, exactly: the one on screen at a moment, and rows of them forward or backward."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self

import av

from redub.core.errors import UserError
from redub.media.decoding import PictureDecoder
from redub.media.packets import place_at
from redub.media.picture import Picture, fit, for_rendering, for_screen

_HELD = 48
_HELD_BYTES = 160 * 1024 * 1024


class FrameReader:
    """Gives the exact picture at a moment of a clip; blocking, for one thread at a time.

    Moments are seconds from the first picture shown, whatever offset, edit list or varying rate the file has.

    :ivar times: when each picture appears
    :ivar duration: seconds to the end of the last picture
    :ivar width: pixels on screen, upright and square, inside the box that was asked for
    :ivar height: as `width`
    """

    def __init__(self, path: str | Path, *, width: int | None = None, height: int | None = None) -> None:
        """Open the clip and read its table of packets; pictures are scaled down to fit `width` x `height`.

        :raises UserError: no clip, no picture, damaged
        """
        self._decoder = PictureDecoder(path)
        self.times: list[float] = self._decoder.table.times()
        self.duration = self._decoder.table.duration
        self.width, self.height = fit(self._decoder.width, self._decoder.height, width, height)

    def __enter__(self) -> Self:
        """Return the reader; leaving closes it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._decoder.close()

    def index_at(self, seconds: float, *, before: bool = False) -> int:
        """Return which picture is on screen at `seconds`; with `before`, the one whose showing ends there."""
        return place_at(self.times, seconds, before=before)

    def frame_at(self, seconds: float, *, before: bool = False) -> Picture:
        """Return the picture on screen at `seconds`; with `before`, the one whose showing ends there."""
        return self.picture(self.index_at(seconds, before=before))

    def picture(self, index: int) -> Picture:
        """Return picture number `index`, counted from 0 in the order of showing."""
        frame = self._decoder.frame(index)
        if frame is None:
            raise UserError("The picture cannot be shown.", why="It could not be decoded.")
        size = (self.width, self.height)
        return for_screen(frame, self._decoder.shape, size, time=self.times[index], index=index)

    def nearest_keyframe(self, seconds: float) -> Picture:
        """Return the picture before `seconds` that is decoded without any other, so at once."""
        table = self._decoder.table
        place = self.index_at(seconds)
        key = table.key_for(table.pts[place])
        return self.picture(place_at(self.times, float((key - table.pts[0]) * table.time_base)))


def frames_for(path: str | Path, times: Sequence[float], *, before: bool = False) -> Iterator[av.VideoFrame]:
    """Yield for each of `times` the picture on screen there: 8-bit 4:2:0, upright, `frame.time` on our clock.

    `times` run in one direction, up or down; each stretch between keyframes is decoded once (downward in
    pieces of at most 48 pictures and 160 MB, so that memory stays bounded). A picture that is on screen at
    several of the times is yielded as the same object.

    :param before: the picture whose showing *ends* at the time (for running backward)
    """
    with closing(PictureDecoder(path)) as decoder:
        shown = decoder.table.times()
        places = [place_at(shown, time, before=before) for time in times]
        if places and places[-1] < places[0]:
            yield from _downward(decoder, places)
        else:
            yield from _upward(decoder, places)


def read_range(path: str | Path, start: float, end: float, reverse: bool = False) -> Iterator[av.VideoFrame]:
    """Yield every picture between `start` and `end` once; from the end when `reverse`, in bounded memory."""
    with closing(PictureDecoder(path)) as decoder:
        shown = decoder.table.times()
        first, last = place_at(shown, start), place_at(shown, end, before=True)
        if reverse:
            yield from _downward(decoder, list(range(last, first - 1, -1)))
        else:
            yield from _upward(decoder, list(range(first, last + 1)))


def _upward(decoder: PictureDecoder, places: Sequence[int]) -> Iterator[av.VideoFrame]:
    at, frame = -1, None
    for place in places:
        if place != at or frame is None:
            at, frame = place, _rendered(decoder, place)
        yield frame


def _downward(decoder: PictureDecoder, places: Sequence[int]) -> Iterator[av.VideoFrame]:
    """Decode the wanted pictures of a piece upward, then hand them out from the last to the first."""
    held: dict[int, av.VideoFrame] = {}
    for number, place in enumerate(places):
        if place not in held:
            held.clear()
            for wanted in _piece(places, number, _room(decoder)):
                held[wanted] = _rendered(decoder, wanted)
        yield held[place]


def _piece(places: Sequence[int], start: int, room: int) -> list[int]:
    """Return the next `room` different places of a row that runs down, in rising order."""
    wanted: dict[int, None] = {}
    for place in places[start:]:
        wanted[place] = None
        if len(wanted) >= room:
            break
    return sorted(wanted)


def _room(decoder: PictureDecoder) -> int:
    return max(4, min(_HELD, _HELD_BYTES * 2 // (3 * decoder.width * decoder.height)))


def _rendered(decoder: PictureDecoder, place: int) -> av.VideoFrame:
    frame = decoder.frame(place)
    if frame is None:
        raise UserError("The clip cannot be shown.", why="One of its pictures could not be decoded.")
    return for_rendering(frame, decoder.shape)
