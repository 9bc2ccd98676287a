"""Colours the source: marks by what they mean, their values apart: every colour more costs time at every key."""

from __future__ import annotations

import re

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from redub.core.ssml.tokens import NAME
from redub.ui.script.labels import look
from redub.ui.script.units import unit_of
from redub.ui.theme import colour

_TAG = re.compile(rf"</?({NAME})(?:\"[^\"<]*\"|'[^'<]*'|[^<>\"'])*>")
_SETTING = re.compile(r"=\s*(\"[^\"]*\"|'[^']*')")
_CODED = re.compile(r"&[#\w]+;")


class SourceInk(QSyntaxHighlighter):
    """Colours letters only, and only from the text itself: Qt calls it once for a change."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._inks: dict[str, QTextCharFormat] = {}

    def forget_colours(self) -> None:
        """Colour anew in another theme."""
        self._inks.clear()
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Colour one paragraph."""
        is_narrow = len(text) == unit_of(text, len(text))
        for start, end, tone in _stretches(text):
            if not is_narrow:
                start, end = unit_of(text, start), unit_of(text, end)
            self.setFormat(start, end - start, self._ink(tone))

    def _ink(self, tone: str) -> QTextCharFormat:
        made = self._inks.get(tone)
        if made is None:
            made = self._inks[tone] = QTextCharFormat()
            made.setForeground(colour(tone))
        return made


def _stretches(text: str) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for tag in _TAG.finditer(text):
        found.append((tag.start(), tag.end(), look(tag[1]).tone))
        for setting in _SETTING.finditer(text, tag.end(1), tag.end()):
            found.append((setting.start(1), setting.end(1), "text"))
    found.extend((coded.start(), coded.end(), "accent") for coded in _CODED.finditer(text))
    return found
