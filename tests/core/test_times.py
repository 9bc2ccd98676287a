"""Moments as they are written and typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redub.core.times import Notation, frame_at, millis, parse, show


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
