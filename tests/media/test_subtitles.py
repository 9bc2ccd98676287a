from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redub.core.errors import UserError
from redub.media.speech import Speaker
from redub.media.subtitles import LINE_WIDTH, Cue, cues, parse_srt, srt, write_srt
from redub.media.wordtimes import Word, joined

ENGLISH = (
    "Good morning everyone, thank you for being here. My name is Anna and I work as a product manager. In the next few "
    "minutes I will tell you about our new camera: what it does, why we made it, and how you can try it at home. Yes."
)
CHINESE = (
    "各位来宾，大家上午好！感谢大家在百忙之中抽出时间参加今天的新品发布会。接下来，我将用十分钟的时间，"
    "向大家介绍我们最新的产品：它能做什么，为什么做，怎么用。"
)


def _spoken(text: str, key: str, folder: Path) -> tuple[Word, ...]:
    speaker = Speaker()
    voice = speaker.voice_for(key)
    assert voice is not None
    return speaker.speak(text, voice, 1.0, 0, folder / "spoken.wav").words


@pytest.mark.parametrize("text, key", [(ENGLISH, "rehearsal_en_f1"), (CHINESE, "rehearsal_zh_f1")])
def test_cues__readable_lines_in_time(text: str, key: str, tmp_path: Path) -> None:
    found = cues(_spoken(text, key, tmp_path))

    wide = 2.1 if key == "rehearsal_zh_f1" else 1.0
    for cue in found:
        assert 1 <= len(cue.text.split("\n")) <= 2
        assert all(len(line) * wide <= LINE_WIDTH for line in cue.text.split("\n"))
        assert 0 < cue.end - cue.start <= 7.0
    assert all(before.end <= after.start for before, after in pairwise(found))
    shown = "".join(cue.text for cue in found).replace("\n", "").replace(" ", "")
    assert shown == text.replace(" ", "")


def test_cues__end_with_sentences_and_clauses(tmp_path: Path) -> None:
    found = cues(_spoken(ENGLISH, "rehearsal_en_f1", tmp_path))

    assert found[0].text == "Good morning everyone,\nthank you for being here."
    assert all(cue.text[-1] in ".,:" for cue in found)


def test_cues__a_long_rest_parts_them(tmp_path: Path) -> None:
    found = cues(_spoken('One two three<break time="3s"/> four five six', "rehearsal_en_f1", tmp_path))

    assert [cue.text for cue in found] == ["One two three", "four five six"]


def test_cues__a_short_last_one_stands_a_second() -> None:
    (cue,) = cues([Word("Yes", 0.0, 0.3, after=".")])

    assert cue == Cue(0.0, 1.0, "Yes.")


def test_cues__one_word_wider_than_a_line() -> None:
    (cue,) = cues([Word("x" * 60, 0.0, 2.0)])

    assert [len(line) for line in cue.text.split("\n")] == [42, 18]


def test_srt__nothing_stands_longer_than_the_speech() -> None:
    assert parse_srt(srt([Word("Yes", 5.0, 5.2, 0)], until=5.48))[-1].end == 5.48


def test_srt__form(tmp_path: Path) -> None:
    words = [Word("Hello", 0.0, 0.5, after=" "), Word("world", 0.5, 1.2345, after=".")]

    assert srt(words) == "1\n00:00:00,000 --> 00:00:01,234\nHello world.\n\n"
    assert srt([]) == ""


@pytest.mark.parametrize("text, key", [(ENGLISH, "rehearsal_en_f1"), (CHINESE, "rehearsal_zh_f1")])
def test_srt__round_trip_of_speech(text: str, key: str, tmp_path: Path) -> None:
    words = _spoken(text, key, tmp_path)

    assert parse_srt(srt(words)) == cues(words)


_LINES = st.text(st.sampled_from("ab 你好.,-1"), min_size=1, max_size=20).map(lambda text: "w" + text.strip())
_CUES = st.lists(
    st.builds(
        Cue,
        st.integers(0, 10**8).map(lambda millis: millis / 1000),
        st.integers(0, 10**8).map(lambda millis: millis / 1000),
        st.lists(_LINES, min_size=1, max_size=2).map("\n".join),
    ),
    max_size=5,
).map(tuple)


@settings(max_examples=200, deadline=None)
@given(_CUES)
def test_srt__round_trip_of_any_subtitles(subtitles: tuple[Cue, ...]) -> None:
    assert parse_srt(write_srt(subtitles)) == subtitles
    assert parse_srt("\ufeff" + write_srt(subtitles).replace("\n", "\r\n")) == subtitles


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.text("ab你，. ", min_size=1, max_size=30), st.floats(0, 3), st.floats(0.01, 9)),
        max_size=40,
    )
)
def test_cues__any_words_keep_order_and_text(parts: list[tuple[str, float, float]]) -> None:
    words, clock = [], 0.0
    for number, (text, rest, length) in enumerate(parts):
        words.append(Word("w" + text, clock + rest, clock + rest + length, sentence=number // 3, after=" "))
        clock = words[-1].end

    found = cues(words)

    assert "".join("".join(cue.text.split()) for cue in found) == "".join(joined(words).split())
    assert all(before.end <= after.start + 0.001 for before, after in pairwise(found))


def test_parse_srt__tolerates_what_programs_write() -> None:
    text = "00:01.5 --> 00:02,25\nfirst\n\n7\n0:00:03.000-->0:00:04.000 X1:2\nsecond\nline\n"

    assert parse_srt(text) == (Cue(1.5, 2.25, "first"), Cue(3.0, 4.0, "second\nline"))
    assert parse_srt("  \n") == ()


def test_parse_srt__something_else() -> None:
    with pytest.raises(UserError, match="not a subtitle file"):
        parse_srt("Dear diary,\n\nnothing.")
