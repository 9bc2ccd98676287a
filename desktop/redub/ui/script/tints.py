"""Colours the text: marks by what they mean, problems by how much they matter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from redub.core.findings import Level
from redub.ui.theme import colour

_WAVES = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "info"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Units `first` to `last` of the text, and how to draw them.

    :ivar ink: colour token of the letters, "" as they are; `ground` of what is behind them
    :ivar wave: colour token of a wave under them, or ""
    """

    first: int
    last: int
    ink: str = ""
    ground: str = ""
    wave: str = ""
    bold: bool = False


def wave(level: Level) -> str:
    """Return the colour token of the wave under a problem."""
    return _WAVES[level]


class TextTints(QSyntaxHighlighter):
    """Draws stretches; later ones lie over earlier ones."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._stretches: tuple[Stretch, ...] = ()

    def show_stretches(self, stretches: Iterable[Stretch]) -> None:
        """Draw `stretches` from now on."""
        fresh = tuple(stretches)
        if fresh != self._stretches:
            self._stretches = fresh
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Colour one paragraph."""
        start = self.currentBlock().position()
        length = self.currentBlock().length() - 1
        for stretch in self._stretches:
            first, last = max(stretch.first, start) - start, min(stretch.last, start + length) - start
            for place in range(first, last):
                made = self.format(place)
                _apply(stretch, made)
                self.setFormat(place, 1, made)


def _apply(stretch: Stretch, made: QTextCharFormat) -> None:
    if stretch.ink:
        made.setForeground(colour(stretch.ink))
    if stretch.ground:
        made.setBackground(colour(stretch.ground, 0.18))
    if stretch.bold:
        made.setFontWeight(600)
    if stretch.wave:
        made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        made.setUnderlineColor(colour(stretch.wave))
