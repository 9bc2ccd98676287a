from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redub.core.wordplaces import places, word_at


def shown(ssml: str, words: list[str]) -> list[str]:
    return [ssml[start:end] for start, end in places(ssml, words)]


def test_places__plain_words() -> None:
    assert shown("Hello there, it is me.", ["Hello", "there", "it", "is", "me"]) == [
        "Hello",
        "there",
        "it",
        "is",
        "me",
    ]


def test_places__chinese_signs_through_readings() -> None:
    ssml = '你<phoneme alphabet="py" ph="hao3">好</phoneme>，世界'

    assert shown(ssml, ["你", "好", "世界"]) == ["你", "好", "世界"]


def test_places__an_alias_stands_for_what_is_written() -> None:
    ssml = 'The <sub alias="World Wide Web">WWW</sub> is big'

    assert shown(ssml, ["The", "World", "Wide", "Web", "is", "big"]) == [
        "The",
        "WWW",
        "WWW",
        "WWW",
        "is",
        "big",
    ]


def test_places__escaped_signs_keep_their_width() -> None:
    assert shown("R&amp;D and more", ["R&D", "and", "more"]) == ["R&amp;D", "and", "more"]


def test_places__a_number_read_in_words_of_its_own_gets_what_lies_between() -> None:
    ssml = "Call 110 now"

    found = places(ssml, ["Call", "one hundred and ten", "now"])

    assert ssml[slice(*found[0])] == "Call"
    assert ssml[slice(*found[2])] == "now"
    assert found[0][1] <= found[1][0] <= found[1][1] <= found[2][0]


def test_places__never_go_backward() -> None:
    ssml = "the the the end"

    starts = [start for start, _end in places(ssml, ["the", "the", "xyz", "the", "end"])]

    assert starts == sorted(starts)


@pytest.mark.parametrize("ssml", ["", "<break/>", "…!"])
def test_places__nothing_to_find(ssml: str) -> None:
    assert places(ssml, ["a", "b"]) == ((0, 0), (0, 0))


def test_places__repeated_words_stay_in_order() -> None:
    ssml = "one two one two"

    assert [start for start, _end in places(ssml, ["one", "two", "one", "two"])] == [0, 4, 8, 12]


@pytest.mark.parametrize("seconds, word", [(0.1, None), (0.5, 0), (0.95, 0), (1.2, 1), (2.0, None)])
def test_word_at__holds_until_the_next(seconds: float, word: int | None) -> None:
    assert word_at([0.5, 1.0], [0.9, 2.0], seconds) == word


@given(ssml=st.text(max_size=60), words=st.lists(st.text(max_size=8), max_size=12))
def test_places__any_text_and_any_words(ssml: str, words: list[str]) -> None:
    found = places(ssml, words)

    assert len(found) == len(words)
    assert all(0 <= start <= end <= len(ssml) for start, end in found)
