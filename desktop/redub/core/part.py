"""Only what is used: the part of a clip that has to be converted and sent, and the shot as it is sent then.

The part begins on a picture whose time has no more than three decimals, so that times on the wire move by exactly
as much as the pictures do: the plan of the part is the plan of the whole, frame for frame.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from redub.core.clip import ClipFacts
from redub.core.conversion import Decision, EncodeSettings, Kind, decide
from redub.core.forecast import likely_seconds
from redub.core.outputplan import segment
from redub.core.shot import MakeType, Selection, Shot, StillInterval
from redub.core.timemap import SAME, TimeMap
from redub.core.times import millis

HANDLE = 2.0
"""Seconds that are kept on both sides of what is used, so that edges can be moved without a new conversion."""
WORTH = 60.0
"""Seconds of work that have to be saved before only the part is sent without being asked."""
_PLACES_TO_LOOK = 240
_EXACT = 1e-6


@dataclass(frozen=True, slots=True)
class Part:
    """From `start` to `end`, seconds of the reference; `start` is the time of a picture."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        """Return how long the part lasts."""
        return self.end - self.start


def used_part(facts: ClipFacts, selection: Selection) -> Part | None:
    """Return the part of the clip that the make type uses, with handles; None when that is all of it."""
    if facts.video is None or facts.duration <= 0 or selection.make_type is MakeType.DEFAULT:
        return None
    low, high = segment(facts.duration, selection)
    rate = float(decide(facts).rate) or facts.video.frame_rate or 25.0
    start = _picture_before(max(0.0, low - HANDLE), rate)
    end = min(facts.duration, math.ceil((high + HANDLE) * rate - _EXACT) / rate)
    if start <= 0 and end >= facts.duration - 1 / rate:
        return None
    return Part(start, end)


def sent_part(
    facts: ClipFacts,
    selection: Selection,
    *,
    too_much: bool = False,
    speed: float = 0.0,
    settings: EncodeSettings | None = None,
) -> Part | None:
    """Return the part that is sent instead of the whole clip; None when the whole one is.

    :param too_much: the whole clip is longer or larger than the service takes
    :param speed: pixels a second that this machine encodes, 0 when that was not measured yet
    """
    if selection.only_part is False:
        return None
    part = used_part(facts, selection)
    if part is None or selection.only_part or too_much:
        return part
    return part if seconds_saved(facts, part, speed, settings) > WORTH else None


def seconds_saved(
    facts: ClipFacts, part: Part, speed: float = 0.0, settings: EncodeSettings | None = None
) -> float:
    """Return how many seconds of conversion are saved by leaving the rest of the clip out."""
    whole = decide(facts, settings=settings)
    if whole.kind is not Kind.RE_ENCODE:
        return 0.0
    return likely_seconds(facts, whole, facts.duration - part.seconds, speed)


def decide_part(facts: ClipFacts, part: Part, settings: EncodeSettings | None = None) -> Decision:
    """Return what is done to a clip of which only `part` is sent: an exact cut needs a new encode."""
    whole = decide(facts, settings=settings, encode_anyway=True)
    reason = f"Only {part.start:.3f} to {part.end:.3f} s of the clip is used, so only that is converted."
    return replace(whole, reasons=(*whole.reasons, reason))


def as_sent(shot: Shot, part: Part | None, clock: TimeMap = SAME) -> Shot:
    """Return the shot whose times are those of the converted clip.

    :param part: what the converted clip begins and ends with; None for the whole clip
    :param clock: seconds of the part of the source -> seconds of the converted clip
    """
    if part is None and clock is SAME:
        return shot
    begin, length = (part.start, part.seconds) if part else (0.0, math.inf)

    def moved(moment: float) -> float:
        return millis(clock.at(min(length, max(0.0, moment - begin))))

    selection = shot.selection
    start = None if selection.start is None else moved(selection.start)
    end = None if selection.end is None else moved(selection.end)
    inside = [still for still in shot.still_intervals if still.end > begin and still.start < begin + length]
    stills = tuple(StillInterval(moved(still.start), moved(still.end)) for still in inside)
    return replace(
        shot, selection=replace(selection, start=start, end=end, only_part=None), still_intervals=stills
    )


def _picture_before(moment: float, rate: float) -> float:
    """Return the time of a picture at or a little before `moment`, exact in thousandths where one is."""
    last = math.floor(moment * rate + _EXACT)
    places = range(last, max(-1, last - _PLACES_TO_LOOK), -1)
    best = min(places, key=lambda place: (_inexact(place / rate), -place), default=0)
    return max(0.0, best / rate)


def _inexact(seconds: float) -> float:
    """Return how far a time is from whole thousandths, in steps too small to matter."""
    return round(abs(seconds - round(seconds, 3)), 7)
