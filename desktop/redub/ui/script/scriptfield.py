"""The script as people read it: text is text, marks are chips and tints."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from redub.core.findings import Level
from redub.core.ssml import document as ssml
from redub.core.ssml.problems import Problem
from redub.i18n import _
from redub.ui.script.chips import ChipDrawing, ChipLook, chip_format, chip_look, look_in
from redub.ui.script.labels import look, mark_sentence
from redub.ui.script.pasting import FRAGMENT, fragment_of
from redub.ui.script.sheet import CHIP, Change, Sheet, change_between
from redub.ui.script.textbox import leaves_to_window, show_band, show_tip
from redub.ui.script.tints import Stretch, TextTints, wave
from redub.ui.theme import scale

_LINE_HEIGHT = 140
"""Percent of the letters' height."""


class ScriptField(QTextEdit):
    """Shows a source and says what it becomes.

    Signals: `source_edited` with the new source; `mark_wanted` with a place in the source whose mark is to be changed;
    `line_ended` when Enter was pressed; `left` when the focus goes elsewhere.
    """

    source_edited = Signal(str)
    mark_wanted = Signal(int)
    line_ended = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = Sheet("")
        self._problems: Sequence[Problem] = ()
        self._rendering = False
        self._looks: list[ChipLook] = []
        self.pause_at_line_breaks: str | None = None
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("Script"))
        self._use_type()
        self._chips = ChipDrawing(self.document(), self._tone_at)
        self._tints = TextTints(self.document())
        self.textChanged.connect(self._on_text_changed)

    def _use_type(self) -> None:
        """Set the text large and airy, with room for the chips."""
        self.setStyleSheet(f"font-size: {scale().type.title}px")
        spacing = QTextBlockFormat()
        spacing.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        QTextCursor(self.document()).setBlockFormat(spacing)

    @property
    def sheet(self) -> Sheet:
        """Return what is shown."""
        return self._sheet

    # Showing.

    def show_source(self, source: str, problems: Sequence[Problem]) -> None:
        """Show `source`; what stays the same keeps its caret and selection."""
        self._problems = problems
        if source != self._sheet.source:
            self._sheet = Sheet(source)
            self._render()
        self._tint()

    def _render(self) -> None:
        """Bring the field from what it shows to the sheet by the smallest change."""
        change = change_between(self._shown(), self._sheet.text)
        self._rendering = True
        try:
            if change is not None:
                self._put(change)
            self._refresh_chips()
        finally:
            self._rendering = False

    def _put(self, change: Change) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(change.first)
        cursor.setPosition(change.last, QTextCursor.MoveMode.KeepAnchor)
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        plain, font = QTextCharFormat(), self.document().defaultFont()
        for place, piece in enumerate(change.text.split(CHIP)):
            if place:
                mark = self._chip_at(cursor.position())
                shown = chip_look(mark) if mark is not None else ("", "")
                cursor.insertText(CHIP, chip_format(shown, font))
            if piece:
                cursor.insertText(piece, plain)
        cursor.endEditBlock()

    def _refresh_chips(self) -> None:
        """Give chips whose mark has changed their new words."""
        chips = [
            (unit, chip_look(cell.mark))
            for unit, cell in enumerate(self._sheet.cells)
            if cell.mark is not None
        ]
        looks = [shown for _unit, shown in chips]
        if looks == self._looks:
            return
        self._looks = looks
        cursor = QTextCursor(self.document())
        for unit, shown in chips:
            cursor.setPosition(unit)
            cursor.setPosition(unit + 1, QTextCursor.MoveMode.KeepAnchor)
            if look_in(cursor.charFormat()) != shown:
                cursor.setCharFormat(chip_format(shown, self.document().defaultFont()))

    def _shown(self) -> str:
        return self.document().toRawText()

    def _chip_at(self, unit: int) -> ssml.Mark | None:
        cells = self._sheet.cells
        return cells[unit].mark if 0 <= unit < len(cells) else None

    def _tone_at(self, unit: int) -> str:
        """Return the colour token of a chip: its mark's, or that of an error that lies on it."""
        if unit >= len(self._sheet.cells):
            return "quiet"
        cell = self._sheet.cells[unit]
        wrong = any(
            one.level is Level.ERROR and one.start < cell.end and one.end > cell.start
            for one in self._problems
        )
        return "error" if wrong or cell.mark is None else look(cell.mark.tag).tone

    def _tint(self) -> None:
        stretches = [
            Stretch(tint.first, tint.last, ground=look(tint.mark.tag).tone) for tint in self._sheet.tints
        ]
        self.viewport().update()
        for problem in self._problems:
            first, last = self._sheet.unit_range(problem.start, problem.end)
            stretches.append(Stretch(first, last, wave=wave(problem.level)))
        self._tints.show_stretches(stretches)

    # Editing.

    def _on_text_changed(self) -> None:
        if self._rendering:
            return
        change = change_between(self._sheet.text, self._shown(), self.textCursor().position())
        if change is None:
            return
        source = self._sheet.replaced(change.first, change.last, change.text.replace(CHIP, ""))
        self._sheet = Sheet(source)
        self._render()
        self.source_edited.emit(source)

    def put_fragment(self, fragment: str) -> None:
        """Replace the selection by `fragment` of a source, and put the caret behind it."""
        cursor = self.textCursor()
        first, last = cursor.selectionStart(), cursor.selectionEnd()
        behind = len(self._sheet.cells) - last
        source = self._sheet.spliced(first, last, fragment)
        if source == self._sheet.source:
            return
        self._sheet = Sheet(source)
        self._render()
        cursor = self.textCursor()
        cursor.setPosition(max(0, len(self._sheet.cells) - behind))
        self.setTextCursor(cursor)
        self.source_edited.emit(source)

    def selected_range(self) -> tuple[int, int]:
        """Return the selection in the source."""
        cursor = self.textCursor()
        return self._sheet.source_range(cursor.selectionStart(), cursor.selectionEnd())

    def select_range(self, start: int, end: int) -> None:
        """Select what shows the source from `start` to `end`."""
        cursor = self.textCursor()
        cursor.setPosition(min(self._sheet.unit_at(start), len(self._sheet.cells)))
        cursor.setPosition(
            min(self._sheet.unit_at(end), len(self._sheet.cells)), QTextCursor.MoveMode.KeepAnchor
        )
        self.setTextCursor(cursor)

    def show_spoken(self, start: int, end: int) -> None:
        """Put a band behind what shows the source from `start` to `end`; nothing is shown of an empty range."""
        first, last = self._sheet.unit_range(start, end) if start < end else (0, 0)
        show_band(self, first, last)

    def select_word(self) -> None:
        """Select the word under the caret, when nothing is selected."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            cursor.select(QTextCursor.SelectionType.WordUnderCursor)
            if CHIP not in cursor.selectedText():
                self.setTextCursor(cursor)

    def words_at(self, unit: int) -> str:
        """Return what is to be said about the sign at `unit`: its problems, else its mark."""
        found = [
            f"{one.message} {one.fix}"
            for one in self._problems
            if self._covers(one, unit) or self._covers(one, unit - 1)
        ]
        mark = self._sheet.mark_at(unit)
        return "\n".join(found) or (mark_sentence(mark) if mark is not None else "")

    def _covers(self, problem: Problem, unit: int) -> bool:
        first, last = self._sheet.unit_range(problem.start, problem.end)
        return first <= unit < last

    # Events.

    def event(self, event: QEvent) -> bool:
        """Leave undo to the window, and answer tooltips."""
        if event.type() is QEvent.Type.ShortcutOverride and leaves_to_window(event):
            event.ignore()
            return False
        return show_tip(self, event, self.words_at) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell that Enter was pressed: it breaks no line, the panel puts a space or a pause."""
        if leaves_to_window(event):
            event.ignore()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.line_ended.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Let a chip's mark be changed; select a word elsewhere."""
        unit = self._chip_under(event)
        if unit is None:
            super().mouseDoubleClickEvent(event)
        else:
            self.mark_wanted.emit(self._sheet.cells[unit].start + 1)

    def _chip_under(self, event: QMouseEvent) -> int | None:
        place = event.position().toPoint()
        near = self.cursorForPosition(place).position()
        for unit in (near - 1, near):
            if self._chip_at(unit) is None:
                continue
            cursor = QTextCursor(self.document())
            cursor.setPosition(unit)
            left = self.cursorRect(cursor)
            cursor.setPosition(unit + 1)
            right = self.cursorRect(cursor)
            if left.left() <= place.x() <= right.left() or left.top() != right.top():
                return unit
        return None

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that typing has ended."""
        super().focusOutEvent(event)
        self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Colour anew in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_tints"):
            self._tints.rehighlight()

    # Clipboard and drag: text for others, with its marks for ourselves.

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the spoken text, and beside it the source with its marks."""
        start, end = self.selected_range()
        fragment = self._sheet.source[start:end]
        made = QMimeData()
        made.setData(FRAGMENT, fragment.encode("utf-8"))
        made.setText(ssml.spoken_text(ssml.parse(fragment)))
        return made

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take text."""
        return source.hasText() or source.hasFormat(FRAGMENT)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste clean text: line breaks become what was chosen, marks stay marks."""
        if source.hasFormat(FRAGMENT):
            self.put_fragment(bytes(source.data(FRAGMENT).data()).decode("utf-8"))
        elif source.hasText():
            self.put_fragment(fragment_of(source.text(), self.pause_at_line_breaks))
