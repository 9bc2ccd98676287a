"""The script of the current take: the palette, the text with its marks, the counters and the problems."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from redub.core import edits
from redub.core.errors import UserError
from redub.core.history import Edit
from redub.core.limits import limits_for
from redub.core.shot import DriverType, Shot, Take
from redub.core.ssml.check import document_problems
from redub.core.ssml.cutting import cut_out
from redub.core.ssml.document import Document, Mark, parse, spoken_text, walk
from redub.core.ssml.edits import Edited, change_mark, insert_mark, remove_mark
from redub.core.ssml.problems import Problem
from redub.core.ssml.vocabulary import TAGS, Content
from redub.i18n import _
from redub.services.editing import ShotView
from redub.ui.controls.empty import EmptyState
from redub.ui.controls.layouts import column
from redub.ui.controls.words import label, restyle
from redub.ui.script.counting import counters
from redub.ui.script.forms import AT_ONCE
from redub.ui.script.palette import TagPalette
from redub.ui.script.pasting import fragment_of
from redub.ui.script.popover import MarkPopover
from redub.ui.script.problemstrip import ProblemStrip
from redub.ui.script.scriptfield import ScriptField
from redub.ui.script.sourcefield import SourceField

_BURST_MS = 1200
_COUNT_MS = 120
"""While somebody types, the counters follow this much later: estimating takes longer than a key may."""
_PAUSE = "500ms"


class ScriptPanel(QWidget):
    """Signals: `edit_wanted` (Edit), `edit_ended` when what follows is a step of its own."""

    edit_wanted = Signal(object)
    edit_ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: ShotView | None = None
        self._take_id = ""
        self._source = ""
        self._problems: tuple[Problem, ...] = ()
        self._site = "international"
        self._burst = 0
        self._pause: str | None = None
        self._asking: Callable[[str, dict[str, str]], Edited] | None = None
        self._removing: Callable[[], Edited] | None = None
        self.palette_row, self.field, self.source_field = TagPalette(), ScriptField(), SourceField()
        self.strip, self._count = ProblemStrip(), label("", "caption")
        self._empty = EmptyState("script", "", "")
        self._fields, self._pages = QStackedWidget(), QStackedWidget()
        self._compose()
        self.popover = MarkPopover(self)
        self._pausing = QTimer(self)
        self._pausing.setSingleShot(True)
        self._pausing.setInterval(_BURST_MS)
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(_COUNT_MS)
        self._connect()
        self._say_empty(None)

    def _compose(self) -> None:
        self._fields.addWidget(self.field)
        self._fields.addWidget(self.source_field)
        self.field.setPlaceholderText(_("Write what the person is to say."))
        page = QWidget()
        inner = column(page, margin=8, gap=6)
        inner.addWidget(self.palette_row)
        inner.addWidget(self._fields, 1)
        inner.addWidget(self.strip)
        foot = QHBoxLayout()
        foot.addWidget(self._count)
        foot.addStretch(1)
        inner.addLayout(foot)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(page)
        column(self).addWidget(self._pages)

    def _connect(self) -> None:
        for field in (self.field, self.source_field):
            field.source_edited.connect(self._on_source_edited)
            field.text_pasted.connect(self._on_text_pasted)
            field.step_made.connect(self._ask_step)
            field.left.connect(self.end_burst)
            field.line_ended.connect(self._on_line_ended)
            field.cursorPositionChanged.connect(self._on_caret_moved)
        self.field.mark_wanted.connect(self._on_mark_wanted)
        self._pausing.timeout.connect(self.end_burst)
        self._counting.timeout.connect(self._show_counters)
        self.palette_row.wanted.connect(self._on_tag_wanted)
        self.palette_row.source_picked.connect(self._on_source_picked)
        self.palette_row.pause_picked.connect(self._on_pause_picked)
        self.popover.taken.connect(self._on_popover_taken)
        self.popover.removed.connect(self._on_popover_removed)
        self.popover.closed.connect(lambda: self.current_field.setFocus())
        self.strip.shown.connect(lambda one: self._go_to(one.start, one.end))
        self.strip.fix_wanted.connect(self._on_fix_wanted)

    # Showing.

    @property
    def current_field(self) -> ScriptField | SourceField:
        """Return the field that is shown."""
        return self.source_field if self.palette_row.source.isChecked() else self.field

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
        self._take_id = take.id
        self._pages.setCurrentIndex(1)
        if take.script != self._source or not self._problems:
            self._source = take.script
            self._problems = document_problems(self._parsed(take.script))
        self.current_field.show_source(self._source, self._problems)
        self.strip.show_problems(self._problems)
        if self.is_typing:
            self._counting.start()
        else:
            self._show_counters()

    def _parsed(self, script: str) -> Document:
        """Parse `script`, unless the field has just done so."""
        sheet = self.field.sheet
        return sheet.document if sheet.source == script else parse(script)

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
        counted = counters(view, take, limits_for(self._site))
        self._count.setText(counted.words)
        self._count.setToolTip(counted.tip)
        restyle(self._count, "error" if counted.wrong else "caption")

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

    def show_spoken(self, place: tuple[int, int] | None) -> None:
        """Put a band behind the words being spoken: offsets in the script of the current take, None for no band."""
        start, end = place or (0, 0)
        self.current_field.show_spoken(start, end)

    def selected_ssml(self) -> str:
        """Return the selection as a script of its own, "" when nothing is selected."""
        return cut_out(self._source, *self.current_field.selected_range())

    @property
    def count_words(self) -> str:
        """Return what the counters say."""
        return self._count.text()

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
            self._go_to(start, end)

    def _go_to(self, start: int, end: int) -> None:
        self.current_field.select_range(start, end)
        self.current_field.setFocus()

    def _on_line_ended(self) -> None:
        start, end = self.current_field.selected_range()
        if self._pause is not None and start == end:
            try:
                edited = insert_mark(self._source, start, end, "break", {"time": self._pause})
            except (
                UserError
            ):  # a pause may not stand here, for instance at the very start: a space does no harm
                self.current_field.put_fragment(" ")
            else:
                self._ask_step(_("Add a pause"), edited)
        else:
            self.current_field.put_fragment(" ")

    def _on_text_pasted(self, text: str) -> None:
        self.current_field.put_fragment(fragment_of(text, self._pause))

    def _on_pause_picked(self, on: bool) -> None:
        self._pause = _PAUSE if on else None

    def _on_source_picked(self, on: bool) -> None:
        self.popover.close_up()
        before = self.field if on else self.source_field
        start, end = before.selected_range()
        self._fields.setCurrentIndex(1 if on else 0)
        self.current_field.show_source(self._source, self._problems)
        self._go_to(start, end)

    # Marks.

    def _on_tag_wanted(self, tag: str) -> None:
        if not self._take_id:
            return
        if TAGS[tag].content is not Content.EMPTY and tag != "speak":
            self.current_field.select_word()
        start, end = self.current_field.selected_range()
        source = self._source
        self._asking = lambda name, settings: insert_mark(source, start, end, name, settings)
        self._removing = None
        button = self.palette_row.button(tag)
        place = button.mapTo(self, QPoint(0, button.height() + 4))
        if tag in AT_ONCE:
            self._take_at_once(tag, place)
        else:
            self.popover.ask(tag, place, spoken_text(parse(source[start:end])))

    def _take_at_once(self, tag: str, place: QPoint) -> None:
        try:
            edited = insert_mark(self._source, *self.current_field.selected_range(), tag)
        except UserError as refusal:
            self.popover.ask(tag, place, "")
            self.popover.refuse(str(refusal))
        else:
            self._ask_step(_("Mark: {what}").format(what=TAGS[tag].label), edited)

    def _on_mark_wanted(self, position: int) -> None:
        mark = _mark_at(self._source, position)
        if mark is None or mark.tag not in TAGS:
            return
        source = self._source
        self._asking = lambda _tag, settings: change_mark(source, position, settings)
        self._removing = lambda: remove_mark(source, position)
        self.field.select_range(mark.start, mark.start)
        caret = self.field.cursorRect().bottomLeft()
        place = self.field.viewport().mapTo(self, caret + QPoint(0, 6))
        self.popover.ask(mark.tag, place, spoken_text(parse(source[mark.inner_start : mark.inner_end])), mark)

    def _on_popover_taken(self, tag: str, settings: dict[str, str]) -> None:
        asking = self._asking
        if asking is None:
            return
        try:
            edited = asking(tag, settings)
        except UserError as refusal:
            self.popover.refuse(str(refusal))
            return
        self.popover.close_up()
        self._ask_step(_("Mark: {what}").format(what=TAGS[tag].label), edited)

    def _on_popover_removed(self) -> None:
        if self._removing is not None:
            edited = self._removing()
            self.popover.close_up()
            self._ask_step(_("Remove mark"), edited)

    def _on_caret_moved(self) -> None:
        if self.current_field.hasFocus():
            self.popover.close_up()

    def _on_fix_wanted(self, problem: Problem) -> None:
        if problem.replacement is None:
            return
        start, end, text = problem.replacement
        source = self._source[:start] + text + self._source[end:]
        self._ask_step(_("Fix script"), (source, start, start + len(text)))


def _mark_at(source: str, position: int) -> Mark | None:
    marks = [node for node in walk(parse(source).nodes) if isinstance(node, Mark)]
    inside = [mark for mark in marks if mark.start < position < mark.end]
    return inside[-1] if inside else None
