"""What the tints in the text mean: the kinds of reading that the script uses, each with its colour."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from redub.core.ssml.vocabulary import SAY_AS_KINDS
from redub.i18n import _
from redub.ui.script.labels import kind_tone
from redub.ui.theme import colour, scale

_SQUARE, _GAP, _LINE = 9, 12, 17


class Legend(QWidget):
    """A row of coloured squares with names, over as many lines as it needs; hidden when there is nothing to explain."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        font = self.font()
        font.setPixelSize(scale().type.caption)
        self.setFont(font)
        self.hide()

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds that are explained."""
        return self._kinds

    def show_kinds(self, used: Sequence[str]) -> None:
        """Explain the kinds of reading in `used`."""
        kinds = tuple(kind for kind in SAY_AS_KINDS if kind in set(used))
        if kinds != self._kinds:
            self._kinds = kinds
            names = ", ".join(SAY_AS_KINDS[kind].label for kind in kinds)
            self.setAccessibleName(_("Kinds of reading in this script: {names}").format(names=names))
            self.setVisible(bool(kinds))
            self._fit()

    def _places(self) -> list[tuple[str, QRect]]:
        places, x, y = [], 0, 0
        for kind in self._kinds:
            width = _SQUARE + 5 + self.fontMetrics().horizontalAdvance(SAY_AS_KINDS[kind].label)
            if x and x + width > self.width():
                x, y = 0, y + _LINE
            places.append((kind, QRect(x, y, width, _LINE)))
            x += width + _GAP
        return places

    def _fit(self) -> None:
        places = self._places()
        self.setFixedHeight(places[-1][1].bottom() + 1 if places else 0)
        self.update()

    def sizeHint(self) -> QSize:
        """Return one line of room, until the width is known."""
        return QSize(100, _LINE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the row anew."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw squares and names."""
        del event
        painter = QPainter(self)
        for kind, place in self._places():
            square = QRect(place.left(), place.center().y() - _SQUARE // 2, _SQUARE, _SQUARE)
            painter.fillRect(square, colour(kind_tone(kind), 0.7))
            painter.setPen(colour("quiet"))
            words = place.adjusted(_SQUARE + 5, 0, 2, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, SAY_AS_KINDS[kind].label)
        painter.end()
