"""Decoded pictures that are kept, within a budget of bytes."""

from __future__ import annotations

from collections import OrderedDict

import av

from redub.media.picture import Picture

BUDGET = 96 * 1024 * 1024
_NEAR_BYTES = 48 * 1024 * 1024


class PictureCache:
    """Pictures by number, the least used thrown away first, within a budget of bytes; for one thread.

    :ivar budget: bytes; a smaller one counts from the next picture on
    """

    def __init__(self, budget: int = BUDGET) -> None:
        """Keep at most `budget` bytes, but always the last picture."""
        self.budget = budget
        self._bytes = 0
        self._pictures: OrderedDict[int, Picture] = OrderedDict()

    def __len__(self) -> int:
        """Return how many pictures are kept."""
        return len(self._pictures)

    @property
    def size(self) -> int:
        """Return the bytes that the kept pictures take."""
        return self._bytes

    def get(self, index: int) -> Picture | None:
        """Return the picture, and count it as just used."""
        picture = self._pictures.get(index)
        if picture is not None:
            self._pictures.move_to_end(index)
        return picture

    def put(self, picture: Picture) -> None:
        """Keep `picture`."""
        self._bytes -= self._pictures.pop(picture.index).size if picture.index in self._pictures else 0
        self._pictures[picture.index] = picture
        self._bytes += picture.size
        while self._bytes > self.budget and len(self._pictures) > 1:
            self._bytes -= self._pictures.popitem(last=False)[1].size

    def room(self, most: int) -> int:
        """Return how many more pictures may be kept without driving out those just used: half the budget's worth."""
        usual = self._bytes // len(self._pictures) if self._pictures else self.budget
        return max(1, min(most, self.budget // max(1, 2 * usual)))

    def clear(self) -> None:
        """Forget all pictures."""
        self._pictures.clear()
        self._bytes = 0


class NearFrames:
    """The pictures on the way to the wanted one, as they were decoded: scaling them can wait. For one thread."""

    def __init__(self, most: int) -> None:
        """Hold at most `most` pictures, fewer when they are large."""
        self._most = most
        self._frames: OrderedDict[int, av.VideoFrame] = OrderedDict()

    def __len__(self) -> int:
        """Return how many are held."""
        return len(self._frames)

    def __contains__(self, place: int) -> bool:
        """Say whether picture `place` is held."""
        return place in self._frames

    def add(self, place: int, frame: av.VideoFrame) -> None:
        """Hold picture `place`."""
        self._frames[place] = frame
        size = sum(plane.buffer_size for plane in frame.planes)
        while len(self._frames) > max(1, min(self._most, _NEAR_BYTES // max(1, size))):
            self._frames.popitem(last=False)

    def take(self, place: int) -> av.VideoFrame:
        """Give picture `place` away."""
        return self._frames.pop(place)

    def take_last(self) -> tuple[int, av.VideoFrame]:
        """Give the picture away that was added last: the nearest one."""
        return self._frames.popitem()
