"""How long a conversion will take, and how large its result will be."""

from __future__ import annotations

from redub.core.clip import ClipFacts
from redub.core.conversion import Decision, Kind

USUAL_SPEED = 25_000_000.0
"""Pixels a second that are encoded on an ordinary machine, until its own speed was measured."""
_REMUX_SPEED = 100_000_000.0
"""Bytes a second that are copied from one container into another."""
_ROUGH_BYTES = 0.02


def likely_seconds(
    facts: ClipFacts, decision: Decision, seconds: float | None = None, speed: float = 0.0
) -> float:
    """Estimate how long it takes to do what was decided.

    :param seconds: of the clip that are converted; all of it when left out
    :param speed: pixels a second that this machine encodes, 0 when that was not measured yet
    """
    if not decision.needed or facts.video is None:
        return 0.0
    long = facts.duration if seconds is None else seconds
    if decision.kind is not Kind.RE_ENCODE:
        return facts.size / _REMUX_SPEED * (long / facts.duration if facts.duration else 1.0)
    rate = max(float(decision.rate), facts.video.frame_rate)
    return decision.width * decision.height * rate * long / (speed or USUAL_SPEED)


def likely_bytes(facts: ClipFacts, decision: Decision, seconds: float | None = None) -> int:
    """Estimate the bytes of the result: as the source when its pictures are copied, else by its pixels."""
    if decision.kind is not Kind.RE_ENCODE or facts.video is None:
        return facts.size
    long = facts.duration if seconds is None else seconds
    rate = float(decision.rate) or facts.video.frame_rate
    return int(decision.width * decision.height * rate * long * _ROUGH_BYTES)
