"""A part of a script that is heard alone: where its places lie in the whole, and when it is spoken there."""

from __future__ import annotations

from redub.core.shot import Take
from redub.core.ssml.document import Text, parse, walk
from redub.core.ssml.estimate import parts


def seconds_before(take: Take, start: int) -> float:
    """Return about when, in the whole of a script, what stands at `start` is spoken."""
    if start <= 0:
        return 0.0
    before = parts(take.script[:start], take.speech.speed, take.speech.language or "")
    return before.spoken + before.pauses


def part_offset(script: str, part: str, start: int) -> int:
    """Return what has to be added to places in `part` so that they are places in `script`.

    A part that was cut out of a mark repeats the mark's opening: then its text is what is looked for.
    """
    if script.startswith(part, start):
        return start
    found = script.find(part)
    return found if found >= 0 else start - _leading_marks(part)


def _leading_marks(part: str) -> int:
    """Return how many characters of marks stand before the first text of `part`."""
    texts = (node for node in walk(parse(part).nodes) if isinstance(node, Text))
    return next((text.start for text in texts), 0)
