"""Places as Qt counts them, in UTF-16 units, and the smallest change between two texts."""

from __future__ import annotations

from dataclasses import dataclass

from redub.core.ssml.rereading import same_end, same_start


@dataclass(frozen=True, slots=True)
class Change:
    """Units `first` to `last` of an old text became `text`."""

    first: int
    last: int
    text: str


def change_between(old: str, new: str, caret: int | None = None) -> Change | None:
    """Return the smallest change from `old` to `new`, in UTF-16 units; None when they are equal.

    :param caret: where the caret stands after the change: it tells which of several equal letters was typed
    """
    if old == new:
        return None
    before, after = _wide(old), _wide(new)
    most = min(len(before), len(after)) // 2
    room = most if caret is None else min(most, len(after) // 2 - caret)
    tail = min(room, same_end(before, after) // 2)
    head = min(most - tail, same_start(before, after) // 2)
    tail = min(most - head, same_end(before, after) // 2)
    return Change(head, len(before) // 2 - tail, _narrow(after[2 * head : len(after) - 2 * tail]))


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _narrow(raw: bytes) -> str:
    return raw.decode("utf-16-le", "surrogatepass")


def unit_of(text: str, offset: int) -> int:
    """Return the UTF-16 unit at which character `offset` of `text` begins."""
    return offset if text.isascii() else len(_wide(text[:offset])) // 2


def offset_of(text: str, unit: int) -> int:
    """Return the character of `text` that begins at UTF-16 unit `unit`."""
    return unit if text.isascii() else len(_narrow(_wide(text)[: 2 * unit]))
