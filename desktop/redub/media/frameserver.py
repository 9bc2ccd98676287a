"""A thread that shows the picture wanted last: a keyframe at once, then the exact one."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import av

from redub.core.errors import Bug, RedubError
from redub.media.decoding import PictureDecoder
from redub.media.firstpicture import first_picture
from redub.media.packets import place_at
from redub.media.picture import Picture, fit, for_screen

log = logging.getLogger(__name__)

BUDGET = 96 * 1024 * 1024
_BEHIND = 12
"""So many pictures before the wanted one are kept: stepping back is then free."""
_ENOUGH_BEHIND = 24
"""Going backward, more are fetched when fewer than so many are kept before the one that is shown."""
_AT_ONCE = 36
"""So many are fetched in a row then: entering at the keyframe is what costs."""

Deliver = Callable[[Picture, bool], None]


@dataclass(frozen=True, slots=True)
class _Want:
    seconds: float
    before: bool
    number: int


class PictureCache:
    """Pictures by number, the least used thrown away first, within a budget of bytes; for one thread."""

    def __init__(self, budget: int = BUDGET) -> None:
        """Keep at most `budget` bytes, but always the last picture."""
        self._budget = budget
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
        while self._bytes > self._budget and len(self._pictures) > 1:
            self._bytes -= self._pictures.popitem(last=False)[1].size

    def room(self, most: int) -> int:
        """Return how many more pictures may be kept without driving out those just used: half the budget's worth."""
        usual = self._bytes // len(self._pictures) if self._pictures else self._budget
        return max(1, min(most, self._budget // max(1, 2 * usual)))

    def clear(self) -> None:
        """Forget all pictures."""
        self._pictures.clear()
        self._bytes = 0


class FrameServer:
    """Shows pictures of one clip from a thread of its own; every method returns at once and is thread-safe.

    `deliver`, `on_error` and `on_opened` are called in that thread: hand on to another one from there.
    """

    def __init__(
        self,
        path: str | Path,
        deliver: Deliver,
        *,
        width: int,
        height: int,
        budget: int = BUDGET,
        on_error: Callable[[RedubError], None] | None = None,
        on_opened: Callable[[Sequence[float], float], None] | None = None,
    ) -> None:
        """Start the thread; it opens the clip.

        :param deliver: is given a picture and whether it is the exact one
        :param width: pictures fit into `width` x `height` pixels
        :param budget: bytes of pictures that are kept
        :param on_error: is given what went wrong; the thread goes on when the clip itself is all right
        :param on_opened: is given when each picture appears, and the length of the clip, in seconds
        """
        self._path = Path(path)
        self._deliver = deliver
        self._on_error = on_error or _forget_error
        self._on_opened = on_opened or _forget_times
        self._box = (width, height)
        self._cache = PictureCache(budget)
        self._cached_box = self._box
        self._change = threading.Condition()
        self._want: _Want | None = None
        self._count = 0
        self._done = 0
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name="redub-frames", daemon=True)
        self._thread.start()

    def want(self, seconds: float, *, before: bool = False) -> None:
        """Show the picture at `seconds` next; what was wanted earlier and is not there yet is dropped."""
        with self._change:
            self._count += 1
            self._want = _Want(seconds, before, self._count)
            self._change.notify()

    def resize(self, width: int, height: int) -> None:
        """Fit later pictures into another box; the last wanted one is shown again."""
        with self._change:
            self._box = (width, height)
            if self._want is not None:
                self._count += 1
                self._want = _Want(self._want.seconds, self._want.before, self._count)
            self._change.notify()

    def close(self) -> None:
        """Stop the thread and wait for it; nothing is delivered afterwards."""
        with self._change:
            self._closed = True
            self._change.notify()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _serve(self) -> None:
        try:
            self._show_first()
            with _Source(self._path) as source:
                self._on_opened(source.times, source.duration)
                self._answer(source)
        except RedubError as exc:
            self._report(exc)
        except Exception as exc:  # the thread's outermost edge: a mistake of ours must be said
            log.exception("showing pictures failed")
            self._report(Bug("Showing the clip failed.", why="This is a mistake in Redub.", detail=repr(exc)))

    def _show_first(self) -> None:
        """Show the first picture, when it is the wanted one, before the table of the clip is read."""
        if self._want is not None and not _is_first(self._want):
            return
        picture = None
        with contextlib.suppress(RedubError):  # opening it for good says what is wrong
            picture = first_picture(self._path, *self._box)
        want = self._want
        if picture is not None and want is not None and _is_first(want):
            self._hand_over(picture, False, want)

    def _report(self, exc: RedubError) -> None:
        if not self._closed:
            self._on_error(exc)

    def _answer(self, source: _Source) -> None:
        last = -1
        while (want := self._next()) is not None:
            self._done = want.number
            try:
                index = self._show(source, want)
                if 0 < last - index <= _BEHIND:  # steps, not jumps
                    self._fetch_behind(source, index)
                last = index
            except RedubError as exc:
                self._report(exc)

    def _next(self) -> _Want | None:
        """Wait for something wanted that was not answered; None when closed."""
        with self._change:
            self._change.wait_for(
                lambda: self._closed or (self._want is not None and self._want.number > self._done)
            )
            if self._box != self._cached_box:
                self._cache.clear()
                self._cached_box = self._box
            return None if self._closed else self._want

    def _show(self, source: _Source, want: _Want) -> int:
        """Show what is wanted and return its number."""
        index = place_at(source.times, want.seconds, before=want.before)
        picture = self._cache.get(index)
        if picture is None:
            self._show_keyframe(source, index, want)
            picture = self._exact(source, index, want)
        if picture is not None:
            self._hand_over(picture, True, want)
        return index

    def _fetch_behind(self, source: _Source, index: int) -> None:
        """Keep the pictures before `index`, because somebody goes backward; what is wanted meanwhile is shown."""
        missing = index - 1
        while missing >= 0 and self._cache.get(missing) is not None:
            missing -= 1
        if missing < 0 or index - missing > _ENOUGH_BEHIND:
            return
        fetched = range(max(0, missing + 1 - self._cache.room(_AT_ONCE)), missing + 1)
        for place in fetched:
            frame = source.exact.frame(place, cancelled=lambda: self._called_away(source, fetched))
            if frame is None or self._called_away(source, fetched):
                return
            self._cache.put(source.scaled(place, frame, self._cached_box))

    def _called_away(self, source: _Source, fetched: range) -> bool:
        """Show what is wanted by now if it is kept; say whether it is neither kept nor about to be fetched."""
        with self._change:
            want, resized = self._want, self._box != self._cached_box
        if self._closed or resized:
            return True
        if want is None or want.number == self._done:
            return False
        index = place_at(source.times, want.seconds, before=want.before)
        picture = self._cache.get(index)
        if picture is None:
            return index not in fetched
        self._done = want.number
        self._hand_over(picture, True, want)
        return False

    def _show_keyframe(self, source: _Source, index: int, want: _Want) -> None:
        key = source.keyframe_before(index)
        if key == index or not source.exact.far_from(index):
            return
        picture = self._cache.get(key) or source.keyframe(key, self._cached_box)
        if picture is not None:
            self._cache.put(picture)
            self._hand_over(picture, False, want)

    def _exact(self, source: _Source, index: int, want: _Want) -> Picture | None:
        def keep(place: int, frame: av.VideoFrame) -> None:
            if index - _BEHIND <= place <= index and self._cache.get(place) is None:
                self._cache.put(source.scaled(place, frame, self._cached_box))

        frame = source.exact.frame(index, keep=keep, cancelled=lambda: self._outdated(want))
        if frame is None:
            return None
        return self._cache.get(index) or source.scaled(index, frame, self._cached_box)

    def _outdated(self, want: _Want) -> bool:
        return self._closed or self._count != want.number

    def _hand_over(self, picture: Picture, exact: bool, _want: _Want) -> None:
        if not self._closed:
            self._deliver(picture, exact)


class _Source:
    """Two decoders of one clip: one goes along for exact pictures, one jumps between keyframes."""

    def __init__(self, path: Path) -> None:
        self.exact = PictureDecoder(path)
        try:
            self._jumping = PictureDecoder(path, self.exact.table)
        except RedubError:
            self.exact.close()
            raise
        self.times = self.exact.table.times()
        self.duration = self.exact.table.duration

    def __enter__(self) -> _Source:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._jumping.close()
        self.exact.close()

    def keyframe_before(self, index: int) -> int:
        table = self.exact.table
        key = table.key_for(table.pts[index])
        return min(index, place_at(self.times, float((key - table.pts[0]) * table.time_base)))

    def keyframe(self, index: int, box: tuple[int, int]) -> Picture | None:
        frame = self._jumping.frame(index)
        return self.scaled(index, frame, box) if frame is not None else None

    def scaled(self, index: int, frame: av.VideoFrame, box: tuple[int, int]) -> Picture:
        size = fit(self.exact.width, self.exact.height, *box)
        return for_screen(frame, self.exact.shape, size, time=self.times[index], index=index)


def _is_first(want: _Want) -> bool:
    return want.seconds <= 0 and not want.before


def _forget_error(error: RedubError) -> None:
    """Take an error that nobody asked for; it is in the log."""
    log.warning("%s (%s)", error, error.detail)


def _forget_times(_times: Sequence[float], _duration: float) -> None:
    """Take what nobody asked for."""
