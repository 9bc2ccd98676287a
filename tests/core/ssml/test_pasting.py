from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ssml.examples import EXAMPLES, rubble
from redub.core.findings import Level
from redub.core.ssml.check import problems
from redub.core.ssml.document import parse, spoken_text
from redub.core.ssml.pasting import Arrival, clean, fragment_of, look_at


@pytest.mark.parametrize(
    "text, pause, fragment",
    [
        ("plain", None, "plain"),
        (" with room ", None, " with room "),
        ("R&D < 5", None, "R&amp;D &lt; 5"),
        ("one\ntwo\r\n\r\nthree\n", None, "one two three"),
        ("one\ntwo", "500ms", 'one<break time="500ms"/> two'),
        ("not <b>ours</b>", None, "not &lt;b&gt;ours&lt;/b&gt;"),
        ("a\u00a0\u200b b\ufeff\t c", None, "a b c"),
    ],
)
def test_fragment_of(text: str, pause: str | None, fragment: str) -> None:
    assert fragment_of(text, pause) == fragment


def test_clean__keeps_what_emoji_and_other_scripts_are_joined_with() -> None:
    assert clean("👩\u200d👩\u200d👧 نمی\u200cخواهم \u200fא") == "👩\u200d👩\u200d👧 نمی\u200cخواهم \u200fא"


def test_look_at__text_is_text_with_its_line_breaks() -> None:
    found = look_at("one\ntwo\n\nthree\n")

    assert (found.kind, found.line_breaks) == (Arrival.PLAIN, 2)


@pytest.mark.parametrize("source", [one for one in EXAMPLES if "<" in one])
def test_look_at__every_example_of_the_pages_is_a_script(source: str) -> None:
    found = look_at(source)

    assert (found.kind, found.source) == (Arrival.SCRIPT, source)
    assert found.marks >= 1


def test_look_at__broken_marks_of_ours_are_text() -> None:
    assert look_at("I <3 you & you <b").kind is Arrival.PLAIN


@given(st.one_of(rubble, st.text()))
def test_look_at__whatever_it_is_what_would_be_put_in_is_valid(text: str) -> None:
    found = look_at(text)
    put_in = found.source or fragment_of(found.text, "500ms")

    assert not [one for one in problems(put_in) if one.level is Level.ERROR]
    assert spoken_text(parse(put_in)) is not None
