from __future__ import annotations

from redub.core import edits
from redub.core.quiet import Quiet, joined, longest, mark_still, within
from redub.core.shot import Shot, StillInterval

SHOT = Shot()


def pairs(shot: Shot) -> list[tuple[float, float]]:
    return [(still.start, still.end) for still in shot.still_intervals]


def test_joined__a_click__does_not_end_a_quiet_part() -> None:
    runs = [Quiet(1.0, 1.2), Quiet(1.23, 1.5), Quiet(2.0, 2.1)]

    assert joined(runs, 0.3) == (Quiet(1.0, 1.5),)


def test_joined__exactly_as_long_as_asked__counts() -> None:
    assert joined([Quiet(0.1, 0.4)], 0.3) == (Quiet(0.1, 0.4),)


def test_within__cuts_to_the_segment() -> None:
    parts = [Quiet(0.0, 1.0), Quiet(3.0, 4.0), Quiet(5.9, 8.0), Quiet(9.0, 10.0)]

    assert within(parts, 0.5, 6.0) == (Quiet(0.5, 1.0), Quiet(3.0, 4.0), Quiet(5.9, 6.0))


def test_longest__of_equal_ones_the_earlier() -> None:
    assert longest([Quiet(0.0, 1.0), Quiet(2.0, 4.0), Quiet(6.0, 8.0)]) == Quiet(2.0, 4.0)
    assert longest([]) is None


def test_mark_still__many_parts__takes_the_longest_in_order() -> None:
    parts = [Quiet(float(n), n + 0.1 * (n + 1)) for n in range(7)]

    marked = mark_still(SHOT, parts, 5)

    assert [start for start, _ in pairs(marked)] == [2.0, 3.0, 4.0, 5.0, 6.0]


def test_mark_still__marked_by_hand__stay_and_count() -> None:
    shot = edits.add_still(SHOT, 20.0, 21.0)
    parts = [Quiet(n * 2.0, n * 2.0 + 1.0) for n in range(7)]

    marked = mark_still(shot, parts, 5)

    assert StillInterval(20.0, 21.0) in marked.still_intervals
    assert len(marked.still_intervals) == 5


def test_mark_still__twice__is_the_same_as_once() -> None:
    parts = [Quiet(1.0, 2.0), Quiet(3.0, 4.0)]

    marked = mark_still(SHOT, parts, 5)

    assert mark_still(marked, parts, 5) == marked
