"""The script of the current take: the palette, the text with its marks, the counters and the problems."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from redub.core import edits
from redub.core.errors import UserError
from redub.core.history import Edit
from redub.core.limits import limits_for
from redub.core.shot import DriverType, Shot, Take
from redub.core.ssml.check import problems
from redub.core.ssml.cutting import cut_out
from redub.core.ssml.document import parse
from redub.core.ssml.edits import Edited, insert_mark
from redub.core.ssml.nodes import Mark, walk
from redub.core.ssml.presets import Preset, with_preset, without_preset
from redub.core.ssml.problems import Problem
from redub.i18n import _
from redub.services.editing import ShotView
from redub.ui.controls.empty import EmptyState
from redub.ui.controls.layouts import column
from redub.ui.script.arriving import Arriving
from redub.ui.script.askbar import AskBar
from redub.ui.script.finder import MarkFinder
from redub.ui.script.foot import ScriptFoot
from redub.ui.script.legend import Legend
from redub.ui.script.linebreaks import pause_of
from redub.ui.script.marking import Marking
from redub.ui.script.palette import TagPalette
from redub.ui.script.popover import MarkPopover
from redub.ui.script.problemstrip import ProblemStrip
from redub.ui.script.scriptfield import ScriptField
from redub.ui.script.sourcefield import SourceField
from redub.ui.script.views import ScriptViews, Shown

PresetChange = Callable[[Sequence[Preset], Preset], tuple[Preset, ...]]
_BURST_MS = 1200
_COUNT_MS = 120
"""While somebody types, the counters follow this much later: estimating takes longer than a key may."""


class ScriptPanel(QWidget):
    """Signals.

    `edit_wanted` (Edit), `edit_ended` when what follows is a step of its own; `readings_wanted` with a text and the
    places of the characters in it that candidates are wanted for; `split_wanted` with the id of a take that is too
    long; `line_breaks_chosen` and `presets_changed` with what is to be remembered.
    """

    edit_wanted = Signal(object)
    edit_ended = Signal()
    readings_wanted = Signal(str, int, int)
    split_wanted = Signal(str)
    line_breaks_chosen = Signal(str)
    presets_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: ShotView | None = None
        self._take_id = ""
        self._source = ""
        self._problems: tuple[Problem, ...] = ()
        self._presets: tuple[Preset, ...] = ()
        self._site = "international"
        self._burst = 0
        self.palette_row, self.views, self.bar = TagPalette(), ScriptViews(), AskBar()
        self.legend, self.strip, self.foot = Legend(), ProblemStrip(), ScriptFoot()
        self._empty = EmptyState("script", "", "")
        self._pages = QStackedWidget()
        self._compose()
        self.marking, self.finder = Marking(self.views, self), MarkFinder(self)
        self.arriving = Arriving(self.bar, self._put)
        self._pausing = self._timer(_BURST_MS, self.end_burst)
        self._counting = self._timer(_COUNT_MS, self._show_counters)
        self._connect()
        self.use_line_breaks(self.arriving.line_breaks)
        self._say_empty(None)

    def _compose(self) -> None:
        page = QWidget()
        inner = column(page, margin=8, gap=6)
        inner.addWidget(self.palette_row)
        inner.addWidget(self.bar)
        inner.addWidget(self.views, 1)
        for below in (self.legend, self.strip, self.foot):
            inner.addWidget(below)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(page)
        column(self).addWidget(self._pages)

    def _timer(self, milliseconds: int, do: Callable[[], None]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(milliseconds)
        made.timeout.connect(do)
        return made

    def _connect(self) -> None:
        views, row = self.views, self.palette_row
        views.source_edited.connect(self._on_source_edited)
        views.step_made.connect(self._ask_step)
        views.text_pasted.connect(self.arriving.take)
        views.left.connect(self.end_burst)
        views.line_ended.connect(self._on_line_ended)
        views.caret_moved.connect(self.popover.close_up)
        views.mark_wanted.connect(self.marking.change_at)
        self.marking.edited.connect(self._ask_step)
        self.marking.readings_wanted.connect(self.readings_wanted)
        self.popover.kept.connect(lambda one: self._keep_presets(with_preset, one))
        row.wanted.connect(self.mark)
        row.preset_wanted.connect(self.marking.apply_preset)
        row.preset_unwanted.connect(lambda one: self._keep_presets(_without, one))
        row.list_wanted.connect(self.find_mark)
        row.mark_dragged.connect(lambda _tag, place: views.show_drop(place))
        row.mark_dropped.connect(self._on_mark_dropped)
        row.source_picked.connect(lambda on: self.show_views(Shown.SOURCE if on else Shown.SCRIPT))
        row.both_picked.connect(lambda on: self.show_views(Shown.BOTH if on else Shown.SCRIPT))
        row.line_breaks_picked.connect(self._on_line_breaks)
        self.arriving.line_breaks_chosen.connect(self._on_line_breaks)
        self.bar.closed.connect(lambda: self.current_field.setFocus())
        self.finder.closed.connect(lambda: self.current_field.setFocus())
        self.finder.wanted.connect(self.mark)
        self.finder.preset_wanted.connect(self.marking.apply_preset)
        self.foot.split_wanted.connect(self._on_split)
        self.strip.shown.connect(lambda one: self.views.go_to(one.start, one.end))
        self.strip.fix_wanted.connect(self._on_fix_wanted)

    # Showing.

    @property
    def field(self) -> ScriptField:
        """Return the script as people read it."""
        return self.views.script

    @property
    def source_field(self) -> SourceField:
        """Return the script as it is sent."""
        return self.views.source

    @property
    def current_field(self) -> ScriptField | SourceField:
        """Return the field that is worked in."""
        return self.views.current

    @property
    def popover(self) -> MarkPopover:
        """Return the card that asks for the settings of a mark."""
        return self.marking.popover

    def show_view(self, view: ShotView) -> None:
        """Show the script of the current take of `view`."""
        self._view = view
        take = view.take
        if take is None or take.driver is not DriverType.TEXT:
            self._take_id = take.id if take is not None else ""
            self._say_empty(take)
            return
        if take.id != self._take_id:
            self.end_burst()
            self.popover.close_up()
            self.bar.close_up()
        self._take_id = take.id
        self._pages.setCurrentIndex(1)
        self._show_script(take.script)
        if self.is_typing:
            self._counting.start()
        else:
            self._show_counters()

    def _show_script(self, script: str) -> None:
        self._source, self._problems = script, problems(script)
        self.marking.use(script)
        self.views.show_source(script, self._problems)
        self.strip.show_problems(self._problems)
        marks = (
            node for node in walk(parse(script).nodes) if isinstance(node, Mark) and node.tag == "say-as"
        )
        self.legend.show_kinds([mark.get("interpret-as") for mark in marks])

    def set_site(self, site: str) -> None:
        """Count by the limits of `site`."""
        self._site = site
        if self._view is not None:
            self.show_view(self._view)

    def _show_counters(self) -> None:
        view = self._view
        take = view.take if view is not None else None
        if view is None or take is None:
            return
        self.foot.show_take(view, take, limits_for(self._site))

    def _say_empty(self, take: Take | None) -> None:
        self._pages.setCurrentIndex(0)
        if take is None:
            self._empty.say(
                _("Nothing to say yet"), _("Add a take on the left; then write here what it says.")
            )
        else:
            self._empty.say(
                _("A recording speaks here"),
                _("This take is driven by a voice recording. Choose “script” under Voice to write one."),
            )

    def show_views(self, shown: Shown) -> None:
        """Show the script, its source, or both."""
        for button, wanted in ((self.palette_row.source, Shown.SOURCE), (self.palette_row.both, Shown.BOTH)):
            button.blockSignals(True)
            button.setChecked(shown is wanted)
            button.blockSignals(False)
        self.popover.close_up()
        self.views.choose(shown)
        self.current_field.setFocus()

    def show_spoken(self, place: tuple[int, int] | None) -> None:
        """Put a band behind the words being spoken: offsets in the script of the current take, None for no band."""
        self.views.show_spoken(*(place or (0, 0)))

    def selected_ssml(self) -> str:
        """Return the selection as a script of its own, "" when nothing is selected."""
        return cut_out(self._source, *self.current_field.selected_range())

    # Typing.

    @property
    def is_typing(self) -> bool:
        """Say whether what is typed next belongs to the same step."""
        return self._pausing.isActive()

    def end_burst(self) -> None:
        """Let what is typed next be a step of its own."""
        self._pausing.stop()
        self._burst += 1

    def _on_source_edited(self, source: str) -> None:
        self._pausing.start()
        self._ask(_("Write script"), source, f"script:{self._take_id}:{self._burst}")

    def _ask(self, words: str, source: str, merge_key: str = "") -> None:
        take_id = self._take_id
        if not take_id:
            return

        def change(shot: Shot) -> Shot:
            return edits.set_script(shot, take_id, source)

        self.edit_wanted.emit(Edit(words, change, merge_key))

    def _ask_step(self, words: str, edited: Edited) -> None:
        """Ask for a change that is a step of its own, and select what it made."""
        self.end_burst()
        source, start, end = edited
        self._ask(words, source)
        self.edit_ended.emit()
        if self._source == source:
            self.views.go_to(start, end)

    def _put(self, fragment: str) -> None:
        """Put a piece of a source in place of the selection, as a step of its own."""
        self.end_burst()
        self.current_field.put_fragment(fragment)
        self.end_burst()
        self.edit_ended.emit()

    def _on_line_ended(self) -> None:
        start, end = self.current_field.selected_range()
        pause = pause_of(self.arriving.line_breaks)
        if pause is None or start != end:
            self.current_field.put_fragment(" ")
            return
        try:
            edited = insert_mark(self._source, start, end, "break", {"time": pause})
        except UserError:  # a pause may not stand here, for instance at the very start: a space does no harm
            self.current_field.put_fragment(" ")
        else:
            self._ask_step(_("Add a pause"), edited)

    # Marks, problems and what is remembered.

    def mark(self, tag: str) -> None:
        """Mark the selection with `tag`, asking for what it needs under its button."""
        if self._take_id:
            button = self.palette_row.button(tag)
            self.marking.begin(tag, button.mapTo(self, QPoint(0, button.height() + 4)))

    def find_mark(self) -> None:
        """Show the list of marks and presets."""
        if self._take_id:
            self.finder.open_at(QPoint(8, self.palette_row.height() + 12), self._presets)

    def _on_mark_dropped(self, tag: str, place: QPoint) -> None:
        if self._take_id and self.views.show_drop(place):
            self.marking.begin(tag, self.mapFromGlobal(place) + QPoint(0, 12))

    def show_readings(self, text: str, candidates: Sequence[tuple[str, ...]]) -> None:
        """Offer readings of the characters of `text`, when they still are what is asked about."""
        self.popover.show_candidates(text, candidates)

    def _on_fix_wanted(self, problem: Problem) -> None:
        if problem.replacement is None:
            return
        start, end, text = problem.replacement
        source = self._source[:start] + text + self._source[end:]
        self._ask_step(_("Fix script"), (source, start, start + len(text)))

    def _on_split(self) -> None:
        if self._take_id:
            self.split_wanted.emit(self._take_id)

    def use_line_breaks(self, row: str) -> None:
        """Turn line breaks into what was chosen, a row of `LINE_BREAKS`."""
        self.arriving.line_breaks = row
        self.palette_row.show_line_breaks(row)

    def _on_line_breaks(self, row: str) -> None:
        self.use_line_breaks(row)
        self.line_breaks_chosen.emit(row)

    def use_presets(self, presets: Sequence[Preset]) -> None:
        """Offer `presets`."""
        self._presets = tuple(presets)
        self.palette_row.show_presets(self._presets)

    def _keep_presets(self, change: PresetChange, preset: Preset) -> None:
        try:
            self.use_presets(change(self._presets, preset))
        except UserError as refusal:
            self.popover.refuse(str(refusal))
        else:
            self.presets_changed.emit(self._presets)


def _without(presets: Sequence[Preset], preset: Preset) -> tuple[Preset, ...]:
    return without_preset(presets, preset.name)
