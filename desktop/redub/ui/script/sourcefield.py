"""The script as it is sent: the exact InputSsml, coloured, with its problems underlined and help in writing it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontDatabase,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from redub.core.ssml.completion import Completion, Completions, completions
from redub.core.ssml.document import parse
from redub.core.ssml.nodes import Mark, walk
from redub.core.ssml.problems import Problem
from redub.core.ssml.tokens import LINE_BREAKS
from redub.i18n import _
from redub.ui.script.geometry import TextGeometry
from redub.ui.script.offers import OfferList
from redub.ui.script.overlay import paint_waves
from redub.ui.script.sourceink import SourceInk
from redub.ui.script.textbox import leaves_to_window, reveal, show_tip
from redub.ui.script.transfer import data_of, fragment_in, takes, text_in
from redub.ui.script.units import change_between, offset_of, unit_of
from redub.ui.theme import colour

_BEGINS = re.compile(r"[<\"'\s/]$")


class SourceField(QPlainTextEdit):
    """Shows a source; what is typed is the source.

    Signals: as `ScriptField`, without `mark_wanted`: here a mark is changed by typing.
    """

    source_edited = Signal(str)
    step_made = Signal(str, object)
    text_pasted = Signal(str)
    line_ended = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = ""
        self._problems: Sequence[Problem] = ()
        self._rendering = False
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("Script as it is sent (InputSsml)"))
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._ink = SourceInk(self.document())
        self._spoken = (0, 0)
        self._offered: Completions | None = None
        self.offers = OfferList(self)
        self.offers.taken.connect(self._on_offer_taken)
        self.textChanged.connect(self._on_text_changed)
        self.cursorPositionChanged.connect(self._on_caret_moved)

    def show_source(self, source: str, problems: Sequence[Problem]) -> None:
        """Show `source`; what stays the same keeps its caret and selection."""
        self._problems = problems
        if source != self._source:
            self._source = source
            self._spoken = (0, 0)
            self._render()
        self._underline()

    def _render(self) -> None:
        change = change_between(self._shown(), self._source)
        if change is None:
            return
        self._rendering = True
        cursor = QTextCursor(self.document())
        cursor.setPosition(change.first)
        cursor.setPosition(change.last, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(change.text)
        self._rendering = False

    def _shown(self) -> str:
        return self.document().toRawText()

    def _on_text_changed(self) -> None:
        shown = self._shown()
        if self._rendering or shown == self._source:
            return
        self._source = LINE_BREAKS.sub(" ", shown)
        self._render()
        self.source_edited.emit(self._source)

    def _underline(self) -> None:
        """Put bands behind the two ends of the mark at the caret and behind the spoken words; underline the problems.

        All of it is painted over the letters, so that nothing is laid out anew.
        """
        bands: list[QTextEdit.ExtraSelection] = []
        mark = self._mark_at_caret()
        if mark is not None:
            ends = ((mark.start, mark.inner_start), (mark.inner_end, mark.end))
            bands.extend(self._band(*end, _grounded("selection", 1.0)) for end in ends if end[0] < end[1])
        if self._spoken[0] < self._spoken[1]:
            bands.append(self._band(*self._spoken, _grounded("accent", 0.35)))
        if bands or self.extraSelections():
            self.setExtraSelections(bands)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the waves under the problems in sight."""
        super().paintEvent(event)
        if not self._problems:
            return
        geometry = TextGeometry(self)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ranges = ((self._unit(p.start), self._unit(max(p.end, p.start + 1)), p.level) for p in self._problems)
        paint_waves(painter, geometry, ranges, QFontMetricsF(self.font()).ascent())
        painter.end()

    def _band(self, start: int, end: int, form: QTextCharFormat) -> QTextEdit.ExtraSelection:
        band = QTextEdit.ExtraSelection()
        band.cursor = self._cursor(start, end)
        band.format = form
        return band

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._unit(start))
        cursor.setPosition(self._unit(end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _mark_at_caret(self) -> Mark | None:
        """Return the mark whose beginning or end the caret is in, or None."""
        if not self.hasFocus():
            return None
        at = offset_of(self._source, self.textCursor().position())
        marks = (node for node in walk(parse(self._source).nodes) if isinstance(node, Mark))
        return next((m for m in marks if m.start < at < m.inner_start or m.inner_end < at < m.end), None)

    def _unit(self, offset: int) -> int:
        return unit_of(self._source, offset)

    def put_fragment(self, fragment: str) -> None:
        """Replace the selection by `fragment` of a source."""
        self.insertPlainText(fragment)

    def selected_range(self) -> tuple[int, int]:
        """Return the selection in the source."""
        cursor = self.textCursor()
        return offset_of(self._source, cursor.selectionStart()), offset_of(
            self._source, cursor.selectionEnd()
        )

    def select_range(self, start: int, end: int) -> None:
        """Select the source from `start` to `end`."""
        cursor = self.textCursor()
        cursor.setPosition(self._unit(start))
        cursor.setPosition(self._unit(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def show_spoken(self, start: int, end: int) -> None:
        """Put a band behind the source from `start` to `end`; nothing is shown of an empty range."""
        self._spoken = (start, end)
        self._underline()
        if start < end:
            reveal(self, self._cursor(start, end))

    def words_at(self, unit: int) -> str:
        """Return the problems at `unit` in whole sentences."""
        offset = offset_of(self._source, unit)
        return "\n".join(
            f"{one.message} {one.fix}" for one in self._problems if one.start <= offset <= one.end
        )

    def event(self, event: QEvent) -> bool:
        """Leave undo to the window, pass Tab to the list of offers while it is shown, and answer tooltips."""
        if event.type() is QEvent.Type.ShortcutOverride and leaves_to_window(event):
            event.ignore()
            return False
        return self._is_for_offers(event) or show_tip(self, event, self.words_at) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Offer what can be written after what was typed; tell that Enter was pressed: it breaks no line."""
        if leaves_to_window(event):
            event.ignore()
        elif _is_asking(event):
            self.offer()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.line_ended.emit()
        else:
            super().keyPressEvent(event)
            if event.text().strip() or event.text() == " ":
                self._offer_after(event.text())

    def _is_for_offers(self, event: QEvent) -> bool:
        """Pass a key to the list of offers while it is shown; return whether it took it."""
        is_key = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        return is_key and self.offers.isVisible() and isinstance(event, QKeyEvent) and self._steer(event)

    def _steer(self, event: QKeyEvent) -> bool:
        """Move in the list of offers, take one, or leave it; return whether the key was one for it."""
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.offers.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}:
            self.offers.take()
        elif key == Qt.Key.Key_Escape:
            self.offers.hide()
        else:
            return False
        return True

    def _offer_after(self, typed: str) -> None:
        if self.offers.isVisible() or _BEGINS.search(typed):
            self.offer()

    def offer(self) -> None:
        """Show what can be written at the caret, when there is something."""
        at = offset_of(self._source, self.textCursor().position())
        self._offered = completions(self._source, at)
        if self._offered is None or [one.text for one in self._offered.offers] == [self._offered.prefix]:
            self.offers.hide()
        else:
            corner = self.cursorRect().bottomLeft() + QPoint(0, 4)
            self.offers.show_offers(self._offered, self.viewport().mapTo(self, corner))

    def _on_offer_taken(self, offer: Completion) -> None:
        found = self._offered
        if found is None:
            return
        self._cursor(found.start, found.end).insertText(offer.text)
        place = found.start + offer.caret
        self.select_range(place, place)
        self._offer_after('"' if offer.text[: offer.caret].endswith('"') else "x")

    def _on_caret_moved(self) -> None:
        if not self._rendering:
            self._underline()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the piece of the source that is selected, for scripts and as the plain text that it is."""
        start, end = self.selected_range()
        made = data_of(self._source[start:end])
        made.setText(self._source[start:end])
        return made

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take text."""
        return takes(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste the source of a script as it is, on one line."""
        text = fragment_in(source) or text_in(source)
        if text:
            self.insertPlainText(LINE_BREAKS.sub(" ", text.strip("\r\n")))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that typing has ended."""
        super().focusOutEvent(event)
        self.offers.hide()
        self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Colour anew in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_ink"):
            self._ink.forget_colours()


def _is_asking(event: QKeyEvent) -> bool:
    """Say whether a key asks what can be written: Ctrl+Shift+Space (Ctrl+Space speaks the script)."""
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    return event.key() == Qt.Key.Key_Space and event.modifiers() == both


def _grounded(tone: str, strength: float) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setBackground(QColor(colour(tone, strength)))
    return made
