"""What a script consists of: text, marks, and pieces that mean nothing, each with its exact place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Text as it is meant; `raw` is how the source writes it ("" for text that was never in a source)."""

    text: str
    start: int = 0
    end: int = 0
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark with what it holds.

    :ivar attributes: (name, decoded value) in the order of the source
    :ivar start: offset of its <; `end` is the offset behind the last > that belongs to it
    :ivar opening: the beginning as the source writes it, "" for a new mark; `closing` the end, "" when empty
    """

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Node, ...] = ()
    start: int = 0
    end: int = 0
    opening: str = ""
    closing: str = ""

    def get(self, name: str, default: str = "") -> str:
        """Return the value of the setting `name`."""
        return next((value for key, value in self.attributes if key == name), default)

    @property
    def inner_start(self) -> int:
        """Return the offset behind its beginning."""
        return self.start + len(self.opening)

    @property
    def inner_end(self) -> int:
        """Return the offset before its end."""
        return self.end - len(self.closing)


@dataclass(frozen=True, slots=True)
class Junk:
    """A piece that means nothing in a script (a stray end, a comment, a declaration), as it is written."""

    raw: str
    start: int = 0
    end: int = 0


Node = Text | Mark | Junk


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield every node, outer before inner, in the order of the source."""
    for node in nodes:
        yield node
        if isinstance(node, Mark):
            yield from walk(node.children)


def moved(nodes: Iterable[Node], by: int) -> tuple[Node, ...]:
    """Return `nodes` as they are when the source has grown by `by` characters before them."""
    return tuple(_moved(node, by) for node in nodes)


def _moved(node: Node, by: int) -> Node:
    start, end = node.start + by, node.end + by
    if isinstance(node, Text):
        return Text(node.text, start, end, node.raw)
    if isinstance(node, Junk):
        return Junk(node.raw, start, end)
    children = tuple(_moved(child, by) for child in node.children) if node.children else ()
    return Mark(node.tag, node.attributes, children, start, end, node.opening, node.closing)
