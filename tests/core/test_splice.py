from __future__ import annotations

import pytest

from redub.core.outputplan import Footage, plan_output
from redub.core.shot import MakeType, Options, Selection, Shot, VideoLoop
from redub.core.splice import (
    Jump,
    Visibility,
    best_edge,
    edge_candidates,
    improve_splice,
    splices_of,
)
from support.reversible import reversible

FOOTAGE = Footage(duration=6.0, width=320, height=240, fps=25)
TIMES = tuple(number / 25 for number in range(201))


@pytest.mark.parametrize(
    "jump, visibility",
    [
        (Jump(), Visibility.HARDLY),
        (Jump(shift=0.003, light=0.007, change=0.05), Visibility.HARDLY),
        (Jump(shift=0.005), Visibility.SMALL),
        (Jump(light=0.01), Visibility.SMALL),
        (Jump(change=0.1), Visibility.SMALL),
        (Jump(shift=0.02), Visibility.VISIBLE),
        (Jump(light=0.03), Visibility.VISIBLE),
        (Jump(change=0.2), Visibility.VISIBLE),
    ],
)
def test_visibility__is_that_of_the_worst(jump: Jump, visibility: Visibility) -> None:
    assert jump.visibility is visibility


def test_splices__a_turn_shows_the_same_picture_twice() -> None:
    plan = plan_output(FOOTAGE, Selection(), (), Options(), 14.0)

    first, second = splices_of(plan)

    assert (first.out_time, first.turns, first.before_back, first.after_back) == (6.0, True, False, True)
    assert (first.before, first.after) == pytest.approx((5.96, 6.0))
    assert (second.out_time, second.before_back, second.after_back) == (12.0, True, False)
    assert (second.before, second.after) == pytest.approx((0.04, 0.0))


def test_splices__a_jump_goes_from_the_end_to_the_start() -> None:
    selection = Selection(make_type=MakeType.CUSTOM, start=0.4, end=5.6)
    plan = plan_output(FOOTAGE, selection, (), Options(loop=VideoLoop.FORWARD), 8.0)

    (only,) = splices_of(plan)

    assert not only.turns
    assert (only.out_time, only.before, only.after) == pytest.approx((5.2, 5.56, 0.4))


def test_splices__none_without_a_turn() -> None:
    assert splices_of(plan_output(FOOTAGE, Selection(), (), Options(), 5.0)) == ()


def test_edges__within_half_a_second_nearest_first_and_longer_than_allowed() -> None:
    segments = edge_candidates(TIMES, start=0.52, end=5.8, shortest=5.0)

    assert segments[:5] == ((0.52, 5.8), (0.48, 5.8), (0.52, 5.76), (0.52, 5.84), (0.56, 5.8))
    assert {end for start, end in segments if start == 0.52} >= {5.56, 6.28}
    assert {start for start, end in segments if end == 5.8} >= {0.04, 0.76}
    assert all(start == 0.52 or end == 5.8 for start, end in segments)
    assert min(end - start for start, end in segments) > 5.0
    assert len(set(segments)) == len(segments)


def test_edges__are_cut_to_what_is_sent() -> None:
    segments = edge_candidates([number / 30 for number in range(400)], start=0.0, end=6.0, shortest=5.0)

    assert (0.0, 6.066) in segments
    assert (0.067, 6.0) in segments
    assert all(round(edge, 3) == edge for one in segments for edge in one)


@pytest.mark.parametrize(
    "shifts, best",
    [
        ([0.02, 0.03, 0.01], 2),
        ([0.02, 0.01, 0.01], 1),
        ([0.02, 0.019, 0.018], 0),
        ([0.0, 0.0, 0.0], 0),
        ([0.01], 0),
    ],
)
def test_best_edge__is_clearly_better_or_stays(shifts: list[float], best: int) -> None:
    assert best_edge([Jump(shift=shift) for shift in shifts]) == best


@pytest.mark.parametrize(
    "selection, start",
    [(Selection(), 0.0), (Selection(make_type=MakeType.CUSTOM, start=0.4, end=5.6), 0.4)],
)
def test_improve__moves_the_end_and_can_be_undone(selection: Selection, start: float) -> None:
    shot = Shot(selection=selection)

    edit = improve_splice(start, 5.72)
    changed = reversible(shot, edit)

    assert changed.selection == Selection(make_type=MakeType.CUSTOM, start=start, end=5.72)
    assert (edit.label, edit.merge_key) == ("Improve splice", "")
