from __future__ import annotations

import pytest

from redub.core.scriptparts import part_offset


@pytest.mark.parametrize(
    "whole, part, start, by",
    [
        ("One two three", "two", 4, 4),
        ("A <word>two words</word> B", "<word>words</word>", 12, 6),
        ("x x x", "x", 2, 2),
    ],
)
def test_part_offset__places_of_a_part_become_places_of_the_whole(
    whole: str, part: str, start: int, by: int
) -> None:
    assert part_offset(whole, part, start) == by
