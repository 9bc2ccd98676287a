from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from redub.core.findings import Level
from redub.core.ssml.check import problems
from redub.core.ssml.document import parse, spoken_text
from redub.core.ssml.vocabulary import TAGS
from redub.ui.script.sheet import CHIP, Sheet
from redub.ui.script.units import change_between, unit_of


def units(text: str) -> list[int]:
    raw = text.encode("utf-16-le", "surrogatepass")
    return [raw[place] | raw[place + 1] << 8 for place in range(0, len(raw), 2)]


def joined(row: list[int]) -> str:
    return b"".join(unit.to_bytes(2, "little") for unit in row).decode("utf-16-le", "surrogatepass")


SUB = 'Our <sub alias="big cat">Jaguar</sub> runs'


def test_sheet__shows_text_as_text_and_marks_as_chips() -> None:
    sheet = Sheet('Tom &amp; Jerry<break time="1s"/>, <word>New York</word>!')

    assert sheet.text == f"Tom & Jerry{CHIP}, {CHIP}New York!"
    assert [(sheet.text[tint.first : tint.last], tint.mark.tag) for tint in sheet.tints] == [
        ("New York", "word")
    ]


def test_sheet__a_line_break_in_the_source_can_be_seen() -> None:
    assert Sheet("one\ntwo").text == "one⏎two"


@pytest.mark.parametrize("tag", list(TAGS.values()), ids=lambda tag: tag.name)
def test_sheet__every_mark_of_the_table_has_a_chip(tag: object) -> None:
    sheet = Sheet(tag.example)  # type: ignore[attr-defined]  # a Tag; parametrize loses its type

    assert CHIP in sheet.text
    assert len(sheet) == len(units(sheet.text))


def test_replaced__typed_signs_are_made_safe() -> None:
    assert Sheet("a b").replaced(1, 2, " & <i> ") == "a &amp; &lt;i&gt; b"


def test_replaced__a_line_break_becomes_a_space() -> None:
    assert Sheet("ab").replaced(1, 1, "\r\n") == "a b"


def test_replaced__typing_in_a_marks_text_stays_in_it() -> None:
    sheet = Sheet(SUB)

    assert sheet.replaced(6, 6, "X") == 'Our <sub alias="big cat">JXaguar</sub> runs'


def test_replaced__typing_behind_a_marks_text_goes_behind_it() -> None:
    sheet = Sheet(SUB)
    behind = sheet.text.index(" runs")

    assert sheet.replaced(behind, behind, "s") == 'Our <sub alias="big cat">Jaguar</sub>s runs'


def test_replaced__typing_at_the_end_stays_in_speak() -> None:
    sheet = Sheet("<speak>Hello</speak>")

    assert sheet.replaced(len(sheet), len(sheet), "!") == "<speak>Hello!</speak>"


def test_replaced__typing_into_an_empty_mark_fills_it() -> None:
    assert Sheet("a<word></word>b").replaced(2, 2, "x") == "a<word>x</word>b"


def test_spliced__deleting_a_chip_frees_its_text() -> None:
    sheet = Sheet(SUB)
    chip = sheet.text.index(CHIP)

    assert sheet.spliced(chip, chip + 1, "") == "Our Jaguar runs"


def test_spliced__deleting_all_of_a_marks_text_takes_the_mark_along() -> None:
    sheet = Sheet(SUB)
    first = sheet.text.index("Jaguar")

    assert sheet.spliced(first, first + 6, "") == "Our  runs"
    assert sheet.spliced(first, first + 6, "Puma") == 'Our <sub alias="big cat">Puma</sub> runs'


def test_spliced__deleting_across_the_edge_of_a_mark_leaves_it_whole() -> None:
    sheet = Sheet(SUB)

    assert sheet.spliced(sheet.text.index("uar"), sheet.text.index("ns"), "") == (
        'Our <sub alias="big cat">Jag</sub>ns'
    )


def test_source_range__a_selected_mark_counts_whole() -> None:
    sheet = Sheet(SUB)
    first, last = sheet.source_range(sheet.text.index(CHIP), sheet.text.index(" runs"))

    assert SUB[first:last] == '<sub alias="big cat">Jaguar</sub>'


def test_units__beyond_the_basic_plane_count_twice_as_qt_counts() -> None:
    sheet = Sheet("😀a")

    assert len(sheet) == 3
    assert sheet.replaced(2, 3, "b") == "😀b"
    assert unit_of("😀a", 1) == 2


@pytest.mark.parametrize(
    "old, new, caret, change",
    [
        ("aa", "aaa", 1, (0, 0, "a")),
        ("aa", "aaa", 2, (1, 1, "a")),
        ("abc", "ac", 1, (1, 2, "")),
        ("abc", "aXc", 2, (1, 2, "X")),
        ("", "x", 1, (0, 0, "x")),
    ],
)
def test_change_between__the_caret_tells_equal_letters_apart(
    old: str, new: str, caret: int, change: tuple[int, int, str]
) -> None:
    found = change_between(old, new, caret)

    assert found is not None
    assert (found.first, found.last, found.text) == change


_PIECES = st.sampled_from(
    [tag.example for tag in TAGS.values()]
    + ["Hello ", "世界", "&amp;", "&lt;", "😀", "1 < 2 & 3", "<foo>x</foo>", "\n", "</word>"]
)
_SOURCES = st.lists(_PIECES, max_size=6).map("".join) | st.text(max_size=40)


@given(_SOURCES, st.data())
@example("<word>", None)
def test_change__whatever_is_typed_anywhere_is_what_is_then_shown(
    source: str, data: st.DataObject | None
) -> None:
    sheet = Sheet(source)
    if data is None:
        return
    row = units(sheet.text)
    places = [
        place for place in range(len(row) + 1) if place == len(row) or not 0xDC00 <= row[place] < 0xE000
    ]
    first, last = sorted((data.draw(st.sampled_from(places)), data.draw(st.sampled_from(places))))

    after = Sheet(sheet.replaced(first, last, "neu & <x>"))

    assert len(after) == len(units(after.text))
    assert "neu & <x>" in after.text


@given(
    st.lists(
        st.sampled_from([tag.example for tag in TAGS.values() if tag.name != "speak"] + ["Hello ", "世界"])
    ).map("".join),
    st.data(),
)
def test_change__deleting_anything_never_makes_a_script_invalid(source: str, data: st.DataObject) -> None:
    sheet = Sheet(source)
    places = st.integers(0, len(sheet))
    first, last = sorted((data.draw(places), data.draw(places)))
    expected = joined(units(sheet.text)[:first] + units(sheet.text)[last:]).replace(CHIP, "")

    after = sheet.spliced(first, last, "")

    assert not [one.code for one in problems(after) if one.level is Level.ERROR and one.code not in _NOT_OURS]
    assert Sheet(after).text.replace(CHIP, "") == expected
    assert spoken_text(parse(after)) is not None


_NOT_OURS = {"phoneme_count"}
"""A reading can lose its character only with its mark; several characters under one reading are no mark of ours."""


@given(_SOURCES)
def test_place__every_unit_stands_for_its_piece_of_the_source(source: str) -> None:
    sheet = Sheet(source)

    places = [sheet.place(unit) for unit in range(len(sheet))]

    assert places == sorted(places)
    assert all(start < end for start, end in places)
    assert all(sheet.unit_at(start) <= unit < sheet.unit_at(end) for unit, (start, end) in enumerate(places))
