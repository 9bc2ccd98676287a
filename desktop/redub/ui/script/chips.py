"""Draws the chips in the text: icon and words of a mark on a tinted ground."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)

from redub.core.ssml.nodes import Mark
from redub.ui.icons import icon
from redub.ui.script.labels import THIN, chip_words, look
from redub.ui.script.overlay import small_font
from redub.ui.theme import colour

KIND = int(QTextFormat.ObjectTypes.UserObject) + 1
_TAG = int(QTextFormat.Property.UserProperty) + 1
_WORDS, _WIDTH, _HEIGHT = _TAG + 1, _TAG + 2, _TAG + 3
_ICON = 12
_SIDE = 4.0

_HANDLE = 5.0

ChipLook = tuple[str, str, float]
"""The tag of a chip, its words, and for a thin one the room before its text: all that its size depends on."""


def chip_look(mark: Mark, room: float = 0.0) -> ChipLook:
    """Return what the chip of `mark` shows."""
    if mark.tag in THIN:
        return mark.tag, "", max(_HANDLE, room)
    return mark.tag, chip_words(mark), 0.0


def look_in(chip: QTextFormat) -> ChipLook:
    """Return what a chip with this format shows."""
    tag = str(chip.property(_TAG))
    return tag, str(chip.property(_WORDS)), chip.doubleProperty(_WIDTH) if tag in THIN else 0.0


def chip_format(shown: ChipLook, font: QFont) -> QTextCharFormat:
    """Return the format of the sign that stands for a chip in a text of `font`; it carries its size with it."""
    tag, words, thin = shown
    small = small_font(font)
    made = QTextCharFormat()
    made.setObjectType(KIND)
    made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBottom)
    made.setProperty(_TAG, tag)
    made.setProperty(_WORDS, words)
    room = QFontMetricsF(small).horizontalAdvance(words) + 3 if words else 0.0
    made.setProperty(_WIDTH, thin or _ICON + 2 * _SIDE + room + 2)
    made.setProperty(_HEIGHT, QFontMetricsF(font).height())
    return made


class ChipDrawing(QPyTextObject):
    """Draws chips; asks `tone_of` for the colour token of the one at a place of the document."""

    def __init__(self, document: QTextDocument, tone_of: Callable[[int], str]) -> None:
        super().__init__(document)
        self._tone_of = tone_of
        document.documentLayout().registerHandler(KIND, self)

    def intrinsicSize(self, doc: QTextDocument, pos_in_document: int, format: QTextFormat) -> QSizeF:
        """Return the room that a chip takes."""
        del doc, pos_in_document
        return QSizeF(format.doubleProperty(_WIDTH), format.doubleProperty(_HEIGHT))

    def drawObject(  # Qt's name
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        pos_in_document: int,
        format: QTextFormat,
    ) -> None:
        """Draw a chip."""
        tag, words, thin = look_in(format)
        tone, room = self._tone_of(pos_in_document), QRectF(rect).adjusted(1, 1, -1, -1)
        if thin:
            return  # its bar is painted beside its text, which may stand on the next line
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colour(tone, 0.5))
        painter.setBrush(colour(tone, 0.16))
        painter.drawRoundedRect(room, 4, 4)
        place = QRectF(room.left() + _SIDE - 1, room.center().y() - _ICON / 2, _ICON, _ICON)
        icon(look(tag).icon, tone).paint(painter, place.toAlignedRect())
        painter.setPen(colour(tone))
        painter.setFont(small_font(doc.defaultFont()))
        inside = room.adjusted(_ICON + _SIDE + 2, 0, -_SIDE + 2, 0)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()
