from __future__ import annotations

from redub.core.history import Edit
from redub.core.shot import MakeType, Selection, Shot, StillInterval
from redub.ui.timeline import drags
from support.reversible import reversible

STILLS = (StillInterval(1.0, 2.0), StillInterval(4.0, 5.0))
SHOT = Shot(selection=Selection(make_type=MakeType.CUSTOM, start=1.0, end=8.0), still_intervals=STILLS)


def stills_after(*row: Edit) -> list[tuple[float, float]]:
    shot = SHOT
    for edit in row:
        shot = edit.change(shot)
    return [(still.start, still.end) for still in shot.still_intervals]


def test_drag_segment_start__stops_before_the_end() -> None:
    shot = reversible(SHOT, drags.drag_segment_start(SHOT.selection, 9.0))

    assert shot.selection.start == 7.96


def test_drag_segment_end__stops_at_the_end_of_the_clip() -> None:
    assert reversible(SHOT, drags.drag_segment_end(SHOT.selection, 99.0, 10.0)).selection.end == 10.0


def test_drag_segment__keeps_its_length_inside_the_clip() -> None:
    moved = reversible(SHOT, drags.drag_segment(SHOT.selection, 6.0, 7.0, 10.0)).selection

    assert (moved.start, moved.end) == (3.0, 10.0)


def test_draw_still__pulling_back_gives_a_neighbour_free_again() -> None:
    swallowing = drags.draw_still(STILLS, 3.0, 4.5)
    pulled_back = drags.draw_still(STILLS, 3.0, 3.5)

    assert stills_after(swallowing) == [(1.0, 2.0), (3.0, 5.0)]
    assert stills_after(swallowing, pulled_back) == [(1.0, 2.0), (3.0, 3.5), (4.0, 5.0)]


def test_drag_still_start__neither_crosses_its_end_nor_a_neighbour() -> None:
    assert stills_after(drags.drag_still_start(STILLS, 1, 9.0))[1] == (4.96, 5.0)
    assert stills_after(drags.drag_still_start(STILLS, 1, 0.0))[1] == (2.04, 5.0)


def test_drag_still_end__coming_back_undoes_the_crossing() -> None:
    out, back = drags.drag_still_end(STILLS, 0, 99.0, 10.0), drags.drag_still_end(STILLS, 0, 2.5, 10.0)

    assert stills_after(out)[0] == (1.0, 3.96)
    assert stills_after(out, back)[0] == (1.0, 2.5)


def test_drag_still__stays_between_its_neighbours() -> None:
    assert stills_after(drags.drag_still(STILLS, 0, 3.9, 10.0))[0] == (2.96, 3.96)
    assert stills_after(drags.drag_still(STILLS, 1, 99.0, 10.0))[1] == (9.0, 10.0)


def test_type_still__is_a_step_of_its_own() -> None:
    edit = drags.type_still(STILLS, 0, 0.5, 1.5)

    assert edit.merge_key == ""
    assert stills_after(edit) == [(0.5, 1.5), (4.0, 5.0)]
