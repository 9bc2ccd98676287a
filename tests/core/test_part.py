"""Only a part of the clip is sent: every time moves with it, and the plan is the same, picture for picture."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.test_checks import CLIP, SHOT, TAKE, VIDEO
from redub.core.outputplan import Footage, plan_output
from redub.core.part import HANDLE, Part, as_sent, decide_part, sent_part, used_part
from redub.core.shot import MakeType, Options, Selection, Shot, StillInterval, VideoLoop
from redub.core.timemap import SAME, TimeMap, constant_rate_map

HEVC = replace(CLIP, duration=600.0, video=replace(VIDEO, codec="hevc", width=1920, shown_width=1920))
CUSTOM = Selection(make_type=MakeType.CUSTOM, start=300.0, end=330.0)
RATES = (15.0, 24.0, 24000 / 1001, 25.0, 30.0, 30000 / 1001, 50.0, 60000 / 1001, 60.0)


def test_used_part__has_handles_and_begins_on_a_picture() -> None:
    part = used_part(HEVC, CUSTOM)

    assert part == Part(300.0 - HANDLE, 330.0 + HANDLE)


@pytest.mark.parametrize(
    "selection",
    [
        Selection(start=300.0, end=330.0),
        Selection(make_type=MakeType.CUSTOM, start=0.5, end=599.0),
        Selection(make_type=MakeType.CIRCLE),
    ],
)
def test_used_part__all_of_the_clip__is_none(selection: Selection) -> None:
    assert used_part(HEVC, selection) is None


@pytest.mark.parametrize("make_type", [MakeType.CIRCLE, MakeType.CUSTOM_ONLY_START])
def test_used_part__to_the_end_of_the_clip(make_type: MakeType) -> None:
    part = used_part(HEVC, Selection(make_type=make_type, start=500.0, end=510.0))

    assert part == Part(498.0, 600.0)


@pytest.mark.parametrize("rate", RATES)
def test_used_part__its_start_is_exact_in_thousandths(rate: float) -> None:
    facts = replace(HEVC, video=replace(VIDEO, codec="hevc", frame_rate=rate))
    part = used_part(facts, replace(CUSTOM, start=123.457))

    assert part is not None
    assert part.start * rate == pytest.approx(round(part.start * rate), abs=1e-5)
    assert part.start == pytest.approx(round(part.start, 3), abs=1e-6)
    assert 123.457 - HANDLE - 10.1 <= part.start <= 123.457 - HANDLE


def test_sent_part__is_chosen_when_it_saves_more_than_a_minute() -> None:
    assert sent_part(HEVC, CUSTOM) == Part(298.0, 332.0)
    assert sent_part(HEVC, CUSTOM, speed=1e12) is None
    assert sent_part(HEVC, replace(CUSTOM, only_part=True), speed=1e12) == Part(298.0, 332.0)
    assert sent_part(HEVC, replace(CUSTOM, only_part=False)) is None


def test_sent_part__legal_clip__is_sent_whole_unless_it_is_too_much() -> None:
    legal = replace(CLIP, duration=660.0)

    assert sent_part(legal, CUSTOM) is None
    assert sent_part(legal, CUSTOM, too_much=True) == Part(298.0, 332.0)


def test_decide_part__legal_clip__is_encoded_because_it_is_cut() -> None:
    decision = decide_part(replace(CLIP, duration=660.0), Part(298.0, 332.0))

    assert decision.kind == "re_encode"
    assert any("298.000" in reason for reason in decision.reasons)


def test_as_sent__moves_every_time_and_drops_what_is_outside() -> None:
    stills = (StillInterval(10.0, 11.0), StillInterval(301.5, 302.25), StillInterval(331.0, 335.0))
    shot = replace(SHOT, selection=replace(CUSTOM, only_part=True), still_intervals=stills)

    sent = as_sent(shot, Part(298.0, 332.0))

    assert sent.selection == Selection(make_type=MakeType.CUSTOM, start=2.0, end=32.0)
    assert sent.still_intervals == (StillInterval(3.5, 4.25), StillInterval(33.0, 34.0))


def test_as_sent__whole_clip__is_the_shot_itself() -> None:
    assert as_sent(SHOT, None) is SHOT


def test_as_sent__clock__is_applied_to_every_time() -> None:
    clock = TimeMap((0.0, 1.0, 2.0), (0.0, 1.2, 2.0))
    shot = replace(
        SHOT, selection=replace(CUSTOM, start=1.0, end=1.5), still_intervals=(StillInterval(0.5, 1.0),)
    )

    sent = as_sent(shot, None, clock)

    assert (sent.selection.start, sent.selection.end) == (1.2, 1.6)
    assert sent.still_intervals == (StillInterval(0.6, 1.2),)


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(RATES),
    st.floats(0, 590).map(lambda seconds: round(seconds, 3)),
    st.floats(5.1, 60).map(lambda seconds: round(seconds, 3)),
    st.floats(1, 200).map(lambda seconds: round(seconds, 2)),
    st.sampled_from(sorted(set(MakeType) - {MakeType.DEFAULT})),
    st.sampled_from(VideoLoop),
    st.booleans(),
    st.floats(0, 60),
)
def test_as_sent__plan__shows_the_same_picture_at_every_moment(
    rate: float,
    start: float,
    long: float,
    audio: float,
    make_type: MakeType,
    loop: VideoLoop,
    match: bool,
    still: float,
) -> None:
    facts = replace(HEVC, video=replace(VIDEO, codec="hevc", frame_rate=rate))
    end = min(600.0, round(start + long, 3))
    low = round(min(599.0, start + still), 3)
    shot = replace(
        SHOT,
        selection=Selection(make_type=make_type, start=start, end=end, only_part=True),
        still_intervals=(StillInterval(low, round(low + 0.7, 3)),),
    )
    part = sent_part(facts, shot.selection)
    if part is None or end - start <= 5:
        return
    options = Options(loop=loop, match_input=match)
    sent = as_sent(shot, part)

    whole = plan_output(
        Footage(duration=600.0, width=1920, height=1080, fps=rate), *_of(shot), options, audio
    )
    piece = plan_output(
        Footage(duration=part.seconds, width=1920, height=1080, fps=rate), *_of(sent), options, audio
    )

    assert piece.frames == whole.frames
    step = max(1, whole.frames // 60)
    for number in range(0, whole.frames, step):
        moment = number / whole.fps
        there, here = whole.reference_time(moment), piece.reference_time(moment) + part.start
        assert here == pytest.approx(there, abs=1.1e-3)
        assert piece.span_at(moment).direction == whole.span_at(moment).direction


def _of(shot: Shot) -> tuple[Selection, tuple[StillInterval, ...]]:
    return shot.selection, shot.still_intervals


def test_constant_rate_map__constant_clip__is_the_same_time() -> None:
    assert constant_rate_map([place / 25 for place in range(50)], Fraction(25)) is SAME


def test_constant_rate_map__varying_clip__each_picture_goes_to_where_it_is_shown() -> None:
    times = [0.0, 0.033, 0.066, 0.21, 0.25]
    clock = constant_rate_map(times, Fraction(30))

    assert [round(clock.at(time) * 30) for time in times] == [0, 1, 2, 6, 8]
    assert clock.at(0.1) > clock.at(0.066)
    assert clock.largest_move < 1 / 30


def test_constant_rate_map__picture_that_is_replaced_at_once__has_the_moment_of_the_next() -> None:
    clock = constant_rate_map([0.0, 0.1, 0.101, 0.2], Fraction(10))

    assert clock.source == (0.0, 0.101, 0.2)
    assert clock.at(0.101) == pytest.approx(0.1)


def test_take_is_untouched() -> None:
    assert as_sent(SHOT, Part(1.0, 9.0)).takes == (TAKE,)
