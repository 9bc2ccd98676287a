"""One clip as it is shown: any exact picture, or a keyframe at once, at the size of the screen."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import av

from redub.core.errors import RedubError
from redub.media.decoding import PictureDecoder
from redub.media.keyframes import KeyframeDecoder
from redub.media.packets import place_at
from redub.media.picture import Picture, fit, for_screen


class Source:
    """The decoder that goes along for exact pictures, one that jumps between keyframes, and the way to the screen.

    :ivar exact: the first of them
    :ivar times: when each picture appears
    """

    def __init__(self, path: Path, cancelled: Callable[[], bool]) -> None:
        """Open the clip.

        :raises UserError: no clip, no picture, damaged
        :raises Stopped: `cancelled` said so before its table was read
        """
        self._path = path
        self._jumping: KeyframeDecoder | None = None
        self.exact = PictureDecoder(path, cancelled)
        self.times = self.exact.table.times()

    def close(self) -> None:
        """Close the file."""
        if self._jumping is not None:
            self._jumping.close()
        self.exact.close()

    def scaled(self, index: int, frame: av.VideoFrame, box: tuple[int, int]) -> Picture:
        """Bring picture `index` into `box`."""
        size = fit(self.exact.width, self.exact.height, *box)
        return for_screen(frame, self.exact.shape, size, time=self.times[index], index=index)

    def keyframe_before(self, index: int) -> int:
        """Return the number of the picture before `index` at which decoding begins."""
        table = self.exact.table
        key = table.key_for(table.pts[index])
        return min(index, place_at(self.times, float((key - table.pts[0]) * table.time_base)))

    def keyframe(self, index: int, box: tuple[int, int]) -> Picture | None:
        """Return the keyframe with number `index`; None when it cannot be had alone."""
        table = self.exact.table
        if table.counted or table.pts[index] != table.key_for(table.pts[index]):
            return None  # it is hidden, or the container does not say which picture is which
        frame = None
        with contextlib.suppress(RedubError):  # whoever decodes the exact picture says what is wrong
            frame = self._keyframe(table.entry_for(table.pts[index]), table.pts[index])
        return self.scaled(index, frame, box) if frame is not None else None

    def _keyframe(self, entry: int, tick: int) -> av.VideoFrame | None:
        if self._jumping is None:
            self._jumping = KeyframeDecoder(self._path)
        packet = self._jumping.packet(entry)
        return self._jumping.picture(packet) if packet is not None and packet.pts == tick else None
