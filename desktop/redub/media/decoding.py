"""Decode the picture with a given number: enters at the right keyframe, goes on where the last one ended."""

from __future__ import annotations

import bisect
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import av

from redub.core.errors import RedubError
from redub.media.opening import damaged, need_picture, only, open_clip
from redub.media.packets import PictureTable, Stopped
from redub.media.picture import Shape, shape_of
from redub.media.tables import table_of

log = logging.getLogger(__name__)

Keep = Callable[[int, av.VideoFrame], None]

_MARGIN = 14
"""Pictures before the target from which on all are decoded; further away only those that others lean on."""
_LARGEST_SHARED = 4096 * 2304
_WORTH_GOING_ON = 20
"""So many pictures are decoded on the way rather than entering anew at a keyframe."""


class PictureDecoder:
    """Decodes pictures by number; for one thread at a time.

    The pictures that come out have a PTS counted from the first picture of the clip, so that `frame.time`
    is the time on screen.
    """

    def __init__(self, path: str | Path, cancelled: Callable[[], bool] | None = None) -> None:
        """Open the clip and read its table of packets, unless it is known.

        :raises UserError: no clip, no picture, damaged
        :raises Stopped: `cancelled` said so while the table was read
        """
        self.path = Path(path)
        self._container = open_clip(path)
        try:
            self._stream = need_picture(self._container, path)
            _share_out(self._stream)
            only(self._container, self._stream)
            self.table: PictureTable = table_of(path, self._container, self._stream, cancelled)
        except av.FFmpegError as exc:
            self._container.close()
            raise damaged(path, exc) from exc
        except (RedubError, Stopped):
            self._container.close()
            raise
        self.shape: Shape = Shape()
        self._flow: Iterator[tuple[int, av.VideoFrame]] | None = None
        self._at = -1
        self._wanted = 0
        self._thinned = self._beginning - 1
        self._read_shape()

    def close(self) -> None:
        """Close the file; no picture can be asked for afterwards."""
        self._flow = None
        self._container.close()

    def frame(
        self, place: int, *, keep: Keep | None = None, cancelled: Callable[[], bool] | None = None
    ) -> av.VideoFrame | None:
        """Return picture `place`, or None when `cancelled` said so first.

        Of a damaged clip the nearest one that can be decoded comes back.

        :param keep: is given the pictures that come out on the way, with their numbers
        """
        try:
            return self._frame(place, keep or _forget, cancelled or _never)
        except av.FFmpegError as exc:
            self._flow = None
            raise damaged(self.path, exc) from exc

    def far_from(self, place: int) -> bool:
        """Say whether `place` needs entering anew or a long way of decoding."""
        return not self._reaches(place) or place - self._at > _MARGIN

    def _frame(self, place: int, keep: Keep, cancelled: Callable[[], bool]) -> av.VideoFrame | None:
        for tick in self._entries(place):
            if tick is not None:
                self._enter(tick)
            self._wanted = place
            best = None
            for at, frame in self._flow or ():
                self._at = at
                if best is None and at > place and tick != self._beginning:
                    break  # the container led us behind the picture: enter earlier
                best = frame
                keep(at, frame)
                if at >= place:
                    return frame
                if cancelled():
                    return None
            if best is not None:
                self._flow = None
                return best
        raise av.InvalidDataError(0, "no picture could be decoded", str(self.path))

    def _entries(self, place: int) -> Iterator[int | None]:
        """Yield where to begin, better ones first: going on (None), the keyframe before, earlier ones."""
        if self._reaches(place):
            yield None
        key = bisect.bisect_right(self.table.keys, self.table.pts[place]) - 1
        for step in (0, 1, 4):
            if key - step > 0:
                yield self.table.entries[key - step]
        yield self._beginning

    @property
    def _beginning(self) -> int:
        return min(self.table.keys[0], self.table.entries[0], self.table.pts[0])

    def _reaches(self, place: int) -> bool:
        if self._flow is None or place <= self._at or self.table.pts[place] <= self._thinned:
            return False
        near = place - self._at < _WORTH_GOING_ON
        return near or self.table.key_for(self.table.pts[place]) <= self.table.pts[max(0, self._at)]

    def _enter(self, tick: int) -> None:
        self._container.seek(tick, stream=self._stream, backward=True)
        self._at, self._thinned = -1, self._beginning - 1
        self._flow = self._decode()

    def _decode(self) -> Iterator[tuple[int, av.VideoFrame]]:
        counter: int | None = None
        for packet in self._container.demux(self._stream):
            if self.table.counted and counter is None and packet.dts is not None:
                counter = bisect.bisect_left(self.table.pts, packet.dts)
            self._thin(packet)
            for frame in self._pictures(packet):
                place = counter if counter is not None else self._place(frame)
                if place is None:
                    continue
                counter = place + 1 if counter is not None else None
                yield place, self._on_our_clock(place, frame)

    def _pictures(self, packet: av.Packet[av.VideoStream]) -> list[av.VideoFrame]:
        try:
            return packet.decode()
        except av.InvalidDataError as exc:
            log.debug("a packet of %s cannot be decoded: %s", self.path, exc)
            return []

    def _thin(self, packet: av.Packet[av.VideoStream]) -> None:
        """Leave out pictures that no other leans on, far from the wanted one: this halves the way."""
        edge = self.table.pts[max(0, self._wanted - _MARGIN)]
        far = packet.pts is not None and packet.pts < edge and not self.table.counted
        self._stream.codec_context.skip_frame = "NONREF" if far else "DEFAULT"
        if far and packet.pts is not None:
            self._thinned = max(self._thinned, packet.pts)

    def _place(self, frame: av.VideoFrame) -> int | None:
        if frame.pts is None:
            return None
        place = bisect.bisect_left(self.table.pts, frame.pts)
        return place if place < len(self.table.pts) and self.table.pts[place] == frame.pts else None

    def _on_our_clock(self, place: int, frame: av.VideoFrame) -> av.VideoFrame:
        place = min(place, len(self.table.pts) - 1)
        frame.pts, frame.time_base = self.table.pts[place] - self.table.pts[0], self.table.time_base
        return frame

    def _read_shape(self) -> None:
        first = self.frame(0)
        if first is not None:
            self.shape = shape_of(self._stream, first)
            self.width, self.height = self.shape.shown(first.width, first.height)


def _share_out(stream: av.VideoStream) -> None:
    """Let several threads decode, unless the pictures of each would take some hundred MB."""
    stream.thread_type = "AUTO"
    if stream.codec_context.width * stream.codec_context.height > _LARGEST_SHARED:
        stream.codec_context.thread_count = 1


def _forget(_place: int, _frame: av.VideoFrame) -> None:
    """Keep nothing."""


def _never() -> bool:
    return False
