"""Cut a script: a stretch of it as a script of its own, and a long one into several at the ends of sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from redub.core.ssml.document import Junk, Mark, Node, Text, parse, spoken_text, whole_count
from redub.core.ssml.tokens import decode
from redub.core.ssml.vocabulary import TAGS, Content

_CLOSERS = "\"'”’」』)）】》"
_SENTENCE = re.compile(rf"(?:[。！？]+|[.!?…]+(?=[{_CLOSERS}]*(?:\s|$)))[{_CLOSERS}]*\s*")
_CLAUSE = re.compile(r"[，、；：]+\s*|[,:]\s+|(?<=\s)[–—]+\s+")
_WORD = re.compile(r"\s+")
_SIGN = re.compile(r"&[^;&<]*;|.", re.DOTALL)
_CUTS = (_SENTENCE, _CLAUSE, _WORD, _SIGN)
"""Behind what a script is cut: the first is best, the next serve where a piece would still be too long."""


def cut_out(source: str, start: int, end: int) -> str:
    """Return what stands between `start` and `end` as a script of its own.

    A mark that is cut through goes along around what is left of its text; readings and aliases go along whole,
    because half a word has no reading. speak around everything is left out. A coded sign is never cut.
    """
    low, high = sorted((start, end))
    return "".join(_cut_out(parse(source).nodes, source, low, high)) if low < high else ""


def _cut_out(nodes: Iterable[Node], source: str, low: int, high: int) -> Iterator[str]:
    for node in nodes:
        if node.end <= low or node.start >= high:
            continue
        if isinstance(node, Text):
            yield _text_between(node, low, high)
        elif isinstance(node, Junk) or _is_inseparable(node) or low <= node.start < node.end <= high:
            yield source[node.start : node.end]
        else:
            inside = "".join(_cut_out(node.children, source, low, high))
            yield inside if node.tag == "speak" else f"{node.opening}{inside}{node.closing}"


def _is_inseparable(mark: Mark) -> bool:
    rule = TAGS.get(mark.tag)
    return rule is not None and rule.content is not Content.INLINE and mark.tag != "word"


def _text_between(node: Text, low: int, high: int) -> str:
    offsets = decode(node.raw).offsets
    first = max(offset for offset in offsets if node.start + offset <= max(low, node.start))
    last = min(offset for offset in offsets if node.start + offset >= min(high, node.end))
    return node.raw[first:last]


def sentences(source: str) -> tuple[str, ...]:
    """Cut `source` behind each sentence; marks stay whole, a pause behind a sentence stays with it."""
    opening, inside, closing = _unwrapped(source)
    return tuple(f"{opening}{piece}{closing}" for piece in _stripped(_parts(inside, _SENTENCE)))


def split_script(source: str, most: int, least: int = 1) -> tuple[str, ...]:
    """Cut `source` into scripts of at most `most` characters (the whole string counts, in UTF-16 units).

    It is cut at the ends of sentences; a sentence that is too long alone at commas, then between words, then
    anywhere but inside a mark. speak around everything is put around each piece. What cannot be cut (one mark
    that is longer than that) stays in one piece.

    :param least: no piece speaks fewer characters than this, as far as another piece can spare a sentence
    """
    if whole_count(source) <= most:
        return (source,)
    opening, inside, closing = _unwrapped(source)
    room = most - whole_count(opening + closing)
    pieces = _stripped(_packed(inside, room, 0))
    return tuple(f"{opening}{piece}{closing}" for piece in _evened(pieces, room, least))


def _unwrapped(source: str) -> tuple[str, str, str]:
    """Take speak off, when it stands around everything."""
    nodes = [node for node in parse(source).nodes if not (isinstance(node, Text) and not node.text.strip())]
    if len(nodes) == 1 and isinstance(nodes[0], Mark) and nodes[0].tag == "speak" and nodes[0].closing:
        whole = nodes[0]
        return whole.opening, source[whole.inner_start : whole.inner_end], whole.closing
    return "", source, ""


def _stripped(pieces: Iterable[str]) -> list[str]:
    return [piece.strip() for piece in pieces if piece.strip()]


def _packed(source: str, room: int, level: int) -> list[str]:
    """Cut `source` at `level` of `_CUTS` and put together again as much as fits into `room`."""
    if whole_count(source) <= room or level >= len(_CUTS):
        return [source]
    pieces: list[str] = []
    for part in _parts(source, _CUTS[level]):
        if pieces and whole_count(pieces[-1].lstrip() + part.rstrip()) <= room:
            pieces[-1] += part
        else:
            pieces.extend(_packed(part, room, level + 1))
    return pieces


def _parts(source: str, cut: re.Pattern[str]) -> list[str]:
    """Cut `source` behind every place in its text that `cut` finds; pauses and spaces go with what is before them."""
    parts: list[str] = []
    is_open = True
    for node in parse(source).nodes:
        for piece, ends in _pieces(node, source, cut):
            clings = cut is not _SIGN and (_is_pause(node) or not piece.strip())
            if parts and (is_open or clings):
                parts[-1] += piece
            else:
                parts.append(piece)
            is_open = is_open if clings else not ends
    return parts


def _is_pause(node: Node) -> bool:
    return isinstance(node, Mark) and node.tag == "break"


def _pieces(node: Node, source: str, cut: re.Pattern[str]) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of one node, each with whether the script may be cut behind it."""
    raw = source[node.start : node.end]
    if not isinstance(node, Text):
        yield raw, cut is _SIGN
        return
    place = 0
    for found in cut.finditer(raw):
        if found.end() > place:
            yield raw[place : found.end()], True
            place = found.end()
    if place < len(raw):
        yield raw[place:], False


def _evened(pieces: list[str], room: int, least: int) -> list[str]:
    """Give a last piece that says too little the last sentence of the piece before it."""
    if len(pieces) < 2 or len(spoken_text(parse(pieces[-1])).strip()) >= least:
        return pieces
    for cut in _CUTS:
        parts = _parts(pieces[-2], cut)
        longer = (parts[-1] + " " + pieces[-1]).strip()
        if len(parts) > 1 and whole_count(longer) <= room:
            return [*pieces[:-2], "".join(parts[:-1]).strip(), longer]
    return pieces
