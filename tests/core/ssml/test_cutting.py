from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ssml.examples import scripts
from redub.core.findings import Level
from redub.core.ssml.check import problems
from redub.core.ssml.cutting import cut_out, sentences, split_script
from redub.core.ssml.document import parse, spoken_text, whole_count


@pytest.mark.parametrize(
    "source, text, cut",
    [
        ("One two three", "two", "two"),
        ("Go to <word>New York</word> now", "York", "<word>York</word>"),
        ('a<sub alias="big cat">Jaguar</sub>b', "gua", '<sub alias="big cat">Jaguar</sub>'),
        ("<speak>One <word>two</word></speak>", "One", "One "),
        ("R&amp;D", "am", "&amp;"),
        ("😀 and", "and", "and"),
    ],
)
def test_cut_out__is_a_script_of_its_own(source: str, text: str, cut: str) -> None:
    start = source.index(text)
    end = start + len(text) + (1 if text == "One" else 0)

    assert cut_out(source, start, end) == cut


def test_cut_out__of_nothing_is_nothing() -> None:
    assert cut_out("One", 2, 2) == ""


@given(scripts, st.data())
def test_cut_out__makes_no_error(source: str, data: st.DataObject) -> None:
    low, high = sorted(data.draw(st.tuples(st.integers(0, len(source)), st.integers(0, len(source)))))

    found = [one for one in problems(cut_out(source, low, high)) if one.level is Level.ERROR]

    assert not found


def test_sentences__end_where_sentences_end_and_keep_their_pauses() -> None:
    source = '一共3.14元。“好！”他说<break time="1s"/> Yes. <word>No way</word>? Dr.X'

    assert sentences(source) == (
        "一共3.14元。",
        "“好！”",
        '他说<break time="1s"/> Yes.',
        "<word>No way</word>?",
        "Dr.X",
    )


def test_sentences__a_pause_behind_a_sentence_stays_with_it() -> None:
    assert sentences('One. <break time="1s"/>Two.') == ('One. <break time="1s"/>', "Two.")


def test_split_script__a_short_one_stays_as_it_is() -> None:
    assert split_script(" One. Two. ", 2000) == (" One. Two. ",)


def test_split_script__cuts_at_sentence_ends_and_fills_each_piece() -> None:
    source = "这是一个句子。" * 700

    pieces = split_script(source, 2000)

    assert [len(piece) for piece in pieces] == [1995, 1995, 910]
    assert "".join(pieces) == source


def test_split_script__puts_speak_around_each_piece() -> None:
    pieces = split_script("<speak>" + "One two. " * 10 + "</speak>", 60)

    assert len(pieces) > 1
    assert all(piece.startswith("<speak>") and piece.endswith("</speak>") for piece in pieces)
    assert all(len(piece) <= 60 for piece in pieces)


def test_split_script__one_endless_sentence_is_cut_between_words_then_anywhere() -> None:
    assert all(piece.split(" ")[0] == "word" for piece in split_script("word " * 100, 48))
    assert [len(piece) for piece in split_script("字" * 250, 100)] == [100, 100, 50]
    assert all("&amp;".startswith(piece[:1]) for piece in split_script("&amp;" * 50, 98))


def test_split_script__the_last_piece_is_not_too_short_to_be_sent() -> None:
    pieces = split_script("这是第一句话。这是第二句话。这是第三句话。好。", 21, least=4)

    assert pieces == ("这是第一句话。这是第二句话。", "这是第三句话。 好。")


@given(scripts, st.integers(120, 400))
def test_split_script__loses_nothing_and_every_piece_is_valid(source: str, most: int) -> None:
    long = (source + " 句子。Sentence. ") * 5

    pieces = split_script(long, most)

    spoken = "".join("".join(spoken_text(parse(piece)).split()) for piece in pieces)
    assert spoken == "".join(spoken_text(parse(long)).split())
    for piece in pieces:
        assert whole_count(piece) <= most
        assert not [one for one in problems(piece) if one.level is Level.ERROR]
