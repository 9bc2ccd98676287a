"""A thread that shows the picture wanted last: something near at once, then the exact one."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import av

from redub.core.errors import Bug, RedubError
from redub.media.firstpicture import first_picture
from redub.media.packets import Stopped, place_at
from redub.media.picture import Picture
from redub.media.picturecache import BUDGET, NearFrames, PictureCache
from redub.media.source import Source
from redub.media.standin import StandIn, StandInPlace

log = logging.getLogger(__name__)

_BEHIND = 12
"""So many pictures before the wanted one are kept: stepping back is then free."""
_ENOUGH_BEHIND = 24
"""Going backward, more are fetched when fewer than so many are kept before the one that is shown."""
_AT_ONCE = 36
"""So many are fetched in a row then: entering at the keyframe is what costs."""
_WORTH_SHOWING = 2
"""A picture on the way that stands no further than this from the wanted one is not shown: that one comes at once."""
_IN_A_ROW = 0.15
"""Seconds between two wishes that belong to one drag."""
_REST = 0.05
"""Seconds without a wish after which a drag rests, and the exact picture is decoded behind the proxy's."""

Deliver = Callable[[Picture, bool], None]


@dataclass(frozen=True, slots=True)
class _Want:
    seconds: float
    before: bool
    number: int
    in_a_row: bool = False
    at: float = field(default_factory=time.monotonic)


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

        :param deliver: is given a picture that fits into `width` x `height` pixels, and whether it is the exact one
        :param budget: bytes of pictures that are kept
        :param on_error: is given what went wrong; the thread goes on when the clip itself is all right
        :param on_opened: is given when each picture appears, and the length of the clip, in seconds
        """
        self._path = Path(path)
        self._deliver = deliver
        self._on_error = on_error or _forget_error
        self._on_opened = on_opened or _forget_times
        self._box = (width, height)
        self._cache, self._near = PictureCache(budget), NearFrames(_BEHIND)
        self._stand_in = StandInPlace()
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
            last = self._want.at if self._want is not None else 0.0
            in_a_row = time.monotonic() - last < _IN_A_ROW
            self._want = _Want(seconds, before, self._count, in_a_row)
            self._change.notify()

    def resize(self, width: int, height: int) -> None:
        """Fit later pictures into another box; the last wanted one is shown again."""
        with self._change:
            self._box = (width, height)
            if self._want is not None:
                self._count += 1
                self._want = _Want(self._want.seconds, self._want.before, self._count)
            self._change.notify()

    def use_stand_in(self, stand_in: StandIn) -> None:
        """Show its copies first from now on; it is closed at the end, or when another one comes."""
        self._stand_in.put(stand_in)

    def set_budget(self, budget: int) -> None:
        """Keep at most `budget` bytes of pictures."""
        self._cache.budget = budget

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
            with contextlib.closing(Source(self._path, lambda: self._closed)) as source:
                self._on_opened(source.times, source.exact.table.duration)
                self._answer(source)
        except Stopped:
            log.debug("%s was closed before its table was read", self._path)
        except RedubError as exc:
            self._report(exc)
        except Exception as exc:  # the thread's outermost edge: a mistake of ours must be said
            log.exception("showing pictures failed")
            self._report(Bug("Showing the clip failed.", why="This is a mistake in Redub.", detail=repr(exc)))
        finally:
            self._stand_in.close()

    def _show_first(self) -> None:
        """Show the first picture, when it is the wanted one, before the table of the clip is read."""
        if self._want is not None and not _is_first(self._want):
            return
        picture = None
        with contextlib.suppress(RedubError):  # opening it for good says what is wrong
            picture = first_picture(self._path, *self._box)
        want = self._want
        if picture is not None and want is not None and _is_first(want):
            self._hand_over(picture, False)

    def _report(self, exc: RedubError) -> None:
        if not self._closed:
            self._on_error(exc)

    def _answer(self, source: Source) -> None:
        last = -1
        while (want := self._next(source)) is not None:
            self._done = want.number
            try:
                index = self._show(source, want)
                if 0 < last - index <= _BEHIND:  # steps, not jumps
                    self._fetch_behind(source, index)
                last = index
            except RedubError as exc:
                self._report(exc)

    def _next(self, source: Source) -> _Want | None:
        """Wait for something wanted that was not answered; None when closed.

        While nobody wants anything the pictures on the way to the last one are made ready.
        """
        while True:
            with self._change:
                self._change.wait_for(lambda: self._closed or self._is_wanting() or bool(self._near))
                if self._closed:
                    return None
                if self._box != self._cached_box:
                    self._cache.clear()
                    self._cached_box = self._box
                if self._is_wanting():
                    return self._want
            place, frame = self._near.take_last()
            if self._cache.get(place) is None:
                self._cache.put(source.scaled(place, frame, self._cached_box))

    def _is_wanting(self) -> bool:
        return self._want is not None and self._want.number > self._done

    def _show(self, source: Source, want: _Want) -> int:
        """Show what is wanted and return its number."""
        index = place_at(source.times, want.seconds, before=want.before)
        picture = self._kept(source, index)
        if picture is None:
            shown = source.exact.far_from(index) and self._show_quickly(source, index, want)
            if shown and want.in_a_row and self._goes_on(want):
                return index
            picture = self._exact(source, index, want, shown)
        if picture is not None:
            self._hand_over(picture, True)
        return index

    def _kept(self, source: Source, index: int) -> Picture | None:
        picture = self._cache.get(index)
        if picture is None and index in self._near:
            picture = source.scaled(index, self._near.take(index), self._cached_box)
            self._cache.put(picture)
        return picture

    def _show_quickly(self, source: Source, index: int, want: _Want) -> bool:
        """Show the proxy's copy of the picture; while it is dragged and there is none, the keyframe."""
        picture = self._stand_in.picture(index, source.times[index], self._cached_box)
        if picture is None and want.in_a_row:
            key = source.keyframe_before(index)
            picture = self._cache.get(key) or source.keyframe(key, self._cached_box)
            if picture is not None:
                self._cache.put(picture)
        if picture is not None:
            self._hand_over(picture, False)
        return picture is not None

    def _goes_on(self, want: _Want) -> bool:
        """Wait a moment, and say whether the drag has gone on to another picture."""
        with self._change:
            return self._change.wait_for(lambda: self._outdated(want), _REST)

    def _fetch_behind(self, source: Source, index: int) -> None:
        """Keep the pictures before `index`, because somebody goes backward; what is wanted meanwhile is shown."""
        missing = index - 1
        while missing >= 0 and self._kept(source, missing) is not None:
            missing -= 1
        if missing < 0 or index - missing > _ENOUGH_BEHIND:
            return
        fetched = range(max(0, missing + 1 - self._cache.room(_AT_ONCE)), missing + 1)
        for place in fetched:
            frame = source.exact.frame(place, cancelled=lambda: self._called_away(source, fetched))
            if frame is None or self._called_away(source, fetched):
                return
            self._cache.put(source.scaled(place, frame, self._cached_box))

    def _called_away(self, source: Source, fetched: range) -> bool:
        """Show what is wanted by now if it is kept; say whether it is neither kept nor about to be fetched."""
        with self._change:
            want, resized = self._want, self._box != self._cached_box
        if self._closed or resized:
            return True
        if want is None or want.number == self._done:
            return False
        index = place_at(source.times, want.seconds, before=want.before)
        picture = self._kept(source, index)
        if picture is None:
            return index not in fetched
        self._done = want.number
        self._hand_over(picture, True)
        return False

    def _exact(self, source: Source, index: int, want: _Want, shown: bool) -> Picture | None:
        """Decode the exact picture; of a long way the first picture (the keyframe) is shown, unless one `shown` is."""
        far = source.exact.far_from(index)

        def keep(place: int, frame: av.VideoFrame) -> None:
            nonlocal shown
            if far and not shown and index - place > _WORTH_SHOWING:
                shown = True
                picture = self._cache.get(place) or source.scaled(place, frame, self._cached_box)
                self._cache.put(picture)
                self._hand_over(picture, False)
            if index - _BEHIND <= place < index:
                self._near.add(place, frame)

        frame = source.exact.frame(index, keep=keep, cancelled=lambda: self._outdated(want))
        if frame is None:
            return None
        picture = source.scaled(index, frame, self._cached_box)
        self._cache.put(picture)
        return picture

    def _outdated(self, want: _Want) -> bool:
        return self._closed or self._count != want.number

    def _hand_over(self, picture: Picture, exact: bool) -> None:
        if not self._closed:
            self._deliver(picture, exact)


def _is_first(want: _Want) -> bool:
    return want.seconds <= 0 and not want.before


def _forget_error(error: RedubError) -> None:
    log.warning("%s (%s)", error, error.detail)


def _forget_times(_times: Sequence[float], _duration: float) -> None:
    """Tell nobody."""
