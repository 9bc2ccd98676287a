from __future__ import annotations

import pytest

from redub.core.ssml.numbers import NUMBERS, possible_readings


@pytest.mark.parametrize(
    "text, found",
    [
        ("今天2025-03-08，5:30am", ["2025-03-08", "5:30am"]),
        ("共12.50RMB或$12", ["12.50RMB", "$12"]),
        ("长120.56cm²。", ["120.56cm²"]),
        ("call 0755-86013388 at 3 in the morning", ["0755-86013388", "3"]),
        ("2020年8月9日到", ["2020年8月9日"]),
        ("no numbers", []),
    ],
)
def test_numbers__are_found_with_signs_and_units(text: str, found: list[str]) -> None:
    assert NUMBERS.findall(text) == found


def test_possible_readings__the_likeliest_first() -> None:
    assert possible_readings("2025-03-08", "zh")[0] == ("Date", "二零二五年三月八日")
    assert possible_readings("12.50RMB", "zh")[0][0] == "Currency"
    assert [label for label, _words in possible_readings("123", "zh")] == [
        "Number",
        "Telephone number",
        "Digits",
    ]


def test_possible_readings__of_words_are_none() -> None:
    assert possible_readings("hello", "en") == ()
