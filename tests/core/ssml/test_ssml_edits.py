from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ssml.examples import rubble, scripts
from redub.core.errors import UserError
from redub.core.findings import Level
from redub.core.ssml.check import problems
from redub.core.ssml.document import parse, spoken_text
from redub.core.ssml.edits import change_mark, insert_mark, remove_mark
from redub.core.ssml.vocabulary import TAGS

SETTINGS: dict[str, dict[str, str]] = {
    "break": {"time": "500ms"},
    "phoneme": {"ph": "zhang3"},
    "word": {},
    "sub": {"alias": 'a "b" <c> & d'},
    "say-as": {"interpret-as": "characters"},
    "speak": {},
    "insert-action": {},
}


@pytest.mark.parametrize(
    "source, selection, tag, attributes, expected, selected",
    [
        ("Hello world", (5, 5), "break", {"time": "1s"}, 'Hello<break time="1s"/> world', ""),
        ("Hello world", (0, 5), "break", {}, "Hello<break/> world", ""),
        ("你好，世界", (3, 3), "break", {"time": "1s"}, '你好<break time="1s"/>，世界', ""),
        (
            "长大了",
            (0, 1),
            "phoneme",
            {"ph": "zhang3"},
            '<phoneme alphabet="py" ph="zhang3">长</phoneme>大了',
            "长",
        ),
        (
            "长大了",
            (0, 1),
            "phoneme",
            {"ph": "zhǎng"},
            '<phoneme alphabet="py" ph="zhang3">长</phoneme>大了',
            "长",
        ),
        ("TTS很好", (0, 3), "sub", {"alias": "a&b"}, '<sub alias="a&amp;b">TTS</sub>很好', "TTS"),
        ("A &amp; B", (2, 4), "sub", {"alias": "and"}, 'A <sub alias="and">&amp;</sub> B', "&amp;"),
        ("ab", (2, 0), "word", {}, "<word>ab</word>", "ab"),
        ("a<break/>b", (1, 2), "speak", {}, "<speak>a<break/>b</speak>", "a<break/>b"),
        ('<sub alias="x">T</sub>', (15, 16), "sub", {"alias": "y"}, '<sub alias="y">T</sub>', "T"),
        ('<sub alias="x">Ts</sub>a', (16, 16), "break", {}, '<sub alias="x">Ts</sub><break/>a', ""),
        ("<word>ab</word>", (7, 7), "insert-action", {}, "<word>a<insert-action/>b</word>", ""),
    ],
)
def test_insert_mark__new_source_and_selection(
    source: str,
    selection: tuple[int, int],
    tag: str,
    attributes: dict[str, str],
    expected: str,
    selected: str,
) -> None:
    new, start, end = insert_mark(source, *selection, tag, attributes)

    assert new == expected
    assert new[start:end] == selected


def test_insert_mark__several_characters_get_a_reading_each() -> None:
    new, start, end = insert_mark("他长大了", 1, 3, "phoneme", {"ph": "zhang3 da4"})

    marks = '<phoneme alphabet="py" ph="zhang3">长</phoneme><phoneme alphabet="py" ph="da4">大</phoneme>'
    assert new == f"他{marks}了"
    assert new[start:end] == marks


@pytest.mark.parametrize(
    "source, selection, tag, attributes",
    [
        ("Hello", (0, 0), "break", {}),
        ("Hello", (5, 5), "break", {"time": "20s"}),
        ("Hello", (2, 2), "word", {}),
        ("Hello", (0, 5), "say-as", {"interpret-as": "name"}),
        ("Hello", (0, 5), "say-as", {}),
        ("Hello", (0, 5), "sub", {"alias": ""}),
        ("Hello", (0, 5), "prosody", {}),
        ("AI技术", (0, 4), "word", {}),
        ("长大", (0, 2), "phoneme", {"ph": "zhang3"}),
        ("长", (0, 1), "phoneme", {"ph": "zhang"}),
        ('a<sub alias="x">b</sub>c', (0, 17), "word", {}),
        ('a<sub alias="x">b</sub>c', (3, 8), "word", {}),
        ('a<sub alias="x">bcd</sub>', (16, 18), "word", {}),
        ("a<break/>b", (0, 10), "say-as", {"interpret-as": "characters"}),
    ],
)
def test_insert_mark__refuses_with_a_reason(
    source: str, selection: tuple[int, int], tag: str, attributes: dict[str, str]
) -> None:
    with pytest.raises(UserError) as refused:
        insert_mark(source, *selection, tag, attributes)

    assert refused.value.what
    assert refused.value.next_step


def _errors(ssml: str) -> int:
    return sum(one.level is Level.ERROR for one in problems(ssml))


@settings(max_examples=300, deadline=None)
@given(st.one_of(scripts, rubble), st.data())
def test_insert_mark__never_brings_an_error(source: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(-2, len(source) + 2))
    end = data.draw(st.integers(-2, len(source) + 2))
    tag = data.draw(st.sampled_from(sorted(TAGS)))

    try:
        new, low, high = insert_mark(source, start, end, tag, SETTINGS[tag])
    except UserError:
        return

    assert _errors(new) <= _errors(source)
    assert 0 <= low <= high <= len(new)


@settings(max_examples=200, deadline=None)
@given(scripts, st.data())
def test_insert_then_remove__gives_the_source_back(source: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(source)))

    try:
        new, start, _ = insert_mark(source, position, position, "insert-action")
    except UserError:
        return

    assert remove_mark(new, start - 1)[0] == source


def test_remove_mark__keeps_what_it_holds() -> None:
    source = 'a<sub alias="x">b&amp;c</sub>d'

    new, start, end = remove_mark(source, 17)

    assert new == "ab&amp;cd"
    assert new[start:end] == "b&amp;c"


def test_remove_mark__takes_the_innermost() -> None:
    source = "<speak>a<word>b</word></speak>"

    assert remove_mark(source, 14)[0] == "<speak>ab</speak>"
    assert remove_mark(source, 1)[0] == "a<word>b</word>"


def test_remove_mark__where_there_is_none() -> None:
    with pytest.raises(UserError, match="no mark here"):
        remove_mark("abc", 1)


def test_change_mark__keeps_content_and_selection() -> None:
    source = 'a<break time="1s"/>b<sub alias="x">T</sub>'

    assert (
        change_mark(source, 5, {"strength": "weak"})[0] == 'a<break strength="weak"/>b<sub alias="x">T</sub>'
    )
    new, start, end = change_mark(source, 36, {"alias": "longer"})
    assert new[start:end] == "T"
    assert spoken_text(parse(new)) == "ablonger"
    with pytest.raises(UserError):
        change_mark(source, 5, {"time": "1h"})
