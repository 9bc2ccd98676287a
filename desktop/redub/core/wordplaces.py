"""Where the words that a service has spoken stand in the script: through tags, aliases and readings.

A service tells words as it speaks them (TextTimestampResult). What is plain text is found sign by sign; a word of an
alias or of a number that is read out stands for the whole of what is written there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from redub.core.ssml.document import parse
from redub.core.ssml.spoken import Pause, segments

Place = tuple[int, int]
"""Offsets in the script: where something begins, and behind its end."""


@dataclass(frozen=True, slots=True)
class _Signs:
    """What is spoken, sign by sign, with the place of each in the script; signs that are not heard are left out."""

    text: str
    places: tuple[Place, ...]


def places(ssml: str, words: Sequence[str]) -> tuple[Place, ...]:
    """Return the place in `ssml` of each of the spoken `words`, in order.

    A word that is not found (a number that the service reads in another way) gets what lies between its
    neighbours, so that the mark never jumps backward.
    """
    signs = _spoken_signs(ssml)
    if not signs.text:
        return tuple((0, 0) for _word in words)
    heard = [_plain(word) for word in words]
    matches = _matched("".join(heard), signs.text)
    spans: list[tuple[int, int] | None] = []
    done = 0
    for word in heard:
        found = [matches[place] for place in range(done, done + len(word)) if place in matches]
        spans.append((found[0], found[-1] + 1) if found else None)
        done += len(word)
    return tuple(_place(signs, span) for span in _filled(spans, len(signs.text)))


def word_at(starts: Sequence[float], ends: Sequence[float], seconds: float) -> int | None:
    """Return which word is spoken at `seconds`; between two words the one before, None before the first.

    :param starts: when each word begins, in order; `ends` likewise
    """
    if not starts or seconds >= ends[-1]:
        return None
    place = bisect_right(starts, seconds) - 1
    return place if place >= 0 else None


def _spoken_signs(ssml: str) -> _Signs:
    text: list[str] = []
    found: list[Place] = []
    for segment in segments(parse(ssml)):
        if isinstance(segment, Pause):
            continue
        for index, sign in enumerate(segment.text):
            for plain in _plain(sign):
                text.append(plain)
                exact = bool(segment.offsets)
                whole = (segment.start, segment.end)
                found.append((segment.offsets[index], segment.offsets[index + 1]) if exact else whole)
    return _Signs("".join(text), tuple(found))


def _plain(text: str) -> str:
    """Return what is compared of a text: its letters and digits, in one case."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _matched(heard: str, written: str) -> dict[int, int]:
    """Return for each sign that was heard which of the written ones it is, as far as they agree."""
    if heard == written:
        return {place: place for place in range(len(heard))}
    blocks = SequenceMatcher(None, heard, written, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}


def _filled(spans: Sequence[tuple[int, int] | None], end: int) -> list[tuple[int, int]]:
    """Give words that were not found what lies between their neighbours, and never let one begin before the last."""
    filled: list[tuple[int, int]] = []
    before = 0
    for index, span in enumerate(spans):
        if span is None:
            after = next((one[0] for one in spans[index + 1 :] if one is not None), end)
            span = (min(before, after), max(before, after))
        filled.append(span)
        before = max(before, span[1])
    return filled


def _place(signs: _Signs, span: tuple[int, int]) -> Place:
    first, last = span
    if last <= first:
        last = min(len(signs.places), first + 1)
        first = max(0, last - 1)
    parts = signs.places[first:last]
    return min(part[0] for part in parts), max(part[1] for part in parts)
