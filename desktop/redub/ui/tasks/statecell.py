"""How the state of a task is drawn: sign, word, and under them how far its present stage is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from redub.ui.tasks.model import ROW_ROLE
from redub.ui.tasks.rows import TaskRow
from redub.ui.theme import colour, scale


class StateDelegate(QStyledItemDelegate):
    """Draw a cell as usual, and a thin bar at its foot while something is measured."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the cell and the bar."""
        super().paint(painter, option, index)
        row: TaskRow = index.data(ROW_ROLE)
        if row.ratio is None:
            return
        rect: QRect = option.rect
        edge = scale().space.small
        groove = QRect(rect.left() + edge, rect.bottom() - 5, rect.width() - 2 * edge, 3)
        done = QRect(groove)
        done.setWidth(round(groove.width() * row.ratio))
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        for part, name in ((groove, "pressed"), (done, "accent")):
            painter.setBrush(colour(name))
            painter.drawRoundedRect(part, 1.5, 1.5)
        painter.restore()
