"""Edits of a script by its marks: put one around a selection, change one, take one away.

Every edit answers with a script that has no new error, or refuses with a sentence that says why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from redub.core.errors import UserError
from redub.core.findings import Level
from redub.core.ssml import pinyin
from redub.core.ssml.check import problems
from redub.core.ssml.document import Document, Mark, Text, parse, punctuation_tail, walk
from redub.core.ssml.problems import Problem
from redub.core.ssml.rules import phoneme
from redub.core.ssml.scripts import is_han
from redub.core.ssml.tokens import decode, escape_value
from redub.core.ssml.vocabulary import TAGS, Content, Tag

Edited = tuple[str, int, int]
"""The new source and the selection in it."""


def insert_mark(
    source: str, start: int, end: int, tag: str, attributes: Mapping[str, str] | None = None
) -> Edited:
    """Put the mark `tag` around the selection `start`..`end`, or behind it when the mark holds nothing.

    A selection that ends inside a coded sign grows to hold it. Pinyin over several characters becomes one
    mark for each. A pause that would stand behind punctuation goes before it, as the page asks; one that
    would stand inside a mark that holds text only goes behind that mark. The same mark around exactly the
    selection is changed, not doubled.

    :return: the new source, and the selected text (or the place behind the pause) in it
    :raises UserError: the selection cuts through a mark, holds nothing, or the result would not be valid
    """
    rule = _rule(tag)
    settings = dict(attributes or {})
    document = parse(source)
    low, high = _whole_signs(document, *sorted((_held(start, source), _held(end, source))))
    if rule.content is Content.EMPTY:
        edited = _inserted(document, high, rule, settings)
    else:
        edited = _wrapped(document, low, high, rule, settings)
    _refuse_new_errors(source, edited[0])
    return edited


def change_mark(source: str, position: int, attributes: Mapping[str, str]) -> Edited:
    """Give the innermost mark at `position` other settings; what it holds stays.

    :raises UserError: no mark stands there, or the settings are not valid
    """
    mark = _mark_at(parse(source), position)
    opening = _opening(mark.tag, dict(attributes), shut=mark.opening.endswith("/>"))
    new = source[: mark.start] + opening + source[mark.inner_start :]
    _refuse_new_errors(source, new)
    moved = len(opening) - len(mark.opening)
    return new, mark.inner_start + moved, mark.inner_end + moved


def remove_mark(source: str, position: int) -> Edited:
    """Take away the innermost mark at `position` and keep what it holds, as the new selection.

    :raises UserError: no mark stands there
    """
    mark = _mark_at(parse(source), position)
    inside = source[mark.inner_start : mark.inner_end]
    new = source[: mark.start] + inside + source[mark.end :]
    return new, mark.start, mark.start + len(inside)


def _rule(tag: str) -> Tag:
    if tag not in TAGS:
        raise UserError(
            f"There is no mark {tag}.", next_step="Choose one of " + ", ".join(sorted(TAGS)) + "."
        )
    return TAGS[tag]


def _held(position: int, source: str) -> int:
    return min(max(0, position), len(source))


def _whole_signs(document: Document, low: int, high: int) -> tuple[int, int]:
    """Grow the selection so that it cuts no coded sign such as &amp;."""
    for node in walk(document.nodes):
        if isinstance(node, Text) and "&" in node.raw:
            edges = [node.start + offset for offset in decode(node.raw).offsets]
            if node.start < low < node.end and low not in edges:
                low = max(edge for edge in edges if edge < low)
            if node.start < high < node.end and high not in edges:
                high = min(edge for edge in edges if edge > high)
    return low, high


def _opening(tag: str, settings: Mapping[str, str], *, shut: bool = False) -> str:
    written = "".join(f' {name}="{escape_value(value)}"' for name, value in settings.items())
    return f"<{tag}{written}{'/' if shut else ''}>"


def _inserted(document: Document, at: int, rule: Tag, settings: Mapping[str, str]) -> Edited:
    at = _place_for(document, at, rule.name)
    new = _opening(rule.name, settings, shut=True)
    if rule.name == "break":
        at = _before_punctuation(document, at)
    source = document.source
    return source[:at] + new + source[at:], at + len(new), at + len(new)


def _place_for(document: Document, at: int, tag: str) -> int:
    """Return the nearest place from `at` on where the mark `tag` may stand."""
    for mark in walk(document.nodes):
        if not isinstance(mark, Mark) or not mark.start < at < mark.end:
            continue
        rule = TAGS.get(mark.tag)
        closed = rule is not None and rule.content is not Content.INLINE and tag not in rule.holds
        if closed or not mark.inner_start <= at <= mark.inner_end:
            return mark.end
    return at


def _before_punctuation(document: Document, at: int) -> int:
    """Move a pause before the punctuation that it would follow; refuse it where nothing is said before it."""
    heard = "".join(node.text for node in walk(document.nodes) if isinstance(node, Text) and node.end <= at)
    inside = next(
        (node for node in walk(document.nodes) if isinstance(node, Text) and node.start < at < node.end), None
    )
    before = document.source[inside.start : at] if inside else ""
    heard += decode(before).text
    if not heard.strip():
        raise UserError(
            "A pause belongs after text.",
            why="Nothing is said before this place.",
            next_step="Put the cursor behind the first words.",
        )
    tail = punctuation_tail(heard.rstrip())
    moved = at - tail - (len(heard) - len(heard.rstrip()))
    plain = tail and document.source[moved:at] == heard[-(at - moved) :] and heard[: -(at - moved)].strip()
    return moved if plain else at


def _wrapped(document: Document, low: int, high: int, rule: Tag, settings: Mapping[str, str]) -> Edited:
    same = _same_mark(document, low, high, rule.name)
    if same:
        return change_mark(document.source, same.inner_start, settings)
    if rule.name == "speak":
        low, high = 0, len(document.source)
    _refuse_crossing(document, low, high, rule)
    inside = document.source[low:high]
    if not inside.strip():
        raise UserError(
            f"{rule.label} needs text to work on.", next_step="Select the words that it is meant for."
        )
    if rule.name == "phoneme":
        return _wrapped_readings(document.source, low, high, settings)
    opening = _opening(rule.name, settings)
    new = document.source[:low] + opening + inside + f"</{rule.name}>" + document.source[high:]
    return new, low + len(opening), high + len(opening)


def _same_mark(document: Document, low: int, high: int, tag: str) -> Mark | None:
    """Return the mark `tag` around exactly this selection, with or without its own signs selected."""
    for node in walk(document.nodes):
        if not isinstance(node, Mark) or node.tag != tag:
            continue
        if (low, high) in {(node.inner_start, node.inner_end), (node.start, node.end)}:
            return node
    return None


def _refuse_crossing(document: Document, low: int, high: int, rule: Tag) -> None:
    for node in walk(document.nodes):
        if not isinstance(node, Mark) or node.end <= low or node.start >= high:
            continue
        around = node.inner_start <= low and high <= node.inner_end
        inside = low <= node.start and node.end <= high
        if not around and not inside:
            raise UserError(
                f"{rule.label} cannot begin here and end there.",
                why=f"The selection cuts through the mark {_label(node)}.",
                next_step="Select the whole mark, or only text inside or outside of it.",
            )


def _label(mark: Mark) -> str:
    return f'"{TAGS[mark.tag].label}"' if mark.tag in TAGS else mark.tag


def _wrapped_readings(source: str, low: int, high: int, settings: Mapping[str, str]) -> Edited:
    """Wrap each Chinese character of the selection in its own reading; what stands between them stays."""
    inside = source[low:high]
    syllables = [pinyin.numbered(one) for one in pinyin.split(settings.get("ph", ""))]
    characters = sum(map(is_han, inside)) if "<" not in inside else 0
    if characters and len(syllables) != characters:
        raise UserError(
            f"{characters} characters need {characters} syllables of pinyin; there are {len(syllables)}.",
            next_step="Give one syllable with its tone number for each character, with spaces between them.",
        )
    if characters == len(inside) == 1 or not characters:
        ordered = {"alphabet": "py", **settings, "ph": " ".join(syllables)}
        opening = _opening("phoneme", ordered)
        new = source[:low] + opening + inside + "</phoneme>" + source[high:]
        return new, low + len(opening), high + len(opening)
    given = iter(syllables)
    marks = "".join(phoneme(sign, next(given)) if is_han(sign) else sign for sign in inside)
    return source[:low] + marks + source[high:], low, low + len(marks)


def _mark_at(document: Document, position: int) -> Mark:
    """Return the innermost mark that holds `position`; its two ends count when nothing else does."""
    marks = [node for node in walk(document.nodes) if isinstance(node, Mark)]
    inside = [mark for mark in marks if mark.start < position < mark.end]
    touching = [mark for mark in marks if mark.start <= position <= mark.end]
    if not touching:
        raise UserError("There is no mark here.", next_step="Put the cursor into a mark.")
    return (inside or touching)[-1]


def _refuse_new_errors(before: str, after: str) -> None:
    """Refuse an edit that brings an error which was not there."""
    left = Counter(one.code for one in problems(before) if one.level is Level.ERROR)
    for one in problems(after):
        if one.level is not Level.ERROR:
            continue
        left[one.code] -= 1
        if left[one.code] < 0:
            raise _refusal(one)


def _refusal(one: Problem) -> UserError:
    return UserError("The mark cannot be put here.", why=one.message, next_step=one.fix)
