"""The edits: every change that can be made to a shot, each a function that returns the changed shot.

To add one: 1. write the function here, shot first; 2. let a widget or the command line wrap it in an `Edit`;
3. test it with `reversible` of tests/support.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from redub.core.shot import (
    Letters,
    MakeType,
    Options,
    Selection,
    Shot,
    Source,
    Speech,
    StillInterval,
    Take,
)
from redub.core.times import millis

SHORTEST_STILL = 0.04
"""Seconds: one frame at the service's own 25 frames a second; shorter cannot be seen."""


def set_reference(shot: Shot, reference: Source | None) -> Shot:
    """Use another reference clip; times that were picked stay, so that a better copy can be put in."""
    return replace(shot, reference=reference)


def set_selection(shot: Shot, selection: Selection) -> Shot:
    """Use another part of the reference; times are rounded to three decimals."""
    start = None if selection.start is None else millis(max(0.0, selection.start))
    end = None if selection.end is None else millis(max(0.0, selection.end))
    return replace(shot, selection=replace(selection, start=start, end=end))


def set_make_type(shot: Shot, make_type: MakeType) -> Shot:
    """Choose how the reference is used (MakeType); picked times are kept."""
    return replace(shot, selection=replace(shot.selection, make_type=make_type))


def pick_start(shot: Shot, start: float) -> Shot:
    """Begin the segment at `start`; where the make type would ignore that, it becomes Custom."""
    make_type = _that_uses_start(shot.selection.make_type)
    return set_selection(shot, replace(shot.selection, make_type=make_type, start=start))


def pick_end(shot: Shot, end: float) -> Shot:
    """End the segment at `end`; only Custom has an end, so the make type becomes Custom."""
    return set_selection(shot, replace(shot.selection, make_type=MakeType.CUSTOM, end=end))


def pick_segment(shot: Shot, start: float, end: float) -> Shot:
    """Use the part from `start` to `end` (Custom)."""
    low, high = sorted((start, end))
    return set_selection(shot, replace(shot.selection, make_type=MakeType.CUSTOM, start=low, end=high))


def send_only_part(shot: Shot, only_part: bool | None) -> Shot:
    """Convert and send only the part that is used, the whole clip, or what saves more (None)."""
    return replace(shot, selection=replace(shot.selection, only_part=only_part))


def use_whole_clip(shot: Shot) -> Shot:
    """Use the whole reference (Default) and forget picked times."""
    return replace(shot, selection=Selection())


def _that_uses_start(make_type: MakeType) -> MakeType:
    return MakeType.CUSTOM if make_type is MakeType.DEFAULT else make_type


def add_still(shot: Shot, start: float, end: float) -> Shot:
    """Leave the lips as filmed from `start` to `end`; kept in order, joined with intervals that it touches."""
    low, high = (millis(max(0.0, edge)) for edge in sorted((start, end)))
    if high - low < SHORTEST_STILL:
        high = millis(low + SHORTEST_STILL)
    touching = [still for still in shot.still_intervals if still.start <= high and still.end >= low]
    apart = [still for still in shot.still_intervals if still not in touching]
    joined = StillInterval(
        min([low, *(still.start for still in touching)]), max([high, *(still.end for still in touching)])
    )
    return replace(shot, still_intervals=tuple(sorted([*apart, joined])))


def resize_still(shot: Shot, index: int, start: float, end: float) -> Shot:
    """Give interval `index` other edges, held a frame apart from its neighbours: two that touch are one."""
    stills = shot.still_intervals
    floor, ceiling = _room(stills, index)
    low, high = sorted((start, end))
    low, high = max(floor, low), min(ceiling, high)
    if high - low < SHORTEST_STILL:
        return shot
    moved = StillInterval(millis(low), millis(high))
    return replace(shot, still_intervals=(*stills[:index], moved, *stills[index + 1 :]))


def move_still(shot: Shot, index: int, start: float) -> Shot:
    """Move interval `index` to `start`, its length kept, stopping at its neighbours."""
    stills = shot.still_intervals
    length = stills[index].end - stills[index].start
    floor, ceiling = _room(stills, index)
    low = max(floor, min(start, ceiling - length))
    return resize_still(shot, index, low, low + length)


def _room(stills: tuple[StillInterval, ...], index: int) -> tuple[float, float]:
    """Return between which moments interval `index` may lie; an edge that is nearer to a neighbour may stay there."""
    floor = stills[index - 1].end + SHORTEST_STILL if index else 0.0
    ceiling = stills[index + 1].start - SHORTEST_STILL if index + 1 < len(stills) else float("inf")
    return min(floor, stills[index].start), max(ceiling, stills[index].end)


