from __future__ import annotations

import pytest

from redub.ui.player.position import PlayedTime


def test_played_time__waits_for_the_first_picture() -> None:
    clock = PlayedTime()

    clock.begin(3.0, 1.0, now=100.0)

    assert clock.now(-1.0, 101.0) == 3.0


def test_played_time__runs_between_two_reports() -> None:
    clock = PlayedTime()
    clock.begin(3.0, 2.0, now=100.0)
    clock.set_going(100.0)

    assert clock.now(3.0, 100.1) == pytest.approx(3.2)
    assert clock.now(3.0, 100.2) == pytest.approx(3.4)


def test_played_time__is_set_anew_when_it_drifts_away() -> None:
    clock = PlayedTime()
    clock.begin(0.0, 1.0, now=0.0)
    clock.set_going(0.0)
    clock.now(0.1, 0.2)

    assert clock.now(0.45, 0.5) == pytest.approx(0.5)
    assert clock.now(2.0, 1.0) == pytest.approx(2.0)


def test_played_time__a_jump_counts_at_once() -> None:
    clock = PlayedTime()
    clock.begin(0.0, 1.0, now=0.0)
    clock.set_going(0.0)

    clock.jump(8.0, 1.0)

    assert clock.now(1.0, 1.5) == pytest.approx(8.5)


def test_played_time__another_speed_counts_from_here_on() -> None:
    clock = PlayedTime()
    clock.begin(0.0, 1.0, now=0.0)
    clock.set_going(0.0)

    clock.set_speed(0.5, 2.0)

    assert clock.now(-1.0, 4.0) == pytest.approx(3.0)
