"""The sentences of a result in a list: when, what, and what was decided."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from redub.core.review import Review, Sentence
from redub.i18n import _
from redub.services.reviewsheet import verdict_word
from redub.ui.icons import icon
from redub.ui.review.words import SIGNS, short_clock, short_word

_WALKS = {
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
}

_SENTENCE = 2
_ROOM = 26
"""Pixels beside and around the words of a sentence: the padding that the stylesheet gives, and a little more."""


class SentenceCell(QStyledItemDelegate):
    """Makes a row as high as its sentence needs: Qt forgets the padding of the stylesheet."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the room that the words take in the width of their column."""
        table = self.parent()
        width = table.columnWidth(_SENTENCE) - _ROOM if isinstance(table, QTableWidget) else 200
        flags = int(Qt.TextFlag.TextWordWrap)
        words = option.fontMetrics.boundingRect(QRect(0, 0, max(60, width), 10_000), flags, str(index.data()))
        return QSize(width, words.height() + _ROOM // 2)


class SentenceList(QTableWidget):
    """Signals: `chosen` (place) when the creator goes to another sentence, `hear_wanted` (place) on a click."""

    chosen = Signal(int)
    hear_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self.setHorizontalHeaderLabels([_("Verdict"), _("Time"), _("Sentence")])
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(_SENTENCE, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().sectionResized.connect(lambda *_sizes: self.resizeRowsToContents())
        self.setItemDelegateForColumn(_SENTENCE, SentenceCell(self))
        self.setColumnWidth(0, 104)
        self.setColumnWidth(1, 74)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Sentences of the result"))
        self._is_showing = False
        self.currentCellChanged.connect(self._on_current)
        self.cellClicked.connect(lambda place, _column: self.hear_wanted.emit(place))

    def show_review(self, review: Review) -> None:
        """Show the sentences and what was decided."""
        self._is_showing = True
        if self.rowCount() != len(review.sentences):
            self.setRowCount(len(review.sentences))
        for place, sentence in enumerate(review.sentences):
            self._show(place, sentence)
        self._is_showing = False

    @property
    def place(self) -> int:
        """Return the place of the sentence that is chosen, -1 for none."""
        return self.currentRow()

    def choose(self, place: int) -> None:
        """Choose a sentence without telling."""
        if place != self.currentRow() and 0 <= place < self.rowCount():
            self._is_showing = True
            self.setCurrentCell(place, _SENTENCE)
            self._is_showing = False

    def _show(self, place: int, sentence: Sentence) -> None:
        note = f"\n✎ {sentence.note}" if sentence.note else ""
        cells = (short_word(sentence.verdict), short_clock(sentence.start), sentence.line + note)
        for at, text in enumerate(cells):
            item = self.item(place, at)
            if item is None:
                item = QTableWidgetItem()
                self.setItem(place, at, item)
            if at == 0:
                item.setIcon(icon(*SIGNS[sentence.verdict]))
                item.setData(Qt.ItemDataRole.AccessibleTextRole, verdict_word(sentence.verdict))
            if item.text() != text:
                item.setText(text)

    def _on_current(self, row: int, _column: int, before: int, _before_column: int) -> None:
        if not self._is_showing and row != before and row >= 0:
            self.chosen.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the sentences; every other key is the window's."""
        if event.key() in _WALKS and not event.modifiers():
            super().keyPressEvent(event)
        else:
            event.ignore()
