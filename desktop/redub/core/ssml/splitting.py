"""Split a long script into pieces that are short enough, where sentences end and never inside a mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TAG = re.compile(r"<(/?)([a-zA-Z-]+)[^<>]*?(/?)>")
_ENDS = (
    re.compile(r"[。！？!?…]+[”’\"')）]*\s*|[.;；]+[”’\"')]*\s+"),
    re.compile(r"[,，、:：]\s*"),
    re.compile(r"\s+"),
)


def split_script(script: str, most: int) -> tuple[str, ...]:
    """Return the script in pieces of at most `most` UTF-16 units each, as long as they can be.

    It is split after a sentence, else after a comma, else at a blank, else between two signs; a mark that holds
    more than `most` stays whole.
    """
    pieces: list[str] = []
    rest = script.strip()
    while _units(rest) > most:
        cut = _best_cut(rest, most)
        if not 0 < cut < len(rest):
            break
        pieces.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return tuple(piece for piece in (*pieces, rest) if piece) or ("",)


def _best_cut(text: str, most: int) -> int:
    room = _room(text, most)
    free = sorted(place for place in _outside_marks(text) if place <= room)
    if not free:
        return next(iter(sorted(_outside_marks(text))), 0)
    allowed = set(free)
    for ends in _ENDS:
        places = [found.end() for found in ends.finditer(text, 0, room) if found.end() in allowed]
        if places and places[-1] > room // 4:
            return places[-1]
    return free[-1]


def _room(text: str, most: int) -> int:
    """Return how many signs of `text` fit into `most` UTF-16 units."""
    used = 0
    for place, sign in enumerate(text):
        used += 1 if ord(sign) < 0x10000 else 2
        if used > most:
            return place
    return len(text)


def _outside_marks(text: str) -> Iterator[int]:
    """Yield the places between two signs that are neither inside a mark nor inside a coded sign (&amp;)."""
    depth, at = 0, 0
    for tag in _TAG.finditer(text):
        if depth == 0:
            yield from _plain(text, at, tag.start())
        depth += 0 if tag[3] else -1 if tag[1] else 1
        depth = max(0, depth)
        at = tag.end()
        if depth == 0:
            yield at
    if depth == 0:
        yield from _plain(text, at, len(text))


def _plain(text: str, start: int, end: int) -> Iterator[int]:
    coded = [range(found.start() + 1, found.end()) for found in re.finditer(r"&\w{1,6};", text[start:end])]
    inside = {start + place for spot in coded for place in spot}
    yield from (place for place in range(max(1, start), end) if place not in inside)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
