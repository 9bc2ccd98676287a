from __future__ import annotations

import pytest

from redub.ui.player.bounds import Bounds, Way, faster

TIMES = tuple(number / 25 for number in range(50))


def way(low: float, high: float, *, again: bool = False) -> Way:
    return Way(TIMES, Bounds(low, high, again=again))


def test_faster__doubles_up_to_eight_and_turns_round_at_once() -> None:
    rates = [0]
    for direction in (1, 1, 1, 1, 1, -1, -1, -1, -1, -1, 1):
        rates.append(faster(rates[-1], direction))

    assert rates == [0, 1, 2, 4, 8, 8, -1, -2, -4, -8, -8, 1]


@pytest.mark.parametrize(
    "cursor, run, begins",
    [
        (0.8, 1, 0.8),
        (0.2, 1, 0.4),
        (1.56, 1, 0.4),
        (1.9, 1, 0.4),
        (0.8, -1, 0.8),
        (0.4, -1, 1.56),
    ],
)
def test_begin__at_the_cursor_or_at_the_other_end(cursor: float, run: int, begins: float) -> None:
    assert way(0.4, 1.6).begin(cursor, run) == pytest.approx(begins)


def test_rest__is_the_last_picture_inside_the_part() -> None:
    part = way(0.4, 1.6)

    assert part.is_over(1.6, 1)
    assert not part.is_over(1.59, 1)
    assert part.rest(1) == pytest.approx(1.56)
    assert part.is_over(0.4, -1)
    assert part.rest(-1) == 0.4


def test_turn__goes_on_at_the_other_end() -> None:
    part = way(0.4, 1.6, again=True)

    assert part.turn(1) == 0.4
    assert part.turn(-1) == pytest.approx(1.56)


def test_way__of_the_whole_clip_ends_on_its_last_picture() -> None:
    whole = way(0.0, 2.0)

    assert whole.last == TIMES[-1]
    assert whole.begin(TIMES[-1], 1) == 0.0
    assert whole.held(9.0) == TIMES[-1]
