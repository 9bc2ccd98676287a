"""Read a script anew after a small change: only the marks that the change touches are read again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from redub.core.ssml.building import Builder
from redub.core.ssml.nodes import Mark, Node, Text, moved
from redub.core.ssml.problems import Problem

_LOCAL = frozenset(
    {
        "attribute_quotes",
        "attribute_syntax",
        "cdata_end",
        "character_reference",
        "control_character",
        "duplicate_attribute",
        "entity",
        "raw_ampersand",
    }
)
"""Problems that lie inside one mark or one text and say nothing about where others begin or end."""

Read = tuple[tuple[Node, ...], tuple[Problem, ...]]


class WasRead(Protocol):
    """A script that was read: a `Document`."""

    @property
    def source(self) -> str:
        """Return the script."""

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Return what it consists of."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what was wrong with how it is written."""


def reread(before: WasRead, source: str) -> Read | None:
    """Return the nodes and the problems of `source`, made from those of the script `before`.

    None when that cannot be done for certain: marks that do not end, cross each other or are no marks reach further
    than themselves, and everything has to be read.
    """
    if any(one.code not in _LOCAL for one in before.problems):
        return None
    low, high, grown = _changed(before.source, source)
    return _reread(before, before.nodes, source, (low, high, grown), 0)


def _changed(before: str, after: str) -> tuple[int, int, int]:
    """Return the range of `before` that became another text, and by how much the whole has grown."""
    low = same_start(before, after)
    tail = min(same_end(before, after), min(len(before), len(after)) - low)
    return low, len(before) - tail, len(after) - len(before)


def same_start(one: str | bytes, other: str | bytes) -> int:
    """Return how many characters two texts have in common at their start."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def same_end(one: str | bytes, other: str | bytes) -> int:
    """Return how many characters two texts have in common at their end."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def _reread(
    before: WasRead, nodes: Sequence[Node], source: str, change: tuple[int, int, int], depth: int
) -> Read | None:
    low, high, grown = change
    around = next((place for place, node in enumerate(nodes) if _holds(node, low, high)), None)
    if around is None:
        return _reread_here(before, nodes, source, change, depth)
    speak = nodes[around]
    if depth or not isinstance(speak, Mark):
        return None
    inner = _reread(before, speak.children, source, change, 1)
    if inner is None:
        return None
    larger = Mark(
        speak.tag, speak.attributes, inner[0], speak.start, speak.end + grown, speak.opening, speak.closing
    )
    return (*nodes[:around], larger, *moved(nodes[around + 1 :], grown)), inner[1]


def _holds(node: Node, low: int, high: int) -> bool:
    """Say whether a change lies within a mark that may stand around a whole script."""
    within = isinstance(node, Mark) and node.tag == "speak" and bool(node.closing)
    return within and isinstance(node, Mark) and node.inner_start <= low and high <= node.inner_end


def _reread_here(
    before: WasRead, nodes: Sequence[Node], source: str, change: tuple[int, int, int], depth: int
) -> Read | None:
    low, high, grown = change
    touched = [place for place, node in enumerate(nodes) if node.end >= low and node.start <= high]
    if not touched:
        return None
    first, last = touched[0], touched[-1] + 1
    if last < len(nodes) and not isinstance(nodes[last - 1], Text):
        last += (
            1  # A quotation mark that was opened may reach through the text that follows, but never past a <.
        )
    start, end = nodes[first].start, nodes[last - 1].end
    builder = Builder(source[start : end + grown], depth)
    fresh = moved(builder.build(), start)
    if any(one.code not in _LOCAL for one in builder.problems):
        return None
    made = (*nodes[:first], *fresh, *moved(nodes[last:], grown))
    seams = (made[first - 1 : first + 1], made[first + len(fresh) - 1 : first + len(fresh) + 1])
    if any(len(seam) == 2 and all(isinstance(node, Text) for node in seam) for seam in seams):
        return None
    kept = [one for one in before.problems if one.end <= start]
    behind = [one.moved(grown) for one in before.problems if one.start >= end]
    found = [*kept, *(one.moved(start) for one in builder.problems), *behind]
    return made, tuple(sorted(found, key=lambda one: (one.start, one.end)))
