"""Moments as they are written and typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redub.core.times import Notation, millis, parse, show


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
