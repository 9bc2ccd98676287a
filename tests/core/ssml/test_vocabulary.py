from __future__ import annotations

import pytest

from redub.core.findings import Level
from redub.core.ssml import sayas
from redub.core.ssml.check import problems
from redub.core.ssml.vocabulary import SAY_AS_KINDS, TAGS, Content


def test_tags__those_of_the_page() -> None:
    assert set(TAGS) == {"break", "phoneme", "word", "sub", "say-as", "speak", "insert-action"}
    assert {name for name, tag in TAGS.items() if tag.content is Content.EMPTY} == {"break", "insert-action"}


def test_say_as_kinds__the_eleven_of_the_page() -> None:
    names = "cardinal digits telephone address id date time punctuation characters measure currency"
    assert sorted(SAY_AS_KINDS) == sorted(names.split(" "))


@pytest.mark.parametrize("name", TAGS)
def test_tag__says_what_it_is_and_its_example_is_right(name: str) -> None:
    tag = TAGS[name]

    assert tag.label
    assert tag.sentence.endswith(".")
    assert all(rule.sentence.endswith(".") for rule in tag.attributes)
    assert f"<{name}" in tag.example
    assert [one for one in problems(tag.example) if one.level is Level.ERROR] == []


@pytest.mark.parametrize("name", SAY_AS_KINDS)
def test_say_as_kind__its_example_fits(name: str) -> None:
    kind = SAY_AS_KINDS[name]

    assert kind.label
    assert kind.sentence.endswith(".")
    assert sayas.fits(name, kind.example)


@pytest.mark.parametrize(
    "kind, text",
    [
        ("date", "2020年8月9日"),
        ("date", "八月九日"),
        ("date", "9 August 2020"),
        ("date", "31/12"),
        ("date", "2020/08"),
        ("time", "14:03:09"),
        ("time", "五点半"),
        ("time", "5点30分"),
        ("telephone", "+86 138-0013-8000"),
        ("cardinal", "一百二十三"),
        ("cardinal", "45%"),
        ("currency", "€1,000"),
        ("currency", "12元"),
        ("measure", "25 ℃"),
    ],
)
def test_fits__is_lenient(kind: str, text: str) -> None:
    assert sayas.fits(kind, text)


def test_fits__does_not_hang_on_long_texts() -> None:
    for kind in SAY_AS_KINDS:
        sayas.fits(kind, "1" * 5000 + "?")
        sayas.fits(kind, "五点" * 2500 + "?")
