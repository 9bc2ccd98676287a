"""The pictures of a result that does not exist yet: the reference's frames in the order of the output plan, small."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from redub.core.outputplan import OutputPlan
from redub.media.decoding import PictureDecoder
from redub.media.packets import place_at
from redub.media.picture import Picture, fit, for_screen

AHEAD = 50
"""Pictures that may wait to be shown: two seconds of a result at 25 frames a second."""
_AHEAD_BYTES = 64 * 1024 * 1024
_HELD_BYTES = 64 * 1024 * 1024
_MOST_HELD = 128


@dataclass(frozen=True, slots=True)
class PredictedPicture:
    """One picture of the result: its number, when it appears there (seconds), and what it shows."""

    number: int
    out_time: float
    picture: Picture


def places_of(plan: OutputPlan, times: Sequence[float]) -> list[tuple[int, int]]:
    """Return for each picture of the result the number of the reference's picture, and the direction it runs in.

    The same rule as the renderer's: running backward it is the picture whose showing ends at that moment.

    :param times: when each picture of the reference appears
    """
    row = []
    for number in range(plan.frames):
        moment = number / plan.fps
        direction = plan.span_at(moment).direction
        row.append((place_at(times, plan.reference_time(moment), before=direction < 0), direction))
    return row


def predicted_pictures(
    reference: Path, plan: OutputPlan, box: tuple[int, int], *, first: int = 0
) -> Iterator[PredictedPicture]:
    """Yield the pictures of the result from number `first` on, fitting into `box` pixels, in bounded memory.

    Running backward, a piece of at most 64 MB is decoded forward and handed out from its end.

    :raises UserError: the reference cannot be read
    """
    with closing(PictureDecoder(reference)) as decoder:
        row = places_of(plan, decoder.table.times())
        shelf = _Shelf(decoder, box)
        for number in range(first, len(row)):
            picture = shelf.picture(row, number)
            yield PredictedPicture(number, number / plan.fps, picture)


class _Shelf:
    """The last pictures that were decoded; a turn finds there what it shows next."""

    def __init__(self, decoder: PictureDecoder, box: tuple[int, int]) -> None:
        self._decoder, self._times = decoder, decoder.table.times()
        self._size = fit(decoder.width, decoder.height, *box)
        self._held: OrderedDict[int, Picture] = OrderedDict()
        self._room = max(8, min(_MOST_HELD, _HELD_BYTES // (3 * self._size[0] * self._size[1])))

    def picture(self, row: Sequence[tuple[int, int]], number: int) -> Picture:
        """Return picture `number` of the result."""
        place, direction = row[number]
        if place not in self._held and direction < 0:
            for wanted in _piece(row, number, self._room // 2):
                self._take(wanted)
        return self._take(place)

    def _take(self, place: int) -> Picture:
        found = self._held.get(place)
        if found is None:
            found = self._held[place] = self._decoded(place)
            if len(self._held) > self._room:
                self._held.popitem(last=False)
        return found

    def _decoded(self, place: int) -> Picture:
        frame = self._decoder.frame(place)
        assert frame is not None  # only a cancelled search finds nothing, and this one cannot be cancelled
        return for_screen(frame, self._decoder.shape, self._size, time=self._times[place], index=place)


def _piece(row: Sequence[tuple[int, int]], start: int, room: int) -> list[int]:
    """Return the next `room` different places of a backward run, in rising order."""
    wanted: dict[int, None] = {}
    for place, direction in row[start:]:
        if direction > 0 or len(wanted) >= room:
            break
        wanted[place] = None
    return sorted(wanted)


class PictureQueue:
    """Pictures between the thread that decodes and the one that shows: bounded, and it can be ended from both sides."""

    def __init__(self, most: int = AHEAD, most_bytes: int = _AHEAD_BYTES) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._changed = threading.Condition()
        self._row: deque[PredictedPicture] = deque()
        self._bytes = 0
        self._closed = self._whole = False

    def __len__(self) -> int:
        """Return how many pictures wait."""
        return len(self._row)

    @property
    def whole(self) -> bool:
        """Say whether no further picture will come."""
        return self._whole

    @property
    def closed(self) -> bool:
        """Say whether nobody wants pictures any more."""
        return self._closed

    @property
    def full(self) -> bool:
        """Say whether the decoder has to wait."""
        return len(self._row) >= self._most or self._bytes >= self._most_bytes

    def put(self, picture: PredictedPicture) -> bool:
        """Append `picture` when there is room for it; False when nobody wants it any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or not self.full)
            if self._closed:
                return False
            self._row.append(picture)
            self._bytes += picture.picture.size
            return True

    def end(self) -> None:
        """Note that the last picture was put."""
        self._whole = True

    def due(self, out_time: float) -> tuple[PredictedPicture | None, int]:
        """Return the newest picture that is due at `out_time` (None: none is), and how many were passed over."""
        taken = 0
        newest: PredictedPicture | None = None
        with self._changed:
            while self._row and self._row[0].out_time <= out_time:
                newest = self._row.popleft()
                self._bytes -= newest.picture.size
                taken += 1
            self._changed.notify_all()
        return newest, max(0, taken - 1)

    def close(self) -> None:
        """Forget all pictures and let the decoder's thread end."""
        with self._changed:
            self._closed = True
            self._row.clear()
            self._bytes = 0
            self._changed.notify_all()
