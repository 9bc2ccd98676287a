"""The pace of a conversion: from ffmpeg's lines to how far it is and how long it will take."""

from __future__ import annotations

import pytest

from redub.core.progress import Progress
from redub.media.pace import Pace


def heard(*blocks: tuple[float, float, str], total: float = 100.0, checks: bool = False) -> list[Progress]:
    """Let blocks of (moment, seconds done, state) come in."""
    now, told = [0.0], list[Progress]()
    pace = Pace(total, told.append, checks=checks, clock=lambda: now[0])
    for moment, done, state in blocks:
        now[0] = moment
        pace.take(f"out_time_us={int(done * 1e6)}")
        pace.take(f"progress={state}")
    return told


def test_pace__steady__knows_the_rest() -> None:
    told = heard((1.0, 10.0, "continue"), (2.0, 20.0, "continue"), (5.0, 50.0, "continue"))

    assert [one.done for one in told] == [10.0, 20.0, 50.0]
    assert told[0].seconds_left is None
    assert told[-1].seconds_left == pytest.approx(5.0)


def test_pace__slow_beginning__is_not_taken_for_the_pace() -> None:
    told = heard((4.0, 1.0, "continue"), (5.0, 11.0, "continue"), (8.0, 41.0, "continue"))

    assert told[-1].seconds_left == pytest.approx(5.9, rel=0.6)


def test_pace__goes_never_back_and_ends_whole() -> None:
    told = heard((1.0, 10.0, "continue"), (2.0, 8.0, "continue"), (3.0, 99.0, "end"))

    assert [one.done for one in told] == [10.0, 10.0, 100.0]


def test_pace__nonsense__is_ignored() -> None:
    told: list[Progress] = []
    pace = Pace(10.0, told.append)
    for line in ("out_time_us=N/A", "speed=1x", "", "progress=continue"):
        pace.take(line)

    assert [one.done for one in told] == [0.0]


def test_pace__the_check_of_the_result_counts_too() -> None:
    blocks = ((1.0, 10.0, "continue"), (5.0, 50.0, "continue"))

    with_check, without = heard(*blocks, checks=True)[-1], heard(*blocks)[-1]

    assert (with_check.seconds_left or 0) > (without.seconds_left or 0)
