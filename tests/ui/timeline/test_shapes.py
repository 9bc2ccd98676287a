from __future__ import annotations

import itertools

import pytest

from redub.core.outputplan import Footage, plan_output
from redub.core.shot import MakeType, Options, Selection, StillInterval
from redub.ui.timeline.shapes import Strip, occurrences, segment_shape


@pytest.mark.parametrize(
    "make_type, drawn, void",
    [
        (MakeType.DEFAULT, (0.0, 10.0), [(0.0, 2.0), (8.0, 10.0)]),
        (MakeType.CUSTOM, (2.0, 8.0), []),
        (MakeType.CUSTOM_ONLY_START, (2.0, 10.0), [(8.0, 10.0)]),
        (MakeType.CIRCLE, (2.0, 10.0), [(8.0, 10.0)]),
    ],
)
def test_segment_shape__shows_what_counts_and_what_is_void(
    make_type: MakeType, drawn: tuple[float, float], void: list[tuple[float, float]]
) -> None:
    shape = segment_shape(Selection(make_type=make_type, start=2.0, end=8.0), 10.0)

    assert (shape.start, shape.end) == drawn
    assert [(part.start, part.end) for part in shape.void] == void
    assert all(make_type.value in part.why for part in shape.void)


def _strip(seconds: float) -> Strip:
    footage = Footage(duration=10.0, width=640, height=360, fps=25.0)
    stills = (StillInterval(2.0, 3.0),)
    return Strip(plan_output(footage, Selection(), stills, Options(), seconds), 1024.0, 12.0)


def test_strip__lays_the_plan_over_the_whole_width_without_gaps() -> None:
    pieces = _strip(25.0).pieces()

    assert pieces[0].left == 12.0
    assert pieces[-1].right == pytest.approx(1012.0)
    assert all(a.right == pytest.approx(b.left) for a, b in itertools.pairwise(pieces))


def test_strip__marks_the_splices() -> None:
    strip = _strip(25.0)

    assert [strip.out_time(x) for x in strip.splices()] == pytest.approx([10.0, 20.0])


def test_occurrences__a_moment_comes_again_in_every_pass() -> None:
    plan = _strip(25.0).plan

    moments = occurrences(plan, 2.5)

    assert moments == pytest.approx((2.5, 17.5, 22.5))
    assert all(plan.reference_time(moment) == pytest.approx(2.5) for moment in moments)
