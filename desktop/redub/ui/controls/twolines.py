"""How a row of a list is drawn that has a strong line over a quiet one, with signs on either side."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from redub.ui.icons import icon
from redub.ui.theme import colour, scale

HEIGHT = 46
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Lines:
    """What a row shows: two lines, and (icon, colour token) on the left and on the right."""

    strong: str
    quiet: str
    left: tuple[str, str]
    right: tuple[str, str] | None = None


class TwoLines(QStyledItemDelegate):
    """Draw rows of two lines; a subclass says what stands in them."""

    def lines(self, index: Index) -> Lines:
        """Return what the row at `index` shows."""
        return Lines(str(index.data()), "", ("dot", "quiet"))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return room for two lines."""
        del option, index
        return QSize(120, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground, the signs and the two lines."""
        rect: QRect = option.rect.adjusted(4, 1, -4, -1)
        shown = self.lines(index)
        small, side = scale().space.small, scale().control.icon
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _ground(painter, option, rect)
        top, right = rect.top() + (rect.height() // 2 - side) // 2 + 3, rect.right() - small
        icon(*shown.left).paint(painter, QRect(rect.left() + small, top, side, side))
        if shown.right is not None:
            icon(*shown.right).paint(painter, QRect(right - side, top, side, side))
            right -= side + small // 2
        words = QRect(rect.left() + 2 * small + side, rect.top() + 4, 0, rect.height() - 8)
        words.setRight(right)
        _words(painter, option, words, shown)
        painter.restore()


def _ground(painter: QPainter, option: QStyleOptionViewItem, rect: QRect) -> None:
    state = option.state
    is_chosen = bool(state & QStyle.StateFlag.State_Selected)
    if not is_chosen and not state & QStyle.StateFlag.State_MouseOver:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("selection" if is_chosen else "hover"))
    painter.drawRoundedRect(rect, scale().radius.medium, scale().radius.medium)
    if is_chosen:
        painter.setBrush(colour("accent"))
        painter.drawRoundedRect(QRect(rect.left(), rect.top() + 8, 3, rect.height() - 16), 1.5, 1.5)


def _words(painter: QPainter, option: QStyleOptionViewItem, rect: QRect, shown: Lines) -> None:
    strong = QFont(option.font)
    strong.setPixelSize(scale().type.strong)
    strong.setWeight(QFont.Weight.DemiBold)
    quiet = QFont(strong)
    quiet.setPixelSize(scale().type.caption)
    quiet.setWeight(QFont.Weight.Normal)
    half = rect.height() // 2
    for place, (font, role, text) in enumerate(
        ((strong, "text", shown.strong), (quiet, "quiet", shown.quiet))
    ):
        part = QRect(rect.left(), rect.top() + place * half, rect.width(), half)
        painter.setFont(font)
        painter.setPen(colour(role))
        words = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, part.width())
        painter.drawText(part, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
