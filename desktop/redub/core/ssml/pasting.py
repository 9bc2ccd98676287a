"""What text from elsewhere becomes in a script: clean text, a script that already is one, or foreign SSML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from redub.core.findings import Level
from redub.core.ssml.check import problems
from redub.core.ssml.dialects import foreign_words, translate
from redub.core.ssml.document import parse, plain_to_ssml
from redub.core.ssml.nodes import Mark, walk
from redub.core.ssml.tokens import LINE_BREAKS, escape, without_control_characters

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\ufffc]")
"""Soft hyphens, zero-width spaces, byte order marks: word processors put them in, and voices stumble over them.

The joiners of emoji and of Indian and Arabic scripts (U+200C, U+200D) and the direction marks stay.
"""
_SPACES = re.compile("[ \t\u00a0\u2000-\u200a\u202f\u205f]+")


class Arrival(StrEnum):
    """What pasted text is."""

    PLAIN = "plain"
    SCRIPT = "script"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Pasted:
    """Text from elsewhere.

    :ivar text: its words as clean plain text, with its line breaks
    :ivar source: the script that it is or becomes, "" for plain text
    :ivar marks: how many marks `source` has
    :ivar dialect: whose SSML it is; `lost` names what of it has no counterpart
    """

    kind: Arrival
    text: str
    source: str = ""
    marks: int = 0
    dialect: str = ""
    lost: tuple[str, ...] = ()

    @property
    def line_breaks(self) -> int:
        """Return how many places there are where a line ends and another follows."""
        return max(0, len([line for line in LINE_BREAKS.split(self.text) if line.strip()]) - 1)


def look_at(text: str) -> Pasted:
    """Say what pasted `text` is."""
    one_line = LINE_BREAKS.sub(" ", without_control_characters(text)).strip()
    if "<" in one_line and ">" in one_line:
        if _is_script(one_line):
            marks = _marks(one_line)
            return Pasted(Arrival.SCRIPT, clean(foreign_words(text)), one_line, marks)
        translation = translate(one_line)
        if translation is not None and not _is_wrong(translation.source):
            words = clean(foreign_words(text)).strip()
            return Pasted(
                Arrival.FOREIGN,
                words,
                translation.source,
                translation.translated,
                translation.dialect,
                translation.lost,
            )
    return Pasted(Arrival.PLAIN, clean(text))


def clean(text: str) -> str:
    """Return `text` without what cannot be heard: control and zero-width characters, and runs of spaces."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", without_control_characters(text)))


def fragment_of(text: str, pause_at_line_breaks: str | None = None) -> str:
    """Return plain `text` as a piece of a source: signs made safe, line breaks turned into a space or a pause.

    :param pause_at_line_breaks: the length of the pause, such as "500ms", or None for a space
    """
    whole = clean(text)
    if LINE_BREAKS.search(whole.strip("\r\n")):
        return plain_to_ssml(whole, pause_at_line_breaks)
    return escape(whole.strip("\r\n"))  # spaces at both ends are meant


def _is_script(source: str) -> bool:
    return _marks(source) > 0 and not _is_wrong(source)


def _is_wrong(source: str) -> bool:
    return any(one.level is Level.ERROR for one in problems(source))


def _marks(source: str) -> int:
    return sum(isinstance(node, Mark) for node in walk(parse(source).nodes))
