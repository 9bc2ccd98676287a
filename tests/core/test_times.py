"""Moments as they are written and typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redub.core.times import Notation, frame_at, frame_number, millis, parse, show, show_length, stepped


@pytest.mark.parametrize(
    "text, seconds",
    [
        ("7.24", 7.24),
        ("7,24", 7.24),
        (".5", 0.5),
        ("12 s", 12.0),
        ("1:02.5", 62.5),
        ("1:00:02.5", 3602.5),
        ("00:00:07:06", 7.24),
        ("00:00:07;06", 7.24),
        ("0:00:07,240", 7.24),
        ("f181", 7.24),
        ("181f", 7.24),
        ("", None),
        ("seven", None),
        ("1::2", None),
        ("-3", None),
        ("a:b:c:d", None),
    ],
)
def test_parse(text: str, seconds: float | None) -> None:
    assert parse(text) == seconds


@pytest.mark.parametrize(
    "notation, shown",
    [
        (Notation.SECONDS, "62.500"),
        (Notation.CLOCK, "01:02.500"),
        (Notation.TIMECODE, "00:01:02:12"),
        (Notation.FRAMES, "f1562"),
    ],
)
def test_show(notation: Notation, shown: str) -> None:
    assert show(62.5, notation) == shown


def test_show__negative_keeps_its_sign() -> None:
    assert show(-0.042) == "-0.042"


def test_millis__has_no_negative_zero() -> None:
    assert str(millis(-0.0001)) == "0.0"


@given(st.integers(min_value=0, max_value=20 * 60 * 1000))
def test_shown_seconds_are_read_back_exactly(thousandths: int) -> None:
    seconds = thousandths / 1000

    assert parse(show(seconds)) == seconds
    assert parse(show(seconds, Notation.CLOCK)) == seconds


def test_frame_at__is_the_one_on_screen_not_the_nearest() -> None:
    assert frame_at(0.039, 25.0) == 0
    assert frame_at(0.040, 25.0) == 1
    assert frame_at(millis(1 / 30), 30.0) == 1


@given(
    st.integers(min_value=0, max_value=200_000),
    st.sampled_from([15.0, 23.976, 24.0, 25.0, 29.97, 30.0, 50.0, 59.94, 60.0]),
    st.sampled_from(list(Notation)),
)
def test_the_time_of_a_frame_is_read_back_as_that_frame(frame: int, fps: float, notation: Notation) -> None:
    written = show(frame / fps, notation, fps)

    moment = parse(written, fps)
    assert moment is not None
    assert frame_at(moment, fps) == frame


UNEVEN = (0.0, 0.04, 0.5, 0.54, 1.2, 1.24)


@pytest.mark.parametrize(
    "seconds, frames, there",
    [
        (0.04, 1, 0.5),
        (0.0396, 1, 0.5),
        (0.3, 1, 0.5),
        (0.3, -1, 0.04),
        (0.5, -1, 0.04),
        (0.5, 3, 1.24),
        (1.24, 1, 1.24),
        (1.24, -1, 1.2),
        (0.02, -1, 0.0),
        (0.0, -10, 0.0),
    ],
)
def test_stepped__goes_by_pictures_of_a_variable_rate(seconds: float, frames: int, there: float) -> None:
    assert stepped(UNEVEN, seconds, frames) == there


def test_frame_number() -> None:
    assert [frame_number(text) for text in ("f181", " 7 f ", "F0", "7", "")] == [181, 7, 0, None, None]


@pytest.mark.parametrize(
    "seconds, notation, written",
    [
        (7.43, Notation.SECONDS, "7.430 s"),
        (7.43, Notation.CLOCK, "7.430 s"),
        (14400.0, Notation.CLOCK, "4:00:00.000"),
        (7.44, Notation.FRAMES, "186 f"),
        (7.44, Notation.TIMECODE, "00:00:07:11"),
    ],
)
def test_show_length(seconds: float, notation: Notation, written: str) -> None:
    assert show_length(seconds, notation) == written
