"""The script of the next take: only what is to be spoken again, with its marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from redub.core.ssml.cutting import sentences
from redub.core.ssml.document import Mark, parse, spoken_text

_FULL_STOPS = "。！？"
_ENOUGH = 0.25
"""A sentence belongs to a subtitle that has so much of its letters in it, or of the subtitle's own."""


def redo_script(script: str, subtitles: Sequence[str], wanted: Iterable[int]) -> str:
    """Return the sentences of `script` that the `wanted` ones of `subtitles` show, whole and with their marks.

    Subtitles break where a line is full, sentences do not: each is found by its letters. "" when nothing is wanted.
    """
    pieces = [_without_speak(piece) for piece in sentences(script)]
    owners = _owners(pieces, subtitles)
    chosen = sorted({place for one in wanted for place in owners[one]})
    return _joined([pieces[place] for place in chosen])


def _owners(pieces: Sequence[str], subtitles: Sequence[str]) -> list[set[int]]:
    """Return for each subtitle the places of the sentences that it shows."""
    spoken, of_piece = _stream(spoken_text(parse(piece)) for piece in pieces)
    shown, of_subtitle = _stream(subtitles)
    common = [Counter[int]() for _one in subtitles]
    for block in SequenceMatcher(None, spoken, shown, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            common[of_subtitle[block.b + step]][of_piece[block.a + step]] += 1
    sizes = Counter(of_piece)
    return [_belonging(one, sizes) for one in common]


def _belonging(common: Counter[int], sizes: Counter[int]) -> set[int]:
    whole = sum(common.values())
    enough = {place for place, count in common.items() if count >= _ENOUGH * min(whole, sizes[place])}
    return enough or {place for place, _count in common.most_common(1)}


def _stream(texts: Iterable[str]) -> tuple[str, list[int]]:
    """Return the letters of all texts in a row, and which text each is from."""
    letters, owner = [], []
    for place, text in enumerate(texts):
        for sign in text.casefold():
            if sign.isalnum():
                letters.append(sign)
                owner.append(place)
    return "".join(letters), owner


def _without_speak(piece: str) -> str:
    nodes = parse(piece).nodes
    only = nodes[0] if len(nodes) == 1 else None
    if isinstance(only, Mark) and only.tag == "speak" and only.closing:
        return piece[only.inner_start : only.inner_end].strip()
    return piece


def _joined(pieces: Sequence[str]) -> str:
    return "".join(_with_spaces(pieces))


def _with_spaces(pieces: Sequence[str]) -> Iterator[str]:
    for place, piece in enumerate(pieces):
        yield piece
        if place + 1 < len(pieces) and not piece.endswith(tuple(_FULL_STOPS)):
            yield " "
