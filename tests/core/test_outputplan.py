"""The output plan follows the rules of the API page in every mode."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redub.core.outputplan import Footage, OutputPlan, output_rate, output_size, plan_output
from redub.core.shot import ConcurrencyType, MakeType, Options, Selection, StillInterval, VideoLoop

FOOTAGE = Footage(duration=10.0, width=720, height=1280, fps=30.0)
CUSTOM = Selection(make_type=MakeType.CUSTOM, start=2.0, end=8.0)


def a_plan(
    selection: Selection = CUSTOM,
    seconds: float = 13.5,
    loop: VideoLoop = VideoLoop.REVERSE,
    stills: tuple[StillInterval, ...] = (),
) -> OutputPlan:
    return plan_output(FOOTAGE, selection, stills, Options(loop=loop), seconds)


def runs(plan: OutputPlan) -> list[tuple[float, float]]:
    return [(round(span.ref_start, 6), round(span.ref_end, 6)) for span in plan.spans]


@pytest.mark.parametrize(
    "selection, loop, seconds, expected",
    [
        # shorter than the segment: forward from its start
        (Selection(), VideoLoop.REVERSE, 4.0, [(0, 4)]),
        (CUSTOM, VideoLoop.FORWARD, 4.0, [(2, 6)]),
        (Selection(make_type=MakeType.CUSTOM_ONLY_START, start=3), VideoLoop.REVERSE, 4.0, [(3, 7)]),
        # exactly as long
        (CUSTOM, VideoLoop.REVERSE, 6.0, [(2, 8)]),
        # longer: there and back
        (CUSTOM, VideoLoop.REVERSE, 13.5, [(2, 8), (8, 2), (2, 3.5)]),
        (Selection(), VideoLoop.REVERSE, 12.0, [(0, 10), (10, 8)]),
        # longer: again from the start
        (CUSTOM, VideoLoop.FORWARD, 13.5, [(2, 8), (2, 8), (2, 3.5)]),
        # times that the make type voids
        (Selection(make_type=MakeType.DEFAULT, start=2, end=8), VideoLoop.FORWARD, 11.0, [(0, 10), (0, 1)]),
        (
            Selection(make_type=MakeType.CUSTOM_ONLY_START, start=4, end=5),
            VideoLoop.FORWARD,
            8.0,
            [(4, 10), (10, 8)],
        ),
        # Circle ends where it began
        (Selection(make_type=MakeType.CIRCLE, start=2, end=3), VideoLoop.FORWARD, 6.0, [(2, 5), (5, 2)]),
        (Selection(make_type=MakeType.CIRCLE, start=2), VideoLoop.REVERSE, 16.0, [(2, 10), (10, 2)]),
        (
            Selection(make_type=MakeType.CIRCLE, start=2),
            VideoLoop.REVERSE,
            20.0,
            [(2, 10), (10, 2), (2, 4), (4, 2)],
        ),
        # Custom without times is the whole clip
        (Selection(make_type=MakeType.CUSTOM), VideoLoop.REVERSE, 5.0, [(0, 5)]),
    ],
)
def test_runs(
    selection: Selection, loop: VideoLoop, seconds: float, expected: list[tuple[float, float]]
) -> None:
    assert runs(a_plan(selection, seconds, loop)) == expected


def test_still_intervals__occur_again_on_the_way_back() -> None:
    plan = a_plan(stills=(StillInterval(3, 4),))

    assert [(span.out_start, span.out_end) for span in plan.spans if span.still] == [
        (1, 2),
        (10, 11),
        (13, 13.5),
    ]


def test_still_intervals__outside_the_segment_do_not_occur() -> None:
    assert not any(span.still for span in a_plan(stills=(StillInterval(8.5, 9),)).spans)


def test_reference_time__turns_round_on_the_last_frame() -> None:
    plan = a_plan()

    assert plan.reference_time(5.96) == pytest.approx(7.96)
    assert plan.reference_time(6.0) == pytest.approx(8.0)
    assert plan.reference_time(6.04) == pytest.approx(7.96)
    assert plan.span_at(6.0).direction == -1


def test_splices__are_where_the_picture_turns_or_jumps() -> None:
    assert a_plan(stills=(StillInterval(3, 4),)).splices() == (6.0, 12.0)
    assert a_plan(loop=VideoLoop.FORWARD).splices() == (6.0, 12.0)


@pytest.mark.parametrize(
    "fps, match, expected", [(30, False, 25), (30, True, 30), (12, True, 15), (120, True, 60)]
)
def test_output_rate(fps: float, match: bool, expected: float) -> None:
    assert output_rate(fps, match) == expected


@pytest.mark.parametrize(
    "size, concurrency, expected",
    [
        ((1080, 1920), None, (1080, 1920)),
        ((2560, 1440), ConcurrencyType.SHARED, (2560, 1440)),
        ((3840, 2160), ConcurrencyType.SHARED, (2560, 1440)),
        ((2160, 3840), ConcurrencyType.SHARED, (1440, 2560)),
        ((3840, 2160), ConcurrencyType.EXCLUSIVE, (3840, 2160)),
        ((4096, 4096), ConcurrencyType.EXCLUSIVE, (4096, 4096)),
        ((721, 1281), None, (720, 1280)),
    ],
)
def test_output_size(
    size: tuple[int, int], concurrency: ConcurrencyType | None, expected: tuple[int, int]
) -> None:
    assert output_size(*size, concurrency) == expected


def test_assumptions__are_said() -> None:
    assert "Circle" in a_plan(Selection(make_type=MakeType.CIRCLE)).assumptions[0]
    assert "shorter" in a_plan(seconds=3.0).assumptions[0]
    assert a_plan(seconds=13.5).assumptions == ()


times = st.integers(min_value=0, max_value=12_000).map(lambda value: value / 1000)
selections = st.builds(
    Selection,
    make_type=st.sampled_from(list(MakeType)),
    start=st.one_of(st.none(), times),
    end=st.one_of(st.none(), times),
)
still_lists = st.lists(st.builds(StillInterval, times, times), max_size=5).map(tuple)
lengths = st.integers(min_value=40, max_value=90_000).map(lambda value: value / 1000)


@given(selections, still_lists, st.sampled_from(list(VideoLoop)), lengths)
def test_plan__covers_the_result_without_gaps(
    selection: Selection, stills: tuple[StillInterval, ...], loop: VideoLoop, seconds: float
) -> None:
    plan = a_plan(selection, seconds, loop, stills)

    assert plan.spans[0].out_start == 0
    assert plan.spans[-1].out_end == pytest.approx(seconds)
    for before, after in itertools.pairwise(plan.spans):
        assert before.out_end == after.out_start
    for span in plan.spans:
        assert (span.ref_end > span.ref_start) == (span.direction == 1)
        assert abs(span.ref_end - span.ref_start) == pytest.approx(span.out_end - span.out_start)
        assert min(span.ref_start, span.ref_end) >= 0
        assert max(span.ref_start, span.ref_end) <= FOOTAGE.duration


@given(times, lengths)
def test_circle__ends_on_the_frame_it_began_with(start: float, seconds: float) -> None:
    plan = a_plan(Selection(make_type=MakeType.CIRCLE, start=min(start, 9.0)), seconds)

    assert plan.spans[-1].ref_end == pytest.approx(plan.spans[0].ref_start)


@given(times, times, lengths)
def test_still_intervals__mirror_in_each_there_and_back_round(a: float, b: float, seconds: float) -> None:
    low, high = sorted((a, b))
    plan = a_plan(seconds=seconds, stills=(StillInterval(low, high),))
    start, length = 2.0, 6.0

    for frame in range(plan.frames):
        at = (frame + 0.5) / plan.fps
        phase = at % (2 * length)
        forward = low <= start + phase < high if phase < length else False
        back = low < start + 2 * length - phase <= high if phase >= length else False
        if at < seconds and min(abs(start + phase - low), abs(start + phase - high)) > 1e-6:
            shown = plan.reference_time(at)
            if min(abs(shown - low), abs(shown - high)) > 1e-6:
                assert plan.span_at(at).still == (forward or back)
