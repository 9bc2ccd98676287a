"""The two views of one script, script and source: either alone, or both at once."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from redub.core.ssml.problems import Problem
from redub.i18n import _
from redub.ui.script.scriptfield import ScriptField
from redub.ui.script.sourcefield import SourceField


class Shown(StrEnum):
    """Which views are shown."""

    SCRIPT = "script"
    SOURCE = "source"
    BOTH = "both"


class ScriptViews(QSplitter):
    """Signals: those of the two fields, from whichever they come; `caret_moved` in the field that has the focus."""

    source_edited = Signal(str)
    step_made = Signal(str, object)
    text_pasted = Signal(str)
    mark_wanted = Signal(int)
    line_ended = Signal()
    left = Signal()
    caret_moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.script, self.source = ScriptField(), SourceField()
        self._shown = Shown.SCRIPT
        self._source, self._problems = "", tuple[Problem, ...]()
        self._last: ScriptField | SourceField = self.script
        self.setChildrenCollapsible(False)
        self.script.setPlaceholderText(_("Write what the person is to say."))
        for field in (self.script, self.source):
            self.addWidget(field)
            field.source_edited.connect(self.source_edited)
            field.step_made.connect(self.step_made)
            field.text_pasted.connect(self.text_pasted)
            field.line_ended.connect(self.line_ended)
            field.left.connect(self.left)
        self.script.mark_wanted.connect(self.mark_wanted)
        self.script.cursorPositionChanged.connect(lambda: self._on_caret_moved(self.script))
        self.source.cursorPositionChanged.connect(lambda: self._on_caret_moved(self.source))
        self.source.hide()

    @property
    def shown(self) -> Shown:
        """Return which views are shown."""
        return self._shown

    @property
    def current(self) -> ScriptField | SourceField:
        """Return the field that is worked in: the one shown, of both the one that had the focus last."""
        if self._shown is Shown.BOTH:
            for field in (self.script, self.source):
                if field.hasFocus():
                    self._last = field
            return self._last
        return self.source if self._shown is Shown.SOURCE else self.script

    def choose(self, shown: Shown) -> None:
        """Show other views; the selection stays what it is, and the focus where one was."""
        start, end = self.current.selected_range()
        self._shown = shown
        self.script.setVisible(shown is not Shown.SOURCE)
        self.source.setVisible(shown is not Shown.SCRIPT)
        self._last = self.source if shown is Shown.SOURCE else self.script
        self.show_source(self._source, self._problems)
        for field in (self.script, self.source):
            if field.isVisibleTo(self):
                field.select_range(start, end)

    def show_source(self, source: str, problems: Sequence[Problem]) -> None:
        """Show `source` in the views that are shown; what stays the same keeps its caret and selection."""
        self._source, self._problems = source, tuple(problems)
        if self._shown is not Shown.SOURCE:
            self.script.show_source(source, problems)
        if self._shown is not Shown.SCRIPT:
            self.source.show_source(source, problems)

    def show_spoken(self, start: int, end: int) -> None:
        """Put a band behind the source from `start` to `end`, in the views that are shown."""
        if self._shown is not Shown.SOURCE:
            self.script.show_spoken(start, end)
        if self._shown is not Shown.SCRIPT:
            self.source.show_spoken(start, end)

    def show_drop(self, place: QPoint) -> bool:
        """Put the caret where `place` of the screen is, when that is in one of the texts and not in a selection.

        :return: whether it is in one of the texts
        """
        for field in (self.script, self.source):
            inside = field.viewport().mapFromGlobal(place)
            if not field.isVisibleTo(self) or not field.viewport().rect().contains(inside):
                continue
            at, cursor = field.cursorForPosition(inside).position(), field.textCursor()
            if not cursor.hasSelection() or not cursor.selectionStart() <= at <= cursor.selectionEnd():
                cursor.setPosition(at)
                field.setTextCursor(cursor)
            self._last = field
            return True
        return False

    def go_to(self, start: int, end: int) -> None:
        """Select a range of the source where the creator works, and show it in the other view too."""
        current = self.current
        for field in (self.script, self.source):
            if field.isVisibleTo(self):
                field.select_range(start, end)
        current.setFocus()

    def _on_caret_moved(self, field: ScriptField | SourceField) -> None:
        if field.hasFocus():
            self._last = field
            self.caret_moved.emit()
