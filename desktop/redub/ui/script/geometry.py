"""Where units of a text field that holds one paragraph are painted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTextBlock, QTextLine
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit


@dataclass(frozen=True, slots=True)
class Strip:
    """A stretch of text on one line, in coordinates of the viewport.

    :ivar baseline: where the letters stand
    :ivar begins: the stretch begins on this line, not on one before; `ends` likewise
    """

    left: float
    right: float
    top: float
    bottom: float
    baseline: float
    begins: bool
    ends: bool


class TextGeometry:
    """The lines of the paragraph of `field` that are in sight; made anew for every painting."""

    def __init__(self, field: QTextEdit | QPlainTextEdit) -> None:
        block = field.document().firstBlock()
        self._layout = block.layout()
        self._origin = _corner(field, block)
        self._height = field.viewport().height()
        self.first, self.last = self._units_in_sight()

    def _units_in_sight(self) -> tuple[int, int]:
        shown = [line for line in self._lines() if self._is_in_sight(line)]
        if not shown:
            return 0, 0
        return shown[0].textStart(), shown[-1].textStart() + shown[-1].textLength()

    def _lines(self) -> Iterator[QTextLine]:
        return (self._layout.lineAt(place) for place in range(self._layout.lineCount()))

    def _is_in_sight(self, line: QTextLine) -> bool:
        top = self._origin.y() + line.y()
        return top + 2 * line.height() >= 0 and top - line.height() <= self._height

    def strips(self, first: int, last: int) -> Iterator[Strip]:
        """Yield the stretches of the units `first` to `last` that are in sight, one for each line."""
        low, high = max(first, self.first), min(last, self.last)
        if low >= high:
            return
        number = self._layout.lineForTextPosition(low).lineNumber()
        while number < self._layout.lineCount():
            line = self._layout.lineAt(number)
            start, end = line.textStart(), line.textStart() + line.textLength()
            if start >= high:
                return
            if end > low:
                yield self._strip(line, max(low, start), min(high, end), first, last)
            number += 1

    def _strip(self, line: QTextLine, low: int, high: int, first: int, last: int) -> Strip:
        left, right = sorted((_x(line, low), _x(line, high)))
        top = self._origin.y() + line.y()
        return Strip(
            left=self._origin.x() + left,
            right=self._origin.x() + right,
            top=top,
            bottom=top + line.height(),
            baseline=top + line.ascent(),
            begins=low == first,
            ends=high == last,
        )


def _corner(field: QTextEdit | QPlainTextEdit, block: QTextBlock) -> QPointF:
    """Return where the paragraph begins in the viewport, which scrolling moves."""
    if isinstance(field, QPlainTextEdit):
        return field.blockBoundingGeometry(block).translated(field.contentOffset()).topLeft()
    scrolled = QPointF(field.horizontalScrollBar().value(), field.verticalScrollBar().value())
    return field.document().documentLayout().blockBoundingRect(block).topLeft() - scrolled


def _x(line: QTextLine, unit: int) -> float:
    """Return where `unit` begins on `line`; PySide gives the place and the unit."""
    found = line.cursorToX(unit)
    return float(found[0])  # type: ignore[index]  # the stubs leave out that PySide gives a tuple


def box(strip: Strip) -> QRectF:
    """Return the room of a stretch."""
    return QRectF(strip.left, strip.top, strip.right - strip.left, strip.bottom - strip.top)
