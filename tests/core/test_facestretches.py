from __future__ import annotations

import random
from itertools import pairwise

import pytest

from core.test_faces import face
from redub.core.faces import Look, Pose, Trouble
from redub.core.facestretches import (
    MOST_STILLS,
    Stretch,
    blocked,
    stretches,
    suggest_segment,
    suggest_stills,
)

TURNED = Pose(yaw=60.0)


def looks(duration: float, *bad: tuple[float, float], rate: float = 5.0) -> list[Look]:
    """Return looks at one face that is turned too far in the parts `bad`."""
    times = [number / rate for number in range(round(duration * rate))]
    return [
        Look(time, (face(pose=TURNED if any(low <= time < high for low, high in bad) else Pose()),))
        for time in times
    ]


def test_stretches__reach_half_way_to_the_neighbours() -> None:
    (one,) = stretches(looks(10, (2.0, 3.0)), 0, 10)
    assert one.trouble is Trouble.TURNED
    assert (one.start, one.end) == pytest.approx((1.9, 2.9))


def test_stretches__the_first_and_the_last_look_reach_to_the_ends() -> None:
    found = stretches(looks(4, (0.0, 0.5), (3.5, 4.0)), 0, 4.0)
    assert (found[0].start, found[-1].end) == (0.0, 4.0)


def test_stretches__an_empty_picture() -> None:
    (one,) = stretches([Look(0.0), Look(0.2)], None, 1.0)
    assert one == Stretch(0.0, 1.0, Trouble.NO_FACE)


def test_blocked__cuts_to_the_segment_and_lets_a_second_face_be() -> None:
    found = [
        Stretch(0, 2, Trouble.COVERED),
        Stretch(3, 4, Trouble.SECOND_FACE),
        Stretch(5, 9, Trouble.TURNED),
    ]
    assert blocked(found, 1, 6) == (Stretch(1, 2, Trouble.COVERED), Stretch(5, 6, Trouble.TURNED))


def test_suggest_stills__covers_each_stretch_with_a_margin() -> None:
    (still,) = suggest_stills([Stretch(2, 3, Trouble.TURNED)], 0, 10)
    assert still.start < 2 < 3 < still.end
    assert still.end - still.start < 1.5


def test_suggest_stills__stays_inside_the_segment() -> None:
    (still,) = suggest_stills([Stretch(1, 9, Trouble.TURNED)], 2, 8)
    assert (still.start, still.end) == (2, 8)


def test_suggest_stills__neighbours_become_one() -> None:
    found = suggest_stills([Stretch(2, 3, Trouble.TURNED), Stretch(3.3, 4, Trouble.COVERED)], 0, 10)
    assert len(found) == 1


def test_suggest_stills__a_slip_is_left_out_when_there_is_more() -> None:
    found = suggest_stills([Stretch(2, 2.1, Trouble.NODDED), Stretch(5, 7, Trouble.TURNED)], 0, 10)
    assert [round(still.start) for still in found] == [5]


def test_suggest_stills__many_are_joined_to_five_where_the_gaps_are_smallest() -> None:
    starts = [0, 10, 20, 22, 30, 40, 50]
    found = suggest_stills([Stretch(start, start + 1, Trouble.TURNED) for start in starts], 0, 60)
    assert len(found) == MOST_STILLS
    assert any(still.start < 20.5 and still.end > 22.5 for still in found)


def test_suggest_stills__random_stretches_are_all_covered_in_order() -> None:
    chance = random.Random(4)
    for _ in range(200):
        found = []
        at = 0.0
        while at < 100:
            start = at + chance.uniform(0.1, 9)
            at = start + chance.uniform(0.2, 5)
            found.append(Stretch(start, at, chance.choice([Trouble.TURNED, Trouble.NO_FACE])))
        stills = suggest_stills(found, 5, 90)
        assert len(stills) <= MOST_STILLS
        assert all(a.end < b.start for a, b in pairwise(stills))
        for one in blocked(found, 5, 90):
            if one.seconds > 0.3:
                assert any(s.start <= one.start + 1e-3 and s.end >= one.end - 1e-3 for s in stills)


def test_suggest_segment__the_longest_clean_part() -> None:
    found = stretches(looks(60, (4, 5), (30, 31)), 0, 60)
    start, end = suggest_segment(found, 60) or (0, 0)
    assert start == pytest.approx(31.0, abs=0.3)
    assert end == 60


def test_suggest_segment__a_part_without_a_second_face_is_better() -> None:
    found = [Stretch(0, 30, Trouble.SECOND_FACE), Stretch(42, 43, Trouble.TURNED)]
    assert suggest_segment(found, 60) == (43.12, 60)
    assert suggest_segment([Stretch(0, 30, Trouble.SECOND_FACE), Stretch(30, 33, Trouble.TURNED)], 37) == (
        0,
        29.88,
    )


def test_suggest_segment__not_more_than_two_minutes() -> None:
    assert suggest_segment([], 400) == (0, 120)


def test_suggest_segment__nothing_longer_than_five_seconds() -> None:
    assert suggest_segment([Stretch(4, 5, Trouble.TURNED)], 9.9) is None
    assert suggest_segment([], 4.9) is None
    assert suggest_segment([], 5.5) == (0, 5.5)
