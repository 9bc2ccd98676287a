from __future__ import annotations

import pytest

from redub.ui.player.soundclock import READ_AHEAD, SoundClock


def test_position__before_it_plays__is_none() -> None:
    assert SoundClock().position(5.0) is None


def test_position__until_the_first_report__counts_from_the_beginning() -> None:
    clock = SoundClock()
    clock.set_going(10.0)

    assert clock.position(10.0) == 0.0
    assert clock.position(10.51) == pytest.approx(0.5)


def test_position__playing_that_begins_elsewhere__counts_from_there() -> None:
    clock = SoundClock(start=3.0)
    clock.set_going(10.0)
    assert clock.position(10.51) == pytest.approx(3.5)
    clock.hear(3.6 + READ_AHEAD, 10.7)

    assert clock.position(10.8) == pytest.approx(3.7)


def test_position__late_beginning__follows_the_reports() -> None:
    clock = SoundClock()
    clock.set_going(10.0)
    clock.hear(0.3 + READ_AHEAD, 10.4)

    assert clock.position(10.5) == pytest.approx(0.4)


def test_position__report_that_was_delayed__changes_nothing() -> None:
    clock = SoundClock()
    for moment in (0.3, 0.6, 0.9):
        clock.hear(moment + READ_AHEAD, 10.0 + moment)
    clock.hear(1.2 + READ_AHEAD, 11.4)

    assert clock.position(11.4) == pytest.approx(1.4)


def test_position__sound_that_stopped_for_a_while__is_followed() -> None:
    clock = SoundClock()
    for moment in (0.3, 0.6):
        clock.hear(moment + READ_AHEAD, 10.0 + moment)
    for moment in (0.9, 1.2, 1.5, 1.8):
        clock.hear(moment + READ_AHEAD, 10.5 + moment)

    assert clock.position(12.5) == pytest.approx(2.0)
