"""The edits that the timeline asks for: what a drag, a key or a typed time makes of the shot.

A drag is a row of edits with one merge key. Each is computed from the still intervals as they were when the drag
began, so that pulling an edge back undoes what it had swallowed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from redub.core import edits, quiet
from redub.core.history import Edit
from redub.core.quiet import Quiet
from redub.core.shot import Selection, Shot, StillInterval
from redub.core.times import millis
from redub.i18n import _

Stills = tuple[StillInterval, ...]


def drag_segment_start(selection: Selection, seconds: float) -> Edit:
    """Begin the segment at `seconds`, never behind its end."""
    held = seconds if selection.end is None else min(seconds, selection.end - edits.SHORTEST_STILL)
    return Edit(_("Move segment start"), lambda shot: edits.pick_start(shot, max(0.0, held)), "segment:start")


def drag_segment_end(selection: Selection, seconds: float, duration: float) -> Edit:
    """End the segment at `seconds`, never before its start nor behind the clip."""
    held = min(max(seconds, (selection.start or 0.0) + edits.SHORTEST_STILL), duration)
    return Edit(_("Move segment end"), lambda shot: edits.pick_end(shot, held), "segment:end")


def drag_segment(selection: Selection, start: float, length: float, duration: float) -> Edit:
    """Move the segment to `start`, its length kept inside the clip; one without an end moves its start only."""
    begin = min(max(0.0, start), max(0.0, duration - length))
    end = None if selection.end is None else millis(begin + length)
    moved = replace(selection, start=begin, end=end)
    return Edit(_("Move segment"), lambda shot: edits.set_selection(shot, moved), "segment:body")


def pick_segment(start: float, end: float, merge_key: str = "segment:new") -> Edit:
    """Use `start` to `end`."""
    return Edit(_("Pick segment"), lambda shot: edits.pick_segment(shot, start, end), merge_key)


def pick_quiet(part: Quiet) -> Edit:
    """Use a quiet part as the segment."""
    return Edit(
        _("Select the longest quiet part"), lambda shot: edits.pick_segment(shot, part.start, part.end)
    )


def still_quiet(parts: Sequence[Quiet], most: int) -> Edit:
    """Leave the lips as filmed in the longest of `parts`."""
    return Edit(_("Mark silence as still"), lambda shot: quiet.mark_still(shot, parts, most))


def draw_still(stills: Stills, start: float, end: float) -> Edit:
    """Add a still interval while it is being drawn; touching ones are joined."""
    return Edit(
        _("Mark still"),
        lambda shot: _with(shot, edits.add_still(_with(shot, stills), start, end)),
        "still:new",
    )


def drag_still_start(stills: Stills, index: int, seconds: float) -> Edit:
    """Give interval `index` another start, held behind its left neighbour and before its own end."""
    end = stills[index].end
    return _resize(
        stills, index, min(seconds, end - edits.SHORTEST_STILL), end, _("Move still start"), "start"
    )


def drag_still_end(stills: Stills, index: int, seconds: float, duration: float) -> Edit:
    """Give interval `index` another end, held before its right neighbour and inside the clip."""
    start = stills[index].start
    end = min(max(seconds, start + edits.SHORTEST_STILL), duration)
    return _resize(stills, index, start, end, _("Move still end"), "end")


def drag_still(stills: Stills, index: int, start: float, duration: float) -> Edit:
    """Move interval `index` to `start`, its length kept inside the clip and apart from its neighbours."""
    length = stills[index].end - stills[index].start
    begin = min(max(0.0, start), max(0.0, duration - length))

    def change(shot: Shot) -> Shot:
        return _with(shot, edits.move_still(_with(shot, stills), index, begin))

    return Edit(_("Move still"), change, f"still:{index}:body")


def type_still(stills: Stills, index: int, start: float, end: float) -> Edit:
    """Give interval `index` typed times; the others stay, joined where they touch."""
    others = (*stills[:index], *stills[index + 1 :])

    def change(shot: Shot) -> Shot:
        return edits.add_still(_with(shot, others), start, end)

    return Edit(_("Type still"), change)


def remove_still(index: int) -> Edit:
    """Drive the lips in interval `index` again."""
    return Edit(_("Remove still"), lambda shot: edits.remove_still(shot, index))


def split_still(index: int, at: float) -> Edit:
    """Cut interval `index` in two at `at`."""
    return Edit(_("Split still"), lambda shot: edits.split_still(shot, index, at))


def _resize(stills: Stills, index: int, start: float, end: float, label: str, edge: str) -> Edit:
    def change(shot: Shot) -> Shot:
        return _with(shot, edits.resize_still(_with(shot, stills), index, start, end))

    return Edit(label, change, f"still:{index}:{edge}")


def _with(shot: Shot, stills: Stills | Shot) -> Shot:
    """Return `shot` with the still intervals given, or with those of another shot."""
    return replace(shot, still_intervals=stills.still_intervals if isinstance(stills, Shot) else stills)
