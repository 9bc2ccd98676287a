"""What is painted over and under the letters: pinyin above, aliases and readings below, brackets, tints, waves.

It is painted from the lines that are in sight and lays nothing out, so that a key costs the same in a long script.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from redub.core.findings import Level
from redub.core.ssml.problems import Problem
from redub.ui.script.geometry import Strip, TextGeometry
from redub.ui.script.labels import THIN, above, below, look, tone_of_kind
from redub.ui.script.sheet import Sheet, Tint
from redub.ui.script.tints import wave
from redub.ui.theme import colour, scale

_GAP = 6.0
_LIFT, _DROP = 0.95, 0.2
"""How far above and below the baseline a letter reaches, in parts of its size."""


@dataclass(frozen=True, slots=True)
class _Note:
    """Words under a stretch of text."""

    strip: Strip
    words: str
    tone: str


class ScriptOverlay:
    """Paints the marks of one sheet."""

    def __init__(self, sheet: Sheet, problems: Sequence[Problem], font: QFont) -> None:
        self._sheet, self._problems = sheet, problems
        self._size = font.pixelSize() if font.pixelSize() > 0 else QFontMetricsF(font).ascent()
        self._font = small_font(font)
        self._metrics = QFontMetricsF(self._font)

    def paint_under(self, painter: QPainter, geometry: TextGeometry) -> None:
        """Paint what lies behind the letters: the tints of kinds of reading, and of marks that nobody knows."""
        for tint in self._in_sight(geometry):
            tone = tone_of_kind(tint.mark)
            if not tone:
                continue
            for strip in geometry.strips(tint.first, tint.last):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour(tone, 0.24))
                top = strip.baseline - self._size * _LIFT
                painter.drawRoundedRect(
                    QRectF(strip.left, top, strip.right - strip.left, self._size * (_LIFT + _DROP)), 3, 3
                )

    def paint_over(self, painter: QPainter, geometry: TextGeometry) -> None:
        """Paint what stands above and below the letters."""
        notes: list[_Note] = []
        painter.setFont(self._font)
        self._paint_unsure(painter, geometry)
        for tint in self._in_sight(geometry):
            strips = list(geometry.strips(tint.first, tint.last))
            self._paint_handle(painter, strips, tint)
            if tint.mark.tag == "word":
                self._paint_bracket(painter, strips)
            self._paint_above(painter, strips, tint)
            words = below(tint.mark, self._sheet.source)
            if words and strips and strips[0].begins:
                notes.append(_Note(strips[0], words, look(tint.mark.tag).tone))
        self._paint_notes(painter, notes)
        self._paint_waves(painter, geometry)

    def _in_sight(self, geometry: TextGeometry) -> Iterable[Tint]:
        return (
            tint
            for tint in self._sheet.tints
            if tint.first < geometry.last and tint.last > geometry.first and tint.mark.tag != "speak"
        )

    def _paint_handle(self, painter: QPainter, strips: Sequence[Strip], tint: Tint) -> None:
        """Paint a thin bar before the text of a mark: where it begins, and where two marks meet."""
        if strips and strips[0].begins and tint.mark.tag in THIN:
            top = strips[0].baseline - self._size * _LIFT + 1
            bar = QRectF(strips[0].left - 3, top, 2, self._size * (_LIFT + _DROP) - 2)
            painter.fillRect(bar, colour(look(tint.mark.tag).tone, 0.6))

    def _paint_above(self, painter: QPainter, strips: Sequence[Strip], tint: Tint) -> None:
        words = above(tint.mark)
        if not words or not strips or not strips[0].begins:
            return
        strip = strips[0]
        width = words_width(words, self._font.key())
        left = max(0.0, (strip.left + strip.right - width) / 2)
        painter.setPen(colour(look(tint.mark.tag).tone))
        painter.drawText(QPointF(left, strip.baseline - self._size * _LIFT - 1), words)

    def _paint_bracket(self, painter: QPainter, strips: Sequence[Strip]) -> None:
        painter.setPen(QPen(colour(look("word").tone), 1.5))
        for strip in strips:
            level, tick = strip.baseline + self._size * _DROP + 1, self._size * 0.22
            painter.drawLine(QPointF(strip.left, level), QPointF(strip.right, level))
            for x, is_end in ((strip.left, strip.begins), (strip.right, strip.ends)):
                if is_end:
                    painter.drawLine(QPointF(x, level), QPointF(x, level - tick))

    def _paint_notes(self, painter: QPainter, notes: Sequence[_Note]) -> None:
        """Write the words below their text, each in the room up to the next."""
        ordered = sorted(notes, key=lambda note: (note.strip.baseline, note.strip.left))
        for note, following in zip_longest(ordered, ordered[1:]):
            same = following is not None and following.strip.baseline == note.strip.baseline
            end = (
                following.strip.left - _GAP if following is not None and same else painter.viewport().width()
            )
            room = max(0.0, end - note.strip.left)
            words = self._metrics.elidedText(note.words, Qt.TextElideMode.ElideRight, room)
            painter.setPen(colour(note.tone))
            level = note.strip.baseline + self._size * _DROP + self._metrics.ascent() + 1
            painter.drawText(QPointF(note.strip.left, level), words)

    def _paint_unsure(self, painter: QPainter, geometry: TextGeometry) -> None:
        """Underline faintly what can be read in several ways."""
        painter.setPen(QPen(colour("faint"), 1.2, Qt.PenStyle.DotLine))
        for first, last in self._sheet.unsure(geometry.first, geometry.last):
            for strip in geometry.strips(first, last):
                level = strip.baseline + self._size * _DROP
                painter.drawLine(QPointF(strip.left + 1, level), QPointF(strip.right - 1, level))

    def _paint_waves(self, painter: QPainter, geometry: TextGeometry) -> None:
        ranges = ((*self._sheet.unit_range(one.start, one.end), one.level) for one in self._problems)
        paint_waves(painter, geometry, ranges, self._size)


def paint_waves(
    painter: QPainter, geometry: TextGeometry, ranges: Iterable[tuple[int, int, Level]], size: float
) -> None:
    """Paint waves under ranges of units, in the colours of their levels, under letters of `size` pixels."""
    for first, last, level in ranges:
        for strip in geometry.strips(first, last):
            painter.setPen(QPen(colour(wave(level)), 1.2))
            painter.drawPolyline(_wave_line(strip, strip.baseline + size * _DROP))


def _wave_line(strip: Strip, level: float) -> QPolygonF:
    steps = max(2, round((strip.right - strip.left) / 3) + 1)
    return QPolygonF([QPointF(strip.left + 3 * step, level + (step % 2) * 2.5) for step in range(steps)])


def small_font(font: QFont) -> QFont:
    """Return the font of notes and chips beside a text of `font`."""
    made = QFont(font)
    made.setPixelSize(scale().type.caption)
    return made


@functools.lru_cache(maxsize=1024)
def words_width(words: str, font_key: str) -> float:
    """Return how wide `words` are in the font with this key (`QFont.key`)."""
    font = QFont()
    font.fromString(font_key)
    return QFontMetricsF(font).horizontalAdvance(words)
