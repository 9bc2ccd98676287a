"""What the creator sees of a script: signs and chips, each standing for a piece of the source (InputSsml).

A `Sheet` maps places on screen to places in the source and back, and says what the source becomes when the creator
types, deletes or pastes. Places on screen are counted as Qt counts them (UTF-16 units).

A mark around text is one chip before that text; a mark without text is one chip. Closing ends take no place: typing
at the end of a mark's text goes behind the mark.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from redub.core.ssml.building import is_empty_only
from redub.core.ssml.cutting import cut_out
from redub.core.ssml.document import Document, parse
from redub.core.ssml.nodes import Junk, Mark, Node, Text
from redub.core.ssml.numbers import NUMBERS
from redub.core.ssml.polyphones import POLYPHONES
from redub.core.ssml.tokens import LINE_BREAKS, decode, escape

CHIP = "\ufffc"
LINE_SIGN = "\u23ce"
"""Shown for a line break in the source, which the service does not take."""
_UNSHOWABLE = "\ufffd"
_SPECIAL = re.compile(
    "[&<\x00-\x08\x0a-\x1f\x85\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffc\U00010000-\U0010ffff]"
)
"""What is not shown as it is written, or takes two units: a text without any of it maps one to one."""
_BARE = re.compile("[<&]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A text or a chip: units `first` to `last` on screen stand for `start` to `end` in the source.

    :ivar edges: for a text that does not map one to one: where each unit begins in the source, and its end
    :ivar mark: the mark of a chip
    """

    first: int
    last: int
    start: int
    end: int
    edges: tuple[int, ...] = ()
    mark: Mark | None = None

    def place(self, unit: int) -> tuple[int, int]:
        """Return what the sign at `unit` stands for in the source."""
        if self.mark is not None:
            return self.start, self.end
        if not self.edges:
            return self.start + unit - self.first, self.start + unit - self.first + 1
        start = self.edges[unit - self.first]
        return start, self.edges[bisect.bisect_right(self.edges, start)]

    def unit_of(self, offset: int) -> int:
        """Return the first unit of a text that stands for something at `offset` or behind it."""
        if self.edges:
            return self.first + bisect.bisect_left(self.edges, offset, 0, len(self.edges) - 1)
        return min(self.last, self.first + offset - self.start)


@dataclass(frozen=True, slots=True)
class Tint:
    """The units on screen that a mark's text takes, its chip not among them."""

    first: int
    last: int
    mark: Mark


