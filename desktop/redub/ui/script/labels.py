"""How marks look: their icon, their colour token, the words on their chips, above and below their text."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass

from redub.core.ssml import pinyin
from redub.core.ssml.document import Document, parse, spoken_text
from redub.core.ssml.nodes import Mark, Text, walk
from redub.core.ssml.numbers import NUMBERS, possible_readings
from redub.core.ssml.reading import reading
from redub.core.ssml.scripts import is_han, main_language
from redub.core.ssml.tokens import decode
from redub.core.ssml.vocabulary import DEFAULT_STRENGTH, SAY_AS_KINDS, TAGS
from redub.i18n import _

_LONGEST = 18
_TAG = re.compile(r"<[^>]*>?|\A[^<>]*>")
_WORD = re.compile(r"(?:(?![\u2e80-\u9fff\uf900-\ufaff])[^\W_]|['’-](?=\w))+")
_NEAR, _CONTEXT = 240, 40
THIN = frozenset({"phoneme", "word", "sub", "say-as"})
"""Marks whose text says what they are: their chip is a thin handle before it."""


@dataclass(frozen=True, slots=True)
class MarkLook:
    """The icon (resources/icons) and the colour token of one tag."""

    icon: str
    tone: str


LOOKS = {
    "break": MarkLook("pause-mark", "mark_pause"),
    "phoneme": MarkLook("pinyin", "mark_sound"),
    "word": MarkLook("word", "mark_sound"),
    "sub": MarkLook("alias", "mark_meaning"),
    "say-as": MarkLook("read-as", "mark_meaning"),
    "speak": MarkLook("spoken-whole", "mark_action"),
    "insert-action": MarkLook("action", "mark_action"),
}
_UNKNOWN = MarkLook("warning", "error")


def look(tag: str) -> MarkLook:
    """Return how the marks of `tag` look."""
    return LOOKS.get(tag, _UNKNOWN)


def kind_tone(kind: str) -> str:
    """Return the colour token of one kind of reading."""
    return f"kind_{kind}" if kind in SAY_AS_KINDS else "error"


def tone_of_kind(mark: Mark) -> str:
    """Return the colour token of what lies behind the text of `mark`, "" for nothing."""
    if mark.tag == "say-as":
        return kind_tone(mark.get("interpret-as"))
    return "" if mark.tag in TAGS else "error"


def chip_words(mark: Mark) -> str:
    """Return the words on the chip of `mark`, "" where the icon or its text says it all."""
    writer = _WRITERS.get(mark.tag)
    words = writer(mark) if writer is not None else mark.tag
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


def above(mark: Mark) -> str:
    """Return what stands above the text of `mark`: its pinyin."""
    if mark.tag != "phoneme":
        return ""
    return " ".join(pinyin.marked(one) for one in pinyin.split(mark.get("ph")))


def below(mark: Mark, source: str) -> str:
    """Return what stands below the text of `mark` in `source`: what is heard instead of it."""
    if mark.tag == "sub":
        return mark.get("alias")
    if mark.tag != "say-as":
        return ""
    written = spoken_text(Document("", mark.children))
    heard = _reading(written, mark.get("interpret-as"), language_at(source, mark.start))
    return heard if heard != written else ""


_reading = functools.lru_cache(maxsize=512)(reading)


def language_at(source: str, place: int) -> str:
    """Return the language that numbers are read in at `place`: that of the words before it, else of the whole."""
    near = _TAG.sub("", source[max(0, place - _NEAR) : place])[-_CONTEXT:]
    if any(sign.isalpha() for sign in near):
        return main_language(near)
    return main_language(_TAG.sub("", source))


def plain_words(piece: str) -> str:
    """Return the words in a piece of a source that may begin and end within a mark."""
    return decode(_TAG.sub("", piece)).text


def mark_sentence(mark: Mark) -> str:
    """Return what `mark` does, for tooltips."""
    rule = TAGS.get(mark.tag)
    if rule is None:
        return _("The service cannot read {name}.").format(name=mark.tag)
    words = chip_words(mark)
    return f"{rule.label}: {words}. {rule.sentence}" if words else f"{rule.label}. {rule.sentence}"


def meant_at(source: str, place: int, is_character: bool) -> tuple[int, int] | None:
    """Return where what a caret at `place` means stands: a Chinese character, or a number or word of letters."""
    text = next(
        (
            node
            for node in walk(parse(source).nodes)
            if isinstance(node, Text) and node.start <= place <= node.end
        ),
        None,
    )
    if text is None:
        return None
    if is_character:
        for start in (place, place - 1):
            if text.start <= start < text.end and is_han(source[start]):
                return start, start + 1
        return None
    for pattern in (NUMBERS, _WORD):
        for found in pattern.finditer(source, text.start, text.end):
            if found.start() <= place <= found.end():
                return found.span()
    return None


def unsure_sentence(text: str, language: str) -> str:
    """Return how an unmarked number or character can be read, for tooltips."""
    ways = possible_readings(text, language)
    if ways:
        heard = "; ".join(_("{kind}: {words}").format(kind=kind, words=words) for kind, words in ways)
        said = _("The service chooses how “{text}” is read. {ways}. Mark it with Read as (Alt+5) to decide.")
        return said.format(text=text, ways=heard)
    return _("“{text}” has several readings. Select it and press Pinyin (Alt+2) to see and set them.").format(
        text=text
    )


def pause_words(time: str, strength: str = "") -> str:
    """Return how long a pause is, in words."""
    if time.endswith("ms") and time[:-2].isdigit():
        return f"{int(time[:-2]) / 1000:g} s"
    if time.endswith("s") and time[:-1].isdigit():
        return f"{int(time[:-1])} s"
    return time or strength or DEFAULT_STRENGTH


def _kind_words(mark: Mark) -> str:
    kind = mark.get("interpret-as")
    return SAY_AS_KINDS[kind].label if kind in SAY_AS_KINDS else kind


_WRITERS: dict[str, Callable[[Mark], str]] = {
    "break": lambda mark: pause_words(mark.get("time"), mark.get("strength")),
    "phoneme": lambda mark: mark.get("ph"),
    "sub": lambda mark: mark.get("alias"),
    "say-as": _kind_words,
    "word": lambda _mark: "",
    "speak": lambda _mark: "",
    "insert-action": lambda _mark: "",
}
