from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redub.core.times import Notation
from redub.ui.timeline.scale import (
    PADDING,
    Scale,
    Target,
    grips,
    nudged,
    snap,
    snap_pair,
    tick_step,
    ticks,
)

WIDE = Scale.fitting(10.0, 1024.0)  # 100 pixels a second


def test_fitting__shows_the_whole_clip() -> None:
    assert WIDE.x(0.0) == PADDING
    assert WIDE.x(10.0) == 1024.0 - PADDING
    assert WIDE.is_whole


def test_seconds__is_held_inside_the_clip() -> None:
    assert WIDE.seconds(-50.0) == 0.0
    assert WIDE.seconds(5000.0) == 10.0
    assert WIDE.seconds(PADDING + 250.0) == pytest.approx(2.5)


@given(
    st.floats(0.1, 7200.0),
    st.floats(100.0, 4000.0),
    st.lists(st.tuples(st.floats(0.1, 10.0), st.floats(0.0, 4000.0)), max_size=6),
    st.floats(0.0, 1.0),
)
def test_x_and_seconds__are_each_others_inverse_at_every_zoom(
    duration: float, width: float, zooms: list[tuple[float, float]], share: float
) -> None:
    scale = Scale.fitting(duration, width)
    for factor, at in zooms:
        scale = scale.zoomed(factor, min(at, width))
    moment = duration * share

    assert scale.seconds(scale.x(moment)) == pytest.approx(moment, abs=1e-6)
    assert 0.0 <= scale.left <= duration
    assert scale.left + scale.seen <= duration + 1e-6 or scale.is_whole


def test_zoomed__keeps_the_moment_under_the_pointer() -> None:
    x = WIDE.x(4.0)

    closer = WIDE.zoomed(3.0, x)

    assert closer.x(4.0) == pytest.approx(x)
    assert closer.per_second == pytest.approx(300.0)


def test_zoomed__never_shows_more_than_the_clip() -> None:
    assert WIDE.zoomed(0.01, 500.0) == WIDE


def test_zoomed__ends_where_a_frame_is_eighty_pixels() -> None:
    assert WIDE.zoomed(1e9, 500.0).per_second == 4000.0


def test_resized__a_whole_clip_stays_whole() -> None:
    assert WIDE.resized(524.0).is_whole
    assert WIDE.zoomed(4.0, 100.0).resized(524.0).per_second == pytest.approx(400.0)


def test_around__shows_the_interval_with_a_margin() -> None:
    scale = WIDE.around(4.0, 6.0)

    assert scale.left < 4.0
    assert scale.left + scale.seen > 6.0
    assert scale.seen < 3.0


def test_showing__scrolls_only_when_the_moment_is_out_of_sight() -> None:
    part = WIDE.zoomed(5.0, WIDE.x(0.0))

    assert part.showing(1.0) is part
    later = part.showing(8.0)
    assert later.left < 8.0 < later.left + later.seen
    assert later.showing(0.5).left == 0.0


@pytest.mark.parametrize("notation", list(Notation))
@pytest.mark.parametrize("zoom", [1.0, 7.0, 40.0])
def test_ticks__labels_keep_their_distance(notation: Notation, zoom: float) -> None:
    scale = WIDE.zoomed(zoom, 300.0)

    labelled = [tick for tick in ticks(scale, notation, 25.0) if tick.label]

    assert len(labelled) >= 2
    gaps = [scale.x(b.seconds) - scale.x(a.seconds) for a, b in itertools.pairwise(labelled)]
    assert min(gaps) >= 88.0
    assert len({tick.label for tick in labelled}) == len(labelled)


def test_tick_step__of_frames_is_a_whole_number_of_frames() -> None:
    step = tick_step(WIDE.zoomed(20.0, 300.0), Notation.FRAMES, 25.0)

    assert step * 25 == pytest.approx(round(step * 25))


def test_ticks__of_a_clip_of_hours_are_few() -> None:
    assert len(ticks(Scale.fitting(4 * 3600.0, 900.0), Notation.CLOCK, 25.0)) < 200


CURSOR = Target(4.0, "the cursor")


def test_snap__takes_the_nearest_within_six_pixels() -> None:
    found = snap(4.05, [CURSOR, Target(4.08, "an edge")], WIDE)

    assert found.seconds == 4.08
    assert found.target is not None
    assert found.target.name == "an edge"


def test_snap__leaves_what_is_further_away() -> None:
    assert snap(4.07, [CURSOR], WIDE).target is None


def test_snap__has_the_same_reach_in_pixels_at_every_zoom() -> None:
    closer = WIDE.zoomed(10.0, WIDE.x(4.0))

    assert snap(4.02, [CURSOR], closer).target is None
    assert snap(4.005, [CURSOR], closer).target == CURSOR


def test_snap_pair__the_nearer_edge_decides() -> None:
    found = snap_pair(2.97, 1.0, [CURSOR, Target(2.95, "an edge")], WIDE)
    assert found.seconds == 2.95

    by_end = snap_pair(2.97, 1.0, [CURSOR], WIDE)
    assert by_end.seconds == 3.0
    assert by_end.target == CURSOR


def test_nudged__goes_by_the_grid_of_frames() -> None:
    assert nudged(1.013, 1, 25.0) == pytest.approx(1.04)
    assert nudged(0.0, -3, 25.0) == 0.0


@given(st.floats(0, 1000), st.floats(0, 500))
def test_grips__never_overlap_and_can_always_be_gripped(left: float, width: float) -> None:
    start, body, end = grips(left, left + width)

    assert start.width >= 8
    assert end.width >= 8
    assert start.left + start.width <= end.left + 1e-6
    assert body.left >= start.left + start.width - 1e-6
    assert body.left + body.width <= end.left + 1e-6
    assert start.left - 1e-6 <= left <= start.left + start.width + 1e-6
    assert end.left - 1e-6 <= left + width <= end.left + end.width + 1e-6


def test_snap__says_by_how_much_it_moved() -> None:
    scale = Scale.fitting(10.0, 1024.0)

    assert snap(5.02, [Target(5.0, "silence")], scale).moved == pytest.approx(-0.02)
    assert snap_pair(1.0, 3.98, [Target(5.0, "silence")], scale).moved == pytest.approx(0.02)
    assert snap(6.0, [Target(5.0, "silence")], scale).moved == 0.0