class Sheet:
    """A script as it is shown.

    :ivar source: the InputSsml
    :ivar text: what is on screen; chips are `CHIP`
    :ivar pieces: what stands for what, in order and without gaps on screen
    :ivar tints: marks around text, inner before outer
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.document: Document = parse(source)
        self._signs: list[str] = []
        self._units = 0
        self.pieces: list[Piece] = []
        self.tints: list[Tint] = []
        self._lay(self.document.nodes)
        self.text = "".join(self._signs)
        self._firsts = [piece.first for piece in self.pieces]
        self._starts = [piece.start for piece in self.pieces]

    def __len__(self) -> int:
        """Return how many units there are."""
        return self._units

    def _lay(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            if isinstance(node, Mark):
                self._lay_mark(node)
            elif isinstance(node, Junk):
                self._lay_mark(Mark(node.raw, start=node.start, end=node.end, opening=node.raw))
            else:
                self._lay_text(node)

    def _lay_text(self, node: Text) -> None:
        first = self._units
        if _SPECIAL.search(node.raw):
            shown, edges = _shown_text(node.raw)
            self._signs.append(shown)
            self._units += len(edges) - 1
            moved = tuple(node.start + edge for edge in edges)
            self.pieces.append(Piece(first, self._units, node.start, node.end, moved))
        elif node.raw:
            self._signs.append(node.raw)
            self._units += len(node.raw)
            self.pieces.append(Piece(first, self._units, node.start, node.end))

    def _lay_mark(self, mark: Mark) -> None:
        holds = bool(mark.closing or mark.children)
        self._signs.append(CHIP)
        end = mark.inner_start if holds else mark.end
        self.pieces.append(Piece(self._units, self._units + 1, mark.start, end, mark=mark))
        self._units += 1
        first = self._units
        self._lay(mark.children)
        if holds:
            self.tints.append(Tint(first, self._units, mark))

    # Places.

    @property
    def end(self) -> int:
        """Return where text goes that is typed behind everything: inside of speak, when that is around it all."""
        last = self.document.nodes[-1] if self.document.nodes else None
        if isinstance(last, Mark) and last.tag == "speak" and last.closing:
            return last.inner_end
        return len(self.source)

    def _piece(self, unit: int) -> Piece:
        return self.pieces[bisect.bisect_right(self._firsts, unit) - 1]

    def place(self, unit: int) -> tuple[int, int]:
        """Return what the sign or chip at `unit` stands for in the source."""
        return self._piece(unit).place(unit)

    def chip_at(self, unit: int) -> Mark | None:
        """Return the mark whose chip is at `unit`, or None when none is."""
        return self._piece(unit).mark if 0 <= unit < self._units else None

    def source_at(self, unit: int) -> int:
        """Return where in the source text goes that is typed at `unit`."""
        before = self.chip_at(unit - 1)
        if before is not None and before.closing and before.inner_start == before.inner_end:
            return before.end if is_empty_only(before.tag) else before.inner_start
        return self.place(unit)[0] if unit < self._units else self.end

    def unit_at(self, offset: int) -> int:
        """Return the first unit on screen that stands for something at `offset` of the source or behind it."""
        near = bisect.bisect_left(self._starts, offset) - 1
        if near < 0:
            return 0
        piece = self.pieces[near]
        return piece.last if piece.mark is not None else piece.unit_of(offset)

    def source_range(self, first: int, last: int) -> tuple[int, int]:
        """Return what the units `first` to `last` stand for; a mark whose chip and text are in it counts whole."""
        if first >= last:
            place = self.source_at(first)
            return place, place
        start, end = self.place(first)[0], self.place(last - 1)[1]
        for tint in self.tints:
            if first < tint.first <= last and tint.last <= last:
                end = max(end, tint.mark.end)
        return start, end

    def unit_places(self, first: int, last: int) -> tuple[int, int]:
        """Return where in the source the units `first` to `last` of one text stand."""
        return self.place(first)[0], self.place(last - 1)[1]

    def unit_range(self, start: int, end: int) -> tuple[int, int]:
        """Return the units that show the source from `start` to `end`; at least one where there is one."""
        first = max(0, self.unit_at(start + 1) - 1)
        last = max(first + 1, self.unit_at(end))
        return min(first, self._units), min(last, self._units)

    def mark_at(self, unit: int) -> Mark | None:
        """Return the innermost mark whose chip or text is at `unit`."""
        chip = self.chip_at(unit)
        if chip is not None:
            return chip
        around = [tint for tint in self.tints if tint.first <= unit < tint.last]
        return min(around, key=lambda tint: tint.last - tint.first).mark if around else None

    def unsure(self, first: int, last: int) -> list[tuple[int, int]]:
        """Return what is in sight of the units `first` to `last` and can be read in several ways, none of them given.

        Polyphones and numbers: ranges of units.
        """
        given = [
            (tint.first, tint.last) for tint in self.tints if tint.mark.tag in {"phoneme", "sub", "say-as"}
        ]
        found: list[tuple[int, int]] = []
        for piece in self.pieces:
            if piece.mark is not None or piece.last <= first or piece.first >= last:
                continue
            for pattern in (POLYPHONES, NUMBERS):
                for hit in pattern.finditer(self.source, piece.start, piece.end):
                    low, high = piece.unit_of(hit.start()), piece.unit_of(hit.end())
                    if low < last and high > first and not any(a <= low < b for a, b in given):
                        found.append((low, high))
        return found

    # Changes.

    def replaced(self, first: int, last: int, text: str) -> str:
        """Return the source with the units `first` to `last` replaced by typed `text`, its signs made safe."""
        return self.spliced(first, last, escape(LINE_BREAKS.sub(" ", text)))

    def spliced(self, first: int, last: int, fragment: str) -> str:
        """Return the source with the units `first` to `last` replaced by `fragment` of a source.

        A mark whose chip is removed loses its ends and keeps its text; one whose text is removed and not replaced
        goes with it.
        """
        cuts = self._made_safe(first, last)
        for piece in self.pieces:
            low, high = max(first, piece.first), min(last, piece.last)
            if low >= high:
                continue
            cuts.append((piece.place(low)[0], piece.place(high - 1)[1], ""))
            if piece.mark is not None:
                cuts.append((piece.mark.inner_end, piece.mark.end, ""))
        if not fragment:
            for tint in self.tints:
                if first <= tint.first < tint.last <= last:
                    cuts.append((tint.mark.start, tint.mark.inner_start, ""))
                    cuts.append((tint.mark.inner_end, tint.mark.end, ""))
        place = self.place(first)[0] if first < last else self.source_at(first)
        return _cut(self.source, cuts, place, fragment)

    def moved(self, first: int, last: int, to: int) -> tuple[str, int, int] | None:
        """Return the source with the units `first` to `last` moved to unit `to`, and where they then stand in it.

        Marks go along; None when nothing would move.
        """
        fragment = cut_out(self.source, *self.source_range(first, last))
        if first <= to <= last or not fragment:
            return None
        copied = Sheet(self.spliced(to, to, fragment))
        grown = len(copied) - len(self)
        cut = (first, last) if to >= last else (first + grown, last + grown)
        after = Sheet(copied.spliced(*cut, ""))
        begin = max(0, to - (len(copied) - len(after)) if to >= last else to)
        return after.source, *after.source_range(begin, min(len(after), begin + grown))

    def _made_safe(self, first: int, last: int) -> list[Cut]:
        """Write < and & that stand in the text as they are in their safe form, or typing beside them makes a mark."""
        cuts: list[Cut] = []
        for piece in (piece for piece in self.pieces if piece.edges):
            for found in _BARE.finditer(self.source, piece.start, piece.end):
                unit = piece.unit_of(found.start())
                is_kept = not first <= unit < last
                if is_kept and piece.place(unit) == found.span():
                    cuts.append((found.start(), found.end(), escape(found[0])))
        return cuts


@functools.lru_cache(maxsize=256)
def _shown_text(raw: str) -> tuple[str, tuple[int, ...]]:
    """Return what a text shows, and where each of its units begins in `raw`, with the end."""
    decoded, signs, edges = decode(raw), [], []
    for sign, start in zip(decoded.text, decoded.offsets, strict=False):
        shown = _shown(sign)
        signs.append(shown)
        edges.extend([start] * _units(shown))
    return "".join(signs), (*edges, len(raw))


Cut = tuple[int, int, str]
"""From where to where in a source, and what stands there instead."""


def _cut(source: str, cuts: list[Cut], place: int, fragment: str) -> str:
    """Return `source` with `cuts` carried out and `fragment` put at `place`."""
    kept: list[str] = []
    at = 0
    for start, end, instead in sorted([*cuts, (place, place, fragment)], key=lambda cut: cut[:2]):
        kept.extend((source[at : max(at, start)], instead))
        at = max(at, end)
    return "".join((*kept, source[at:]))


def _shown(sign: str) -> str:
    if LINE_BREAKS.fullmatch(sign):
        return LINE_SIGN
    number = ord(sign)
    hidden = number < 0x20 and sign != "\t"
    if hidden or sign == CHIP or 0xD800 <= number <= 0xDFFF or 0xFDD0 <= number <= 0xFDEF:
        return _UNSHOWABLE
    return sign


def _units(sign: str) -> int:
    return 2 if ord(sign) > 0xFFFF else 1
