from __future__ import annotations

from redub.core.redolist import redo_script

SCRIPT = (
    'Welcome here. <break time="500ms"/>The <word>second</word> one is long, and it goes on. Is this three?'
)
SUBTITLES = ("Welcome here.", "The second one is long,", "and it goes on.", "Is this three?")


def test_redo_script__takes_whole_sentences_with_their_marks() -> None:
    assert redo_script(SCRIPT, SUBTITLES, [2]) == "The <word>second</word> one is long, and it goes on."
    assert redo_script(SCRIPT, SUBTITLES, [3]) == "Is this three?"


def test_redo_script__two_subtitles_of_a_sentence_are_one() -> None:
    assert redo_script(SCRIPT, SUBTITLES, [1, 2, 3]) == (
        "The <word>second</word> one is long, and it goes on. Is this three?"
    )


def test_redo_script__nothing_wanted_is_nothing_said() -> None:
    assert redo_script(SCRIPT, SUBTITLES, []) == ""


def test_redo_script__chinese_stands_without_spaces() -> None:
    script = "<speak>欢迎大家。今天很好！我们开始吧。</speak>"

    assert (
        redo_script(script, ("欢迎大家。", "今天很好！", "我们开始吧。"), [1, 2]) == "今天很好！我们开始吧。"
    )


def test_redo_script__finds_a_sentence_that_was_corrected_since() -> None:
    corrected = "Welcome here. The third one is long, and it goes on. Is this three?"

    assert redo_script(corrected, SUBTITLES, [1]) == "The third one is long, and it goes on."
