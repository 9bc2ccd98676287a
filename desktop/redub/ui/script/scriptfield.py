"""The script as people read it: text is text, marks are painted on, above and below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from redub.core.findings import Level
from redub.core.ssml.cutting import cut_out
from redub.core.ssml.problems import Problem
from redub.i18n import _
from redub.ui.script.chips import ChipDrawing, ChipLook, chip_format, chip_look, look_in
from redub.ui.script.geometry import TextGeometry
from redub.ui.script.labels import THIN, above, language_at, look, mark_sentence, unsure_sentence
from redub.ui.script.overlay import ScriptOverlay, small_font, words_width
from redub.ui.script.sheet import CHIP, Sheet
from redub.ui.script.textbox import leaves_to_window, show_band, show_tip
from redub.ui.script.transfer import data_of, fragment_in, takes, text_in
from redub.ui.script.units import Change, change_between
from redub.ui.theme import scale

_PLAIN, _ABOVE, _BELOW = 140, 50, 60
"""Percent of the letters' height from line to line, and what pinyin above and words below add to it."""
_BETWEEN = 3.0


class ScriptField(QTextEdit):
    """Shows a source and says what it becomes.

    Signals: `source_edited` with the new source; `step_made` with a name and an `Edited` for a change that is a step
    of its own; `mark_wanted` with a place in the source whose mark is to be changed; `text_pasted` with
    text from elsewhere; `line_ended` when Enter was pressed; `left` when the focus goes.
    """

    source_edited = Signal(str)
    step_made = Signal(str, object)
    mark_wanted = Signal(int)
    text_pasted = Signal(str)
    line_ended = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = Sheet("")
        self._problems: Sequence[Problem] = ()
        self._rendering = False
        self._looks: list[ChipLook] = []
        self._line_height = 0
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("Script"))
        self.setStyleSheet(f"font-size: {scale().type.title}px")
        self._make_room()
        self._chips = ChipDrawing(self.document(), self._tone_at)
        self.textChanged.connect(self._on_text_changed)

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
        self.viewport().update()

    def _render(self) -> None:
        """Bring the field from what it shows to the sheet by the smallest change."""
        change = change_between(self._shown(), self._sheet.text)
        self._rendering = True
        try:
            looks = self._chip_looks()
            if change is not None:
                self._put(change, dict(looks))
            self._refresh_chips(looks)
            self._make_room()
        finally:
            self._rendering = False
        self.setExtraSelections([])

    def _put(self, change: Change, looks: Mapping[int, ChipLook]) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(change.first)
        cursor.setPosition(change.last, QTextCursor.MoveMode.KeepAnchor)
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        plain, font = QTextCharFormat(), self.document().defaultFont()
        for place, piece in enumerate(change.text.split(CHIP)):
            if place:
                cursor.insertText(CHIP, chip_format(looks.get(cursor.position(), ("", "", 0.0)), font))
            if piece:
                cursor.insertText(piece, plain)
        cursor.endEditBlock()

    def _chip_looks(self) -> list[tuple[int, ChipLook]]:
        """Return the unit and the look of every chip; pinyin that stand side by side are given room for their words."""
        looks: list[tuple[int, ChipLook]] = []
        font = small_font(self.document().defaultFont()).key()
        letter, before, behind = float(scale().type.title), 0.0, -1
        for piece in self._sheet.pieces:
            if piece.mark is None:
                continue
            words = above(piece.mark)
            width = words_width(words, font) if words else 0.0
            room = (before + width) / 2 - letter + _BETWEEN if words and behind == piece.mark.start else 0.0
            before, behind = (width, piece.mark.end) if words else (0.0, -1)
            looks.append((piece.first, chip_look(piece.mark, float(round(room)))))
        return looks

    def _refresh_chips(self, chips: list[tuple[int, ChipLook]]) -> None:
        """Give chips whose mark has changed their new words."""
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

    def _make_room(self) -> None:
        """Set the lines apart as far as what stands above and below the letters needs."""
        tags = {tint.mark.tag for tint in self._sheet.tints}
        height = _PLAIN + (_ABOVE if "phoneme" in tags else 0) + (_BELOW if tags & {"sub", "say-as"} else 0)
        if height == self._line_height:
            return
        self._line_height = height
        spacing = QTextBlockFormat()
        spacing.setLineHeight(height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        QTextCursor(self.document()).setBlockFormat(spacing)

    def _shown(self) -> str:
        return self.document().toRawText()

    def _tone_at(self, unit: int) -> str:
        """Return the colour token of a chip: its mark's, or that of an error that lies on it."""
        mark = self._sheet.chip_at(unit)
        if mark is None:
            return "quiet"
        start, end = self._sheet.place(unit)
        wrong = any(
            one.level is Level.ERROR and one.start < end and one.end > start for one in self._problems
        )
        return "error" if wrong else look(mark.tag).tone

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the marks behind, above and below the letters."""
        geometry = TextGeometry(self)
        overlay = ScriptOverlay(self._sheet, self._problems, self.document().defaultFont())
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        overlay.paint_under(painter, geometry)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        overlay.paint_over(painter, geometry)
        painter.end()

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
        behind = len(self._sheet) - last
        source = self._sheet.spliced(first, last, fragment)
        if source == self._sheet.source:
            return
        self._sheet = Sheet(source)
        self._render()
        cursor = self.textCursor()
        cursor.setPosition(max(0, len(self._sheet) - behind))
        self.setTextCursor(cursor)
        self.source_edited.emit(source)

    def selected_range(self) -> tuple[int, int]:
        """Return the selection in the source."""
        cursor = self.textCursor()
        return self._sheet.source_range(cursor.selectionStart(), cursor.selectionEnd())

    def select_range(self, start: int, end: int) -> None:
        """Select what shows the source from `start` to `end`."""
        cursor = self.textCursor()
        cursor.setPosition(min(self._sheet.unit_at(start), len(self._sheet)))
        cursor.setPosition(min(self._sheet.unit_at(end), len(self._sheet)), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def show_spoken(self, start: int, end: int) -> None:
        """Put a band behind what shows the source from `start` to `end`; nothing is shown of an empty range."""
        first, last = self._sheet.unit_range(start, end) if start < end else (0, 0)
        show_band(self, first, last)

    def words_at(self, unit: int) -> str:
        """Return what is to be said about the sign at `unit`: its problems, else its mark."""
        found = [
            f"{one.message} {one.fix}"
            for one in self._problems
            if self._covers(one, unit) or self._covers(one, unit - 1)
        ]
        mark = self._sheet.mark_at(unit)
        if found or mark is not None:
            return "\n".join(found) or (mark_sentence(mark) if mark is not None else "")
        return self._unsure_words(unit)

    def _unsure_words(self, unit: int) -> str:
        """Say how what stands at `unit` can be read, when that can be in several ways."""
        for first, last in self._sheet.unsure(unit, unit + 1):
            start, end = self._sheet.unit_places(first, last)
            return unsure_sentence(self._sheet.source[start:end], language_at(self._sheet.source, start))
        return ""

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
        """Let a mark be changed by its chip or its text; select a word elsewhere."""
        place = self._mark_under(event.position().toPoint())
        if place is None:
            super().mouseDoubleClickEvent(event)
        else:
            self.mark_wanted.emit(place)

    def _mark_under(self, point: QPoint) -> int | None:
        """Return a place inside of the mark whose chip or text is at `point`, or None."""
        near = self.cursorForPosition(point).position()
        for unit in (near - 1, near):
            if unit < 0 or not self._is_at(unit, point):
                continue
            chip, mark = self._sheet.chip_at(unit), self._sheet.mark_at(unit)
            if chip is not None or (mark is not None and mark.tag in THIN):
                return mark.start + 1 if mark is not None else None
        return None

    def _is_at(self, unit: int, point: QPoint) -> bool:
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(unit, len(self._sheet)))
        left = self.cursorRect(cursor)
        cursor.setPosition(min(unit + 1, len(self._sheet)))
        right = self.cursorRect(cursor)
        return left.left() <= point.x() <= right.left() or left.top() != right.top()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that typing has ended."""
        super().focusOutEvent(event)
        self.left.emit()

    # Clipboard and drag: text for others, with its marks for ourselves.

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the spoken text, and beside it the source with its marks."""
        return data_of(cut_out(self._sheet.source, *self.selected_range()))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take text."""
        return takes(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste what is ours with its marks; what comes from elsewhere is for the panel to look at."""
        fragment = fragment_in(source)
        if fragment is not None:
            self.put_fragment(fragment)
        else:
            text = text_in(source)
            if text:
                self.text_pasted.emit(text)

    def dropEvent(self, event: QDropEvent) -> None:
        """Move a selection within the script as one step; put what comes from elsewhere where it is dropped."""
        unit = self.cursorForPosition(event.position().toPoint()).position()
        if event.source() in {self, self.viewport()} and event.dropAction() is Qt.DropAction.MoveAction:
            event.setDropAction(Qt.DropAction.CopyAction)  # the text is moved here; Qt has nothing to remove
            event.accept()
            self.move_selection(unit)
            return
        cursor = self.textCursor()
        cursor.setPosition(unit)
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.insertFromMimeData(event.mimeData())
        event.acceptProposedAction()

    def move_selection(self, unit: int) -> None:
        """Move the selection with its marks to `unit`."""
        cursor = self.textCursor()
        edited = self._sheet.moved(cursor.selectionStart(), cursor.selectionEnd(), unit)
        if edited is not None:
            self.step_made.emit(_("Move text"), edited)

    def changeEvent(self, event: QEvent) -> None:
        """Paint anew in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()
