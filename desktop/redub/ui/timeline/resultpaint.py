"""Draws the band of the result strip: directions, splices, still parts with their words, the silence at the end."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen

from redub.core.splice import Visibility
from redub.ui.theme import colour
from redub.ui.timeline.lane import hair
from redub.ui.timeline.resultwords import ResultNotes, quoted
from redub.ui.timeline.shapes import Strip, StripPiece

BAND = 22.0
"""Pixels of the height of the band."""
_DOT = 4.0
_TONES = {Visibility.HARDLY: "ok", Visibility.SMALL: "warning", Visibility.VISIBLE: "error"}


def paint_band(painter: QPainter, strip: Strip, notes: ResultNotes) -> None:
    """Draw the plan of `strip` with what `notes` know of it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for piece in strip.pieces():
        _paint_piece(painter, piece)
        if piece.span.still:
            _paint_silent_words(painter, piece, notes)
    _paint_speech_end(painter, strip, notes)
    _paint_splices(painter, strip, notes)


def _paint_silent_words(painter: QPainter, piece: StripPiece, notes: ResultNotes) -> None:
    """Write the words that fall into a still part over it, as far as there is room."""
    said = quoted(notes.words_at(piece.span.out_start, piece.span.out_end))
    room = QRectF(piece.left + 3, 2, piece.right - piece.left - 6, BAND)
    words = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, max(0, int(room.width())))
    if len(words) > 1:
        painter.fillRect(room.adjusted(-1, 2, 1, -2), colour("lane_ground", 0.8))
        painter.setPen(colour("lane_still"))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)


def _paint_speech_end(painter: QPainter, strip: Strip, notes: ResultNotes) -> None:
    """Grey what comes after the last word."""
    end = notes.speech_end
    if end is not None and end < strip.plan.duration:
        left, right = strip.x(end), strip.x(strip.plan.duration)
        painter.fillRect(QRectF(left, 2, right - left, BAND), colour("lane_ground", 0.6))
        painter.setPen(hair(colour("text")))
        painter.drawLine(QPointF(left, 2), QPointF(left, BAND + 2))


def _paint_piece(painter: QPainter, piece: StripPiece) -> None:
    forward = piece.span.direction > 0
    rect = QRectF(piece.left, 2, piece.right - piece.left, BAND)
    tone = "lane_forward" if forward else "lane_reverse"
    painter.fillRect(rect, colour(tone, 0.42))
    if piece.span.still:
        painter.fillRect(rect, colour("lane_still", 0.25))
        painter.fillRect(rect, QBrush(colour("lane_still", 0.8), Qt.BrushStyle.FDiagPattern))
    painter.setPen(QPen(colour("text", 0.75), 1.4, c=Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_chevrons(rect, forward))


def _paint_splices(painter: QPainter, strip: Strip, notes: ResultNotes) -> None:
    for x in strip.splices():
        painter.setPen(QPen(colour("lane_splice"), 2))
        painter.drawLine(QPointF(x, 1), QPointF(x, BAND + 3))
    painter.setPen(QPen(colour("lane_ground"), 1.5))
    for one in notes.splices:
        painter.setBrush(colour(_TONES[one.jump.visibility]))
        painter.drawEllipse(QPointF(strip.x(one.splice.out_time), 2 + BAND / 2), _DOT, _DOT)


def _chevrons(rect: QRectF, forward: bool) -> QPainterPath:
    """Return arrow heads along `rect` that point where the clip runs."""
    path = QPainterPath()
    tip = 3.5 if forward else -3.5
    middle, step = rect.center().y(), 26.0
    x = rect.left() + step / 2
    while x < rect.right() - 6:
        path.moveTo(x - tip, middle - 4)
        path.lineTo(x, middle)
        path.lineTo(x - tip, middle + 4)
        x += step
    return path
