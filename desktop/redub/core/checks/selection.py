"""Checks of the segment and the still intervals."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from redub.core.findings import Finding, Remedy
from redub.core.limits import SiteLimits, limits_for
from redub.core.outputplan import segment
from redub.core.saying import amount, error, info, warning
from redub.core.shot import MakeType, Selection, StillInterval

_START, _END, _STILLS = "VideoParam.StartTime", "VideoParam.EndTime", "VideoParam.DisableIntervals"

_RULES = limits_for("international")
VOID_START = _RULES["segment.start.void"].rule
_VOID_END = _RULES["segment.end.void"].rule
VOID_END = {
    MakeType.DEFAULT: f"{_VOID_END} With Default the whole clip is used.",
    MakeType.CIRCLE: f"{_VOID_END} With Circle the clip is used up to its end.",
    MakeType.CUSTOM_ONLY_START: f"{_VOID_END} With CustomOnlyStart the clip is used up to its end.",
}


def void_times(selection: Selection) -> Iterator[Finding]:
    """Yield the picked times that the make type ignores, each with the page's reason."""
    if selection.make_type is MakeType.DEFAULT and selection.start is not None:
        yield info("segment.start.void", _START, VOID_START, "Clear it, or choose Custom.", Remedy.CLEAR_VOID)
    if selection.make_type in VOID_END and selection.end is not None:
        said = VOID_END[selection.make_type]
        yield info("segment.end.void", _END, said, "Clear it, or choose Custom.", Remedy.CLEAR_VOID)


def check_segment(selection: Selection, duration: float | None, limits: SiteLimits) -> Iterator[Finding]:
    """Yield what is wrong with the part of the reference that was picked; `duration` None while unknown."""
    yield from void_times(selection)
    start = selection.start if selection.make_type is not MakeType.DEFAULT else None
    end = selection.end if selection.make_type is MakeType.CUSTOM else None
    if start is not None and end is not None and end <= start:
        yield _turned_round(start, end)
        return
    yield from _outside(start, end, duration)
    if selection.make_type is MakeType.CUSTOM:
        yield from _long_enough(selection, start, end, duration, limits)


def _turned_round(start: float, end: float) -> Finding:
    said = f"The segment ends ({amount(end, 's')}) before it begins ({amount(start, 's')})."
    return error("segment.order", _END, said, "Drag its end behind its start.", Remedy.WHOLE_CLIP)


def _outside(start: float | None, end: float | None, duration: float | None) -> Iterator[Finding]:
    if duration is None:
        return
    if start is not None and start >= duration:
        said = f"The segment begins at {amount(start, 's')}, but the clip lasts only {amount(duration, 's')}."
        yield error("segment.outside", _START, said, "Pick a start inside the clip.", Remedy.WHOLE_CLIP)
    if end is not None and end > duration + 0.0005:
        said = f"The segment ends at {amount(end, 's')}, but the clip lasts only {amount(duration, 's')}."
        yield error("segment.outside", _END, said, "End it where the clip ends.", Remedy.TRIM_SEGMENT)


def _long_enough(
    selection: Selection, start: float | None, end: float | None, duration: float | None, limits: SiteLimits
) -> Iterator[Finding]:
    limit = limits["segment.length"]
    if end is None and duration is None:
        return
    if duration is not None:
        low, high = segment(duration, selection)
    else:
        low, high = start or 0.0, end or 0.0
    if limit.too_low(round(high - low, 3)):
        said = f"{limit.rule} Here it is {amount(high - low, 's')}."
        yield error("segment.length.low", _START, said, "Make it longer.", Remedy.LONGER_SEGMENT)


def check_stills(
    stills: tuple[StillInterval, ...], selection: Selection, duration: float | None, limits: SiteLimits
) -> Iterator[Finding]:
    """Yield what is wrong with the still intervals: number, order, overlap, place."""
    limit = limits["stills.count"]
    if limit.too_high(len(stills)):
        said = f"{limit.rule} Here there are {len(stills)}."
        yield error("stills.count.high", _STILLS, said, "Join those that lie nearest.", Remedy.JOIN_STILLS)
    for still in stills:
        if still.end <= still.start or still.start < 0:
            said = f"The still interval {_named(still)} has no length; it must end after it begins."
            yield error("stills.empty", _STILLS, said, "Remove it.", Remedy.TRIM_STILLS)
    yield from _in_order(stills)
    if duration is not None:
        yield from _inside(stills, selection, duration)


def _in_order(stills: tuple[StillInterval, ...]) -> Iterator[Finding]:
    if any(left.start > right.start for left, right in pairwise(stills)):
        yield error(
            "stills.order",
            _STILLS,
            f"{_RULES['stills.order'].rule} Otherwise the service refuses the task.",
            "Put them in order.",
            Remedy.ORDER_STILLS,
        )
    elif any(left.end > right.start for left, right in pairwise(stills)):
        said = "Two still intervals overlap."
        yield error("stills.overlap", _STILLS, said, "Join them.", Remedy.ORDER_STILLS)


def _inside(stills: tuple[StillInterval, ...], selection: Selection, duration: float) -> Iterator[Finding]:
    low, high = segment(duration, selection)
    for still in stills:
        if still.end > duration + 0.0005:
            said = f"The still interval {_named(still)} reaches beyond the clip, which lasts {amount(duration, 's')}."
            yield error("stills.outside", _STILLS, said, "End it where the clip ends.", Remedy.TRIM_STILLS)
        elif still.end <= low or still.start >= high:
            said = f"The still interval {_named(still)} lies outside the segment and has no effect."
            yield warning("stills.void", _STILLS, said, "Remove it.", Remedy.TRIM_STILLS)


def _named(still: StillInterval) -> str:
    return f"{still.start:.3f} to {still.end:.3f} s"
