"""What the creator sees of a script: signs and chips, each standing for a piece of the source (InputSsml).

A `Sheet` maps places on screen to places in the source and back, and says what the source becomes when the creator
types, deletes or pastes. Places on screen are counted as Qt counts them (UTF-16 units).

A mark around text is one chip before that text; a mark without text is one chip. Closing ends take no place: typing
at the end of a mark's text goes behind the mark.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from dataclasses import dataclass

from redub.core.ssml.document import Document, Junk, Mark, Node, parse
from redub.core.ssml.tokens import LINE_BREAKS, decode, escape

CHIP = "\ufffc"
LINE_SIGN = "\u23ce"
"""Shown for a line break in the source, which the service does not take."""
_UNSHOWABLE = "\ufffd"


@dataclass(frozen=True, slots=True)
class Cell:
    """One sign or chip: what it stands for in the source; `mark` for chips."""

    start: int
    end: int
    mark: Mark | None = None


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
    :ivar cells: one for each unit of `text`
    :ivar tints: marks around text, outer before inner
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.document: Document = parse(source)
        self._signs: list[str] = []
        self.cells: list[Cell] = []
        self.tints: list[Tint] = []
        self._lay(self.document.nodes)
        self.text = "".join(self._signs)
        self._starts = [cell.start for cell in self.cells]

    def _lay(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            if isinstance(node, Mark):
                self._lay_mark(node)
            elif isinstance(node, Junk):
                self._lay_mark(Mark(node.raw, start=node.start, end=node.end, opening=node.raw))
            else:
                decoded = decode(node.raw)
                self._lay_text(decoded.text, [node.start + offset for offset in decoded.offsets])

    def _lay_text(self, text: str, edges: Iterable[int]) -> None:
        places = list(edges)
        for sign, start, end in zip(text, places, places[1:], strict=False):
            shown = _shown(sign)
            self._signs.append(shown)
            self.cells.extend([Cell(start, end)] * _units(shown))

    def _lay_mark(self, mark: Mark) -> None:
        holds = bool(mark.closing or mark.children)
        self._signs.append(CHIP)
        self.cells.append(Cell(mark.start, mark.inner_start if holds else mark.end, mark))
        first = len(self.cells)
        self._lay(mark.children)
        if holds:
            self.tints.append(Tint(first, len(self.cells), mark))

    # Places.

    @property
    def end(self) -> int:
        """Return where text goes that is typed behind everything: inside of speak, when that is around it all."""
        last = self.document.nodes[-1] if self.document.nodes else None
        if isinstance(last, Mark) and last.tag == "speak" and last.closing:
            return last.inner_end
        return len(self.source)

    def source_at(self, unit: int) -> int:
        """Return where in the source text goes that is typed at `unit`."""
        before = self.cells[unit - 1].mark if 0 < unit <= len(self.cells) else None
        if before is not None and before.closing and before.inner_start == before.inner_end:
            return before.inner_start
        return self.cells[unit].start if unit < len(self.cells) else self.end

    def unit_at(self, offset: int) -> int:
        """Return the unit on screen that shows the source from `offset` on."""
        return bisect.bisect_left(self._starts, offset)

    def source_range(self, first: int, last: int) -> tuple[int, int]:
        """Return what the units `first` to `last` stand for; a mark whose chip and text are in it counts whole."""
        if first >= last:
            place = self.source_at(first)
            return place, place
        start, end = self.cells[first].start, self.cells[last - 1].end
        for tint in self.tints:
            if first < tint.first <= last and tint.last <= last:
                end = max(end, tint.mark.end)
        return start, end

    def unit_range(self, start: int, end: int) -> tuple[int, int]:
        """Return the units that show the source from `start` to `end`; at least one where there is one."""
        first = max(0, bisect.bisect_right(self._starts, start) - 1)
        last = max(first + 1, bisect.bisect_left(self._starts, end))
        return min(first, len(self.cells)), min(last, len(self.cells))

    def mark_at(self, unit: int) -> Mark | None:
        """Return the innermost mark whose chip or text is at `unit`."""
        if 0 <= unit < len(self.cells) and self.cells[unit].mark is not None:
            return self.cells[unit].mark
        around = [tint for tint in self.tints if tint.first <= unit < tint.last]
        return min(around, key=lambda tint: tint.last - tint.first).mark if around else None

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
        for cell in self.cells[first:last]:
            cuts.append((cell.start, cell.end, ""))
            if cell.mark is not None:
                cuts.append((cell.mark.inner_end, cell.mark.end, ""))
        if not fragment:
            for tint in self.tints:
                if first <= tint.first < tint.last <= last:
                    cuts.append((tint.mark.start, tint.mark.inner_start, ""))
                    cuts.append((tint.mark.inner_end, tint.mark.end, ""))
        place = self.cells[first].start if first < last else self.source_at(first)
        return _cut(self.source, cuts, place, fragment)

    def _made_safe(self, first: int, last: int) -> list[Cut]:
        """Write < and & that stand in the text as they are in their safe form, or typing beside them makes a mark."""
        kept = (*self.cells[:first], *self.cells[last:])
        bare = [
            cell for cell in kept if cell.mark is None and self.source[cell.start : cell.end] in {"<", "&"}
        ]
        return [(cell.start, cell.end, escape(self.source[cell.start : cell.end])) for cell in bare]


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


@dataclass(frozen=True, slots=True)
class Change:
    """Units `first` to `last` of an old text became `text`."""

    first: int
    last: int
    text: str


def change_between(old: str, new: str, caret: int | None = None) -> Change | None:
    """Return the smallest change from `old` to `new` (UTF-16 strings as lists of units); None when they are equal.

    :param caret: where the caret stands after the change: it tells which of several equal letters was typed
    """
    if old == new:
        return None
    before, after = units(old), units(new)
    most = min(len(before), len(after))
    room = most if caret is None else min(most, len(after) - caret)
    tail = 0
    while tail < room and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    head = 0
    while head < most - tail and before[head] == after[head]:
        head += 1
    while tail < most - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return Change(head, len(before) - tail, joined(after[head : len(after) - tail]))


def units(text: str) -> list[int]:
    """Return the UTF-16 units of `text`."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return [raw[place] | raw[place + 1] << 8 for place in range(0, len(raw), 2)]


def joined(row: list[int]) -> str:
    """Return the text that UTF-16 units stand for."""
    return b"".join(unit.to_bytes(2, "little") for unit in row).decode("utf-16-le", "surrogatepass")


def unit_of(text: str, offset: int) -> int:
    """Return the UTF-16 unit at which character `offset` of `text` begins."""
    return len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2


def offset_of(text: str, unit: int) -> int:
    """Return the character of `text` that begins at UTF-16 unit `unit`."""
    return len(joined(units(text)[:unit]))