def split_still(shot: Shot, index: int, at: float) -> Shot:
    """Cut interval `index` in two around `at`, one frame apart; unchanged when a part would be too short."""
    still = shot.still_intervals[index]
    left = StillInterval(still.start, millis(at - SHORTEST_STILL / 2))
    right = StillInterval(millis(at + SHORTEST_STILL / 2), still.end)
    if min(left.end - left.start, right.end - right.start) < SHORTEST_STILL:
        return shot
    stills = shot.still_intervals
    return replace(shot, still_intervals=(*stills[:index], left, right, *stills[index + 1 :]))


def remove_still(shot: Shot, index: int) -> Shot:
    """Drive the lips in interval `index` again."""
    stills = shot.still_intervals
    return replace(shot, still_intervals=(*stills[:index], *stills[index + 1 :]))


def set_stills(shot: Shot, stills: tuple[StillInterval, ...]) -> Shot:
    """Use exactly `stills`, in the order given; the check names what the service would refuse."""
    rounded = tuple(StillInterval(millis(still.start), millis(still.end)) for still in stills)
    return replace(shot, still_intervals=rounded)


def order_stills(shot: Shot) -> Shot:
    """Put the still intervals in order and join those that overlap."""
    ordered = replace(shot, still_intervals=())
    for still in sorted(shot.still_intervals):
        ordered = add_still(ordered, still.start, still.end)
    return ordered


def clear_void(shot: Shot) -> Shot:
    """Forget the picked times that the make type ignores."""
    selection = shot.selection
    start = None if selection.make_type is MakeType.DEFAULT else selection.start
    end = selection.end if selection.make_type is MakeType.CUSTOM else None
    return replace(shot, selection=replace(selection, start=start, end=end))


def add_take(shot: Shot, take: Take) -> Shot:
    """Append `take`; its id must be new."""
    return replace(shot, takes=(*shot.takes, take))


def remove_take(shot: Shot, take_id: str) -> Shot:
    """Remove one take; tasks that were made of it stay in the history of tasks."""
    return replace(shot, takes=tuple(take for take in shot.takes if take.id != take_id))


def move_take(shot: Shot, take_id: str, place: int) -> Shot:
    """Put a take at `place` in the list, counted from 0."""
    others = [take for take in shot.takes if take.id != take_id]
    others.insert(place, shot.take(take_id))
    return replace(shot, takes=tuple(others))


def duplicate_take(shot: Shot, take_id: str, new_id: str, name: str) -> Shot:
    """Put a copy of a take behind it."""
    place = [take.id for take in shot.takes].index(take_id) + 1
    copy = replace(shot.take(take_id), id=new_id, name=name)
    return replace(shot, takes=(*shot.takes[:place], copy, *shot.takes[place:]))


def rename_take(shot: Shot, take_id: str, name: str) -> Shot:
    """Call a take `name`."""
    return shot.with_take(replace(shot.take(take_id), name=name))


def split_take(shot: Shot, take_id: str, scripts: Sequence[str], new_ids: Sequence[str], name: str) -> Shot:
    """Let several takes say `scripts` instead of one: the take keeps the first, copies behind it the others.

    :param new_ids: ids for the copies, one fewer than `scripts`
    :param name: what they are called: {name} is what the whole is called, {n} the number of each, {total} how many
    """
    whole = shot.take(take_id)
    parts = tuple(
        replace(
            whole, id=part_id, name=name.format(name=whole.name, n=number, total=len(scripts)), script=script
        )
        for number, (part_id, script) in enumerate(zip((take_id, *new_ids), scripts, strict=True), 1)
    )
    place = [take.id for take in shot.takes].index(take_id)
    return replace(shot, takes=(*shot.takes[:place], *parts, *shot.takes[place + 1 :]))


def set_script(shot: Shot, take_id: str, script: str) -> Shot:
    """Let a take say `script` (InputSsml)."""
    return shot.with_take(replace(shot.take(take_id), script=script))


def set_take(shot: Shot, take: Take) -> Shot:
    """Replace the take of the same id (driver, recording and the like)."""
    return shot.with_take(take)


def set_speech(shot: Shot, take_id: str, speech: Speech) -> Shot:
    """Let a take be spoken as `speech` says (SpeechParam)."""
    return shot.with_take(replace(shot.take(take_id), speech=speech))


def set_options(shot: Shot, take_id: str, options: Options) -> Shot:
    """Give a take other options."""
    return shot.with_take(replace(shot.take(take_id), options=options))


def set_letters(shot: Shot, letters: Letters) -> Shot:
    """Use other letters of authorization."""
    return replace(shot, letters=letters)
