"""A lane whose intervals can be dragged by edge and body, drawn anew, typed, and reached by Tab."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from redub.core.history import Edit
from redub.core.times import Notation, millis, show_length, stepped
from redub.ui.timeline.announce import announce
from redub.ui.timeline.handle import Part, TimeHandle
from redub.ui.timeline.lane import Lane
from redub.ui.timeline.scale import PADDING, Scale, Target, grips, nudged, snap, snap_pair

_DRAW_PIXELS = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """An interval as a lane shows it.

    :ivar names: how its body, start and end are called to a person who hears them
    :ivar whys: tooltip and spoken description of each, beside its time
    :ivar body_moves: a drag of its body moves it; otherwise the drag reaches the lane
    """

    start: float
    end: float
    names: tuple[str, str, str]
    whys: tuple[str, str, str] = ("", "", "")
    body_moves: bool = True


class IntervalLane(Lane):
    """A lane with draggable intervals; what a drag means is said by a subclass in `edit_for` and `edit_drawn`.

    Signals: `edit_wanted` (Edit), `edit_ended` after a drag, `peek_wanted` with the seconds whose picture helps while
    dragging (None: no longer), `snapped` with the Snap that holds the edge (None: none), `typing_wanted` with an index,
    `handles_made` when there are more handles for Tab to reach, `menu_wanted` with an index and a place on the screen.
    """

    edit_wanted = Signal(object)
    edit_ended = Signal()
    peek_wanted = Signal(object)
    snapped = Signal(object)
    typing_wanted = Signal(int)
    handles_made = Signal()
    menu_wanted = Signal(int, QPoint)

    def __init__(self, name: str, tone: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._tone = tone
        self._bars: tuple[Bar, ...] = ()
        self._handles: list[dict[Part, TimeHandle]] = []
        self._targets: tuple[Target, ...] = ()
        self._fps = 25.0
        self._times: Sequence[float] = ()
        self.notation = Notation.SECONDS
        self._press: QPointF | None = None
        self._drawing_from: float | None = None

    # What a subclass says.

    def drag_begins(self) -> None:
        """Remember the shot as it is before a drag."""

    def edit_for(self, index: int, part: Part, seconds: float) -> Edit | None:
        """Return the edit that brings `part` of interval `index` to `seconds`, or None where that means nothing."""
        del index, part, seconds
        return None

    def edit_drawn(self, start: float, end: float) -> Edit | None:
        """Return the edit that an interval drawn in the empty lane means, or None where that means nothing."""
        del start, end
        return None

    def remove(self, index: int) -> None:
        """Remove interval `index`, where that means anything."""

    # What is shown.

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Return the intervals that are shown."""
        return self._bars

    def show_bars(self, bars: Sequence[Bar], fps: float) -> None:
        """Show `bars`; handles that exist are kept, so that a drag goes on through every change."""
        focused = self._focused(len(bars))
        self._bars, self._fps = tuple(bars), fps
        known = len(self._handles)
        while len(self._handles) < len(self._bars):
            self._handles.append(self._new_handles(len(self._handles)))
        if len(self._handles) > known:
            self.handles_made.emit()
        if focused is not None:
            focused.setFocus(Qt.FocusReason.OtherFocusReason)
        self.rescaled()
        self.backdrop.spoil()

    def set_targets(self, targets: Sequence[Target]) -> None:
        """Let edges snap to `targets`, and to the other intervals of this lane."""
        self._targets = tuple(targets)

    def set_times(self, times: Sequence[float]) -> None:
        """Nudge edges to where pictures begin; () while that is not known: then by the frame rate."""
        self._times = times

    def set_notation(self, notation: Notation) -> None:
        """Write lengths in `notation`."""
        if notation is not self.notation:
            self.notation = notation
            self.backdrop.spoil()

    def length_words(self, seconds: float) -> str:
        """Return how long something lasts, as it is written in the lane."""
        return show_length(seconds, self.notation, self._fps)

    def handle(self, index: int, part: Part) -> TimeHandle:
        """Return one handle."""
        return self._handles[index][part]

    @property
    def handles(self) -> tuple[TimeHandle, ...]:
        """Return all handles in the order in which Tab goes through them."""
        return tuple(handle for parts in self._handles for handle in parts.values())

    def focused_index(self) -> int | None:
        """Return the interval that the keys act on, or None."""
        for index, parts in enumerate(self._handles):
            if index < len(self._bars) and self.window().focusWidget() in parts.values():
                return index
        return None

    def _focused(self, left: int) -> QWidget | None:
        """Return what gets the focus when the interval that has it is one of those behind the first `left`."""
        index = self.focused_index()
        if index is None or index < left:
            return None
        held = self.window().focusWidget()
        part = next(part for part, handle in self._handles[index].items() if handle is held)
        return self._handles[left - 1][part] if left else self.parentWidget()

    def rescaled(self) -> None:
        """Put the handles where their moments are."""
        for index, parts in enumerate(self._handles):
            shown = index < len(self._bars)
            for handle in parts.values():
                handle.setVisible(shown)
            if shown:
                self._place(parts, self._bars[index])

    def _place(self, parts: dict[Part, TimeHandle], bar: Bar) -> None:
        scale = self.scale
        x_start, x_end = scale.x(bar.start), scale.x(bar.end)
        start, body, end = grips(x_start, x_end)
        held = {
            Part.START: (start, x_start, bar.start),
            Part.BODY: (body, x_start, bar.start),
            Part.END: (end, x_end, bar.end),
        }
        for place, (part, (grip, anchor, seconds)) in zip((1, 0, 2), held.items(), strict=True):
            handle = parts[part]
            handle.place(QRectF(grip.left, 0, grip.width, self.height()), anchor, seconds, scale.duration)
            handle.setAccessibleName(bar.names[place])
            said = f"{millis(seconds):.3f} s, f{round(seconds * self._fps)}"
            handle.setAccessibleDescription(f"{said}. {bar.whys[place]}" if bar.whys[place] else said)
            handle.setToolTip(bar.whys[place])
        parts[Part.BODY].setAttribute(
            Qt.WidgetAttribute.WA_TransparentForMouseEvents, not bar.body_moves or body.width < 4
        )

    def resizeEvent(self, event: object) -> None:
        """Keep the handles as high as the lane."""
        self.rescaled()

    def _new_handles(self, index: int) -> dict[Part, TimeHandle]:
        parts = {part: TimeHandle(part, self._tone, self) for part in Part}
        for part, handle in parts.items():
            self._connect(handle, index, part)
        return parts

    def _connect(self, handle: TimeHandle, index: int, part: Part) -> None:
        handle.grabbed.connect(self.drag_begins)
        handle.released.connect(self._on_handle_released)
        handle.pulled.connect(lambda x, grip, free: self._pull(index, part, x, grip, free))
        handle.pressed_at.connect(lambda x: self.seek_wanted.emit(self.scale.seconds(x)))
        handle.nudged.connect(lambda frames: self._nudge(index, part, frames))
        handle.asked.connect(lambda seconds: self._ask(index, part, seconds))
        handle.remove_wanted.connect(lambda: self.remove(index))
        handle.menu_wanted.connect(lambda place: self.menu_wanted.emit(index, place))
        handle.typing_wanted.connect(lambda: self.typing_wanted.emit(index))

    # Drags and keys.

    def _pull(self, index: int, part: Part, x: float, grip: float, free: bool) -> None:
        held = self.edge.pull(x, 0.0, self.width(), lambda: self._pull(index, part, x, grip, free))
        scale = self.scale
        wanted = scale.left + (held - grip - PADDING) / scale.per_second
        if free:
            self.snapped.emit(None)
        else:
            wanted = self._snapped(index, part, wanted, scale)
        self._ask_for(index, part, wanted)

    def _snapped(self, index: int, part: Part, wanted: float, scale: Scale) -> float:
        targets = (*self._targets, *self._others(index))
        if part is Part.BODY:
            length = self._bars[index].end - self._bars[index].start
            found = snap_pair(wanted, length, targets, scale)
        else:
            found = snap(wanted, targets, scale)
        self.snapped.emit(found if found.target else None)
        return found.seconds

    def _others(self, index: int) -> list[Target]:
        return [
            Target(moment, bar.names[place])
            for other, bar in enumerate(self._bars)
            if other != index
            for place, moment in ((1, bar.start), (2, bar.end))
        ]

    def _nudge(self, index: int, part: Part, frames: int) -> None:
        bar = self._bars[index]
        held = bar.end if part is Part.END else bar.start
        self.drag_begins()
        beside = stepped(self._times, held, frames) if self._times else nudged(held, frames, self._fps)
        self._ask_for(index, part, beside)

    def _ask(self, index: int, part: Part, seconds: float) -> None:
        self.drag_begins()
        self._ask_for(index, part, seconds)
        self.edit_ended.emit()

    def _ask_for(self, index: int, part: Part, seconds: float) -> None:
        edit = self.edit_for(index, part, seconds)
        if edit is None:
            return
        self.edit_wanted.emit(edit)
        bar = self._bars[index]
        self.peek_wanted.emit(bar.end if part is Part.END else bar.start)
        handle = self._handles[index][part]
        if self.window().focusWidget() is handle and not handle.dragging:
            announce(handle, f"{handle.accessibleName()}: {handle.accessibleDescription()}")

    def _on_handle_released(self) -> None:
        self.edge.stop()
        self.edit_ended.emit()
        self.snapped.emit(None)
        self.peek_wanted.emit(None)

    # Drawing a new interval in the empty lane.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to draw an interval, or to click."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._press = event.position()
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw an interval from where the button went down to here."""
        super().mouseMoveEvent(event)
        if self._press is None:
            return
        if self._drawing_from is None:
            if abs(event.position().x() - self._press.x()) < _DRAW_PIXELS:
                return
            self._drawing_from = self._drawn_moment(self._press.x(), event.modifiers())
            self.drag_begins()
        self._draw_to(event.position().x(), event.modifiers())

    def _draw_to(self, x: float, keys: Qt.KeyboardModifier) -> None:
        if self._drawing_from is None:
            return
        here = self._drawn_moment(self.edge.pull(x, 0.0, self.width(), lambda: self._draw_to(x, keys)), keys)
        edit = self.edit_drawn(*sorted((self._drawing_from, here)))
        if edit is not None:
            self.edit_wanted.emit(edit)
            self.peek_wanted.emit(here)

    def _drawn_moment(self, x: float, keys: Qt.KeyboardModifier) -> float:
        moment = self.scale.seconds(x)
        if keys & Qt.KeyboardModifier.ShiftModifier:
            return moment
        found = snap(moment, self._targets, self.scale)
        self.snapped.emit(found if found.target else None)
        return found.seconds

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the drawing as one step, or go to where a click was."""
        if self._press is None:
            event.ignore()
            return
        drawn, self._press, self._drawing_from = self._drawing_from is not None, None, None
        if drawn:
            self._on_handle_released()
        else:
            self.seek_wanted.emit(self.scale.seconds(event.position().x()))
