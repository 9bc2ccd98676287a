from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ssml.examples import rubble
from redub.core.findings import Level
from redub.core.ssml.check import problems
from redub.core.ssml.completion import completions
from redub.core.ssml.vocabulary import SAY_AS_KINDS, STRENGTHS, TAGS


def offered(written: str) -> list[str]:
    found = completions(written, len(written))
    return [one.text for one in found.offers] if found else []


@pytest.mark.parametrize(
    "written, texts",
    [
        ("Hello ", []),
        ("Hello <b", ["break/>"]),
        ("<word>New York</", ["word>"]),
        ("<speak>a<word>b</", ["word>", "speak>"]),
        ("a<break ", ['time=""', 'strength=""']),
        ('a<break time="1s" ', ['strength=""']),
        ('a<break time="2', ["250ms", "2s"]),
        ('a<break strength="', list(STRENGTHS)),
        ('<say-as interpret-as="c', ["cardinal", "characters", "currency"]),
        ('<phoneme alphabet="', ["py"]),
        ('<foo bar="', []),
        ("<foo ", []),
    ],
)
def test_completions__are_what_is_allowed_there(written: str, texts: list[str]) -> None:
    assert offered(written) == texts


def test_completions__of_a_tag_are_all_tags_of_the_table() -> None:
    assert len(offered("Hello <")) == len(TAGS)
    assert len(offered('<say-as interpret-as="')) == len(SAY_AS_KINDS)


def test_completions__inside_of_text_only_marks_offer_what_they_hold() -> None:
    assert offered("<word>a<") == ["insert-action/>", "/word>"]
    assert offered('<sub alias="x">a<') == ["insert-action/>", "/sub>"]


def test_completions__put_the_caret_where_something_is_missing() -> None:
    found = completions("<su", 3)
    assert found is not None
    (sub,) = found.offers

    assert (sub.text[: sub.caret], sub.text[sub.caret :]) == ('sub alias="', '"></sub>')
    assert (found.start, found.end) == (1, 3)


@pytest.mark.parametrize("tag", list(TAGS))
def test_completions__of_every_tag_is_well_formed(tag: str) -> None:
    found = completions(f"Hello <{tag}", 7 + len(tag))
    assert found is not None
    text = next(one.text for one in found.offers if one.text.startswith(tag))

    wrong = {one.code for one in problems(f"Hello <{text}") if one.level is Level.ERROR}

    assert wrong <= {"sub_alias", "say_as_kind"}


@given(rubble, st.data())
def test_completions__of_anything_anywhere_are_found_or_none(source: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(source)))

    found = completions(source, at)

    assert found is None or 0 <= found.start <= found.end <= len(source)
