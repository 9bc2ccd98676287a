"""The timeline: what is used of the clip, where the lips stay as filmed, and what the result will show when.

It draws a `ShotView` and asks for changes with an `Edit`; the cursor belongs to the preview, which tells it through
`show_cursor`. Pictures and sound are read in two threads of its own (`Loader`), which `close_clip` joins.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from redub import paths
from redub.core import edits, quiet
from redub.core.history import Edit
from redub.core.outputplan import segment
from redub.core.shot import MakeType, Selection
from redub.core.times import Notation
from redub.i18n import _
from redub.services.clipstrips import ClipStrips
from redub.services.editing import ShotView
from redub.ui.controls.layouts import column
from redub.ui.timeline import drags
from redub.ui.timeline.feed import ClipFeed
from redub.ui.timeline.intervalmenu import Entry, show_menu
from redub.ui.timeline.intervals import IntervalLane
from redub.ui.timeline.laneview import ZOOM, LaneView
from redub.ui.timeline.scale import Scale, Snap, Target, next_mark
from redub.ui.timeline.shapes import MOST_STILLS
from redub.ui.timeline.targets import clip_targets, found_targets, segment_targets, still_targets
from redub.ui.timeline.toolrow import ToolRow
from redub.ui.timeline.typedtimes import TypedTimes

_STILL_SECONDS = 1.0


class TimelinePanel(QWidget):
    """Signals.

    `edit_wanted` (Edit), `edit_ended` at the end of a drag, `seek_wanted` (seconds) where the cursor is wanted,
    `peek_wanted` (seconds or None) for the picture of an edge while it is dragged, `step_wanted` (frames).
    """

    edit_wanted = Signal(object)
    edit_ended = Signal()
    seek_wanted = Signal(float)
    peek_wanted = Signal(object)
    step_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None, strips: ClipStrips | None = None) -> None:
        super().__init__(parent)
        self._shown: ShotView | None = None
        self._found: list[Target] = []
        self._cursor = 0.0
        self._fps = 25.0
        self._notation = Notation.SECONDS
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(_("Timeline"))
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = column(self, margin=8, gap=4)
        self.tools, self.view = ToolRow(self), LaneView(self)
        self.lanes = self.view.lanes
        layout.addWidget(self.tools)
        layout.addWidget(self.view, 1)
        self._typed = TypedTimes(self.lanes)
        kept = strips or ClipStrips(paths.places().cache / "strips")
        self._feed = ClipFeed(self.lanes.thumbs, self.lanes.wave, kept, self)
        self._connect()
        self.tools.enable(False, False)

    def _connect(self) -> None:
        self.tools.pressed.connect(self._on_tool_pressed)
        self.tools.make_type_picked.connect(self._on_make_type_picked)
        self._typed.edit_wanted.connect(self._ask)
        for lane in self.lanes.timed:
            lane.seek_wanted.connect(self.seek_wanted)
        self.lanes.result.seek_wanted.connect(self.seek_wanted)
        self.lanes.ruler.cursor_handle.stepped.connect(self.step_wanted)
        for lane in (self.lanes.segment, self.lanes.stills):
            lane.edit_wanted.connect(self.edit_wanted)
            lane.edit_ended.connect(self.edit_ended)
            lane.peek_wanted.connect(self.peek_wanted)
            lane.snapped.connect(partial(self._on_snapped, lane))
        self._feed.marked.connect(self._on_marked)
        self.lanes.stills.add_wanted.connect(self.still_here)
        self.lanes.segment.menu_wanted.connect(self._show_segment_menu)
        self.lanes.stills.menu_wanted.connect(self._show_still_menu)

    # What is shown.

    @property
    def scale(self) -> Scale:
        """Return the part of the clip that is shown."""
        return self.view.scale

    def show_view(self, view: ShotView) -> None:
        """Draw `view`; a new clip begins whole, and its pictures and sound are read anew."""
        self._shown = view
        duration = view.facts.duration if view.facts and view.facts.video else 0.0
        self._fps = view.facts.video.frame_rate or 25.0 if view.facts and view.facts.video else 25.0
        self._feed.show_clip(view)
        if duration != self.scale.duration:
            self.show_times((), duration)
        if not duration:
            self.lanes.hide_hover()
        self.view.show_duration(duration)
        self._name_moments()
        self.tools.show_make_type(view.shot.selection.make_type)
        self.tools.enable(duration > 0, bool(view.shot.still_intervals))
        self.lanes.segment.show_view(view, duration, self._fps)
        self.lanes.stills.show_view(view, duration, self._fps)
        self.lanes.result.show_view(view)
        self._typed.show_stills(view.shot.still_intervals)
        self.tools.say(self.lanes.segment.wrong or self.lanes.stills.wrong)
        self._set_targets()

    def show_cursor(self, seconds: float) -> None:
        """Draw the cursor at `seconds`, and follow it when it leaves the lanes."""
        self._cursor = seconds
        self.lanes.show_cursor(seconds)
        self._set_targets()
        if self.scale.duration:
            self.view.use(self.scale.showing(seconds))

    def show_times(self, times: Sequence[float], duration: float) -> None:
        """Step by the pictures as they really follow each other, up to the end of the clip."""
        edges = [*times, duration] if times else []
        self.lanes.ruler.show_times(edges)
        for lane in (self.lanes.segment, self.lanes.stills):
            lane.set_times(edges)

    def set_notation(self, notation: Notation) -> None:
        """Name moments in `notation`."""
        self._notation = notation
        self._name_moments()

    def close_clip(self) -> None:
        """Stop reading and wait for the threads; the panel can show another clip afterwards."""
        self._feed.close()

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(800, 330)

    def _name_moments(self) -> None:
        self.lanes.ruler.set_notation(self._notation, self._fps)
        self.lanes.overlay.set_notation(self._notation, self._fps)
        self._typed.set_notation(self._notation, self._fps)
        self.lanes.segment.set_notation(self._notation)
        self.lanes.stills.set_notation(self._notation)

    def _marks(self) -> list[Target]:
        lanes = self.lanes
        return [*segment_targets(lanes.segment.shape), *still_targets(lanes.stills.bars), *self._found]

    def _set_targets(self) -> None:
        fixed = [*clip_targets(self._cursor, self.scale.duration), *self._found]
        self.lanes.segment.set_targets([*fixed, *still_targets(self.lanes.stills.bars)])
        self.lanes.stills.set_targets([*fixed, *segment_targets(self.lanes.segment.shape)])

    def _on_marked(self) -> None:
        self._found = found_targets(self._feed.quiet, self._feed.cuts)
        self._set_targets()

    def _on_snapped(self, lane: IntervalLane, found: Snap | None) -> None:
        if found is None or found.target is None:
            self.lanes.overlay.show_hold(None)
            return
        words = _("snapped to {what}, {by} s").format(what=found.target.name, by=f"{found.moved:+.3f}")
        y = lane.y() - self.lanes.overlay.y()
        self.lanes.overlay.show_hold(found.target.seconds, words, y)

    # Scale.

    def zoom_in(self) -> None:
        """Show less of the clip, around the cursor."""
        self.view.zoom(ZOOM * ZOOM, self._cursor)

    def zoom_out(self) -> None:
        """Show more of the clip, around the cursor."""
        self.view.zoom(1 / (ZOOM * ZOOM), self._cursor)

    def fit(self) -> None:
        """Show the whole clip."""
        self.view.use(self.scale.whole())

    def fit_segment(self) -> None:
        """Show the segment with a little around it."""
        shape = self.lanes.segment.shape
        self.view.use(self.scale.around(shape.start, shape.end))

    # Commands.

    def go_to_mark(self, by: int) -> None:
        """Ask for the cursor at the next mark (1), or at the last one before it (-1); without one, at the end."""
        marks = [target.seconds for target in self._marks()]
        self.seek_wanted.emit(next_mark(marks, self._cursor, by, self.scale.duration))

    def start_here(self) -> None:
        """Start the segment at the cursor."""
        moment = self._cursor
        self._ask(Edit(_("Start segment here"), lambda shot: edits.pick_start(shot, moment)))

    def end_here(self) -> None:
        """End the segment at the cursor."""
        moment = self._cursor
        self._ask(Edit(_("End segment here"), lambda shot: edits.pick_end(shot, moment)))

    def still_here(self) -> None:
        """Mark one second from the cursor on as still."""
        start = min(self._cursor, max(0.0, self.scale.duration - edits.SHORTEST_STILL))
        end = min(start + _STILL_SECONDS, self.scale.duration)
        self._ask(Edit(_("Mark still"), lambda shot: edits.add_still(shot, start, end)))

    def split_here(self) -> None:
        """Cut the still interval under the cursor in two."""
        index = self._still_under_cursor()
        if index is not None:
            self._ask(drags.split_still(index, self._cursor))

    def remove(self) -> None:
        """Remove the still interval that has the focus, else the one under the cursor."""
        index = self.lanes.stills.focused_index()
        index = self._still_under_cursor() if index is None else index
        if index is not None:
            self._ask(drags.remove_still(index))

    def select_longest_quiet(self) -> None:
        """Use the longest quiet part of the clip as the segment."""
        part = quiet.longest(self._feed.quiet)
        if part is None:
            self.tools.say(self._why_not_quiet())
        else:
            self._ask(drags.pick_quiet(part))

    def mark_silence_still(self) -> None:
        """Leave the lips as filmed in the longest quiet parts of the segment."""
        selection = self._shown.shot.selection if self._shown else Selection()
        parts = quiet.within(self._feed.quiet, *segment(self.scale.duration, selection))
        if not parts:
            self.tools.say(self._why_not_quiet())
        else:
            self._ask(drags.still_quiet(parts, MOST_STILLS))

    def _why_not_quiet(self) -> str:
        if self.lanes.wave.listening:
            return _("The sound is still being read. Try again in a moment.")
        return _("No part of the clip, or of the segment, is quiet for long enough.")

    def _still_under_cursor(self) -> int | None:
        bars = self.lanes.stills.bars
        return next((i for i, bar in enumerate(bars) if bar.start <= self._cursor <= bar.end), None)

    def _ask(self, edit: Edit) -> None:
        if self.scale.duration:
            self.edit_wanted.emit(edit)
            self.edit_ended.emit()

    def _on_tool_pressed(self, name: str) -> None:
        getattr(self, name)()

    def _on_make_type_picked(self, make_type: MakeType) -> None:
        self._ask(Edit(_("Choose what is used"), lambda shot: edits.set_make_type(shot, make_type)))

    # Menus.

    def _show_segment_menu(self, _index: int, place: QPoint) -> None:
        whole = Edit(_("Use the whole clip"), edits.use_whole_clip)
        is_picked = not self.lanes.segment.shape.is_whole
        entries: tuple[Entry, ...] = (
            (_("Type its times…"), self._typed.type_segment, True),
            (_("Start it at the cursor"), self.start_here, True),
            (_("End it at the cursor"), self.end_here, True),
            (_("Show it large"), self.fit_segment, True),
            (_("Use the whole clip"), lambda: self._ask(whole), is_picked),
        )
        show_menu(self, entries, place)

    def _show_still_menu(self, index: int, place: QPoint) -> None:
        here = self._still_under_cursor() == index
        entries: tuple[Entry, ...] = (
            (_("Type its times…"), lambda: self._typed.type_still(index), True),
            (_("Cut it in two at the cursor"), self.split_here, here),
            (_("Remove it"), lambda: self._ask(drags.remove_still(index)), True),
        )
        show_menu(self, entries, place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the keys that belong to the timeline; the others go on to the window."""
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or not self._act(event.key(), shifted):
            event.ignore()

    def _act(self, key: int, shifted: bool) -> bool:
        if key == Qt.Key.Key_F:
            (self.fit_segment if shifted else self.fit)()
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.seek_wanted.emit(0.0 if key == Qt.Key.Key_Home else self.scale.duration)
        elif key in _STEPS:
            self.step_wanted.emit(_STEPS[key] * (10 if shifted else 1))
        elif key in _COMMANDS:
            getattr(self, _COMMANDS[key])()
        else:
            return False
        return True


_STEPS: dict[int, int] = {Qt.Key.Key_Left.value: -1, Qt.Key.Key_Right.value: 1}
_COMMANDS: dict[int, str] = {
    Qt.Key.Key_Plus.value: "zoom_in",
    Qt.Key.Key_Equal.value: "zoom_in",
    Qt.Key.Key_Minus.value: "zoom_out",
    Qt.Key.Key_I.value: "start_here",
    Qt.Key.Key_O.value: "end_here",
    Qt.Key.Key_X.value: "still_here",
    Qt.Key.Key_S.value: "split_here",
    Qt.Key.Key_Delete.value: "remove",
    Qt.Key.Key_Backspace.value: "remove",
}
