"""What differs between two requests."""

from __future__ import annotations

from redub.core.takerecord import Change, changes


def test_changes__name_the_field_and_both_values() -> None:
    before = {"A": 1, "Video": {"Start": 1.5, "Gone": True}, "Intervals": [{"S": 1}, {"S": 2}]}
    after = {"A": 1, "Video": {"Start": 2.5, "New": "x"}, "Intervals": [{"S": 1}]}

    assert changes(before, after) == (
        Change("Video.Start", 1.5, 2.5),
        Change("Video.New", None, "x"),
        Change("Video.Gone", True, None),
        Change("Intervals[2].S", 2, None),
    )


def test_changes__of_the_same_is_nothing() -> None:
    assert changes({"A": [1, {"B": 2}]}, {"A": [1, {"B": 2}]}) == ()
