from __future__ import annotations

import pytest

from redub.core.ssml import pinyin


@pytest.mark.parametrize(
    "syllable", ["chuan2", "lv3", "lü3", "er2", "nü3", "zhuang1", "a1", "wanr2", "xiong2", "Fu4"]
)
def test_syllable__known(syllable: str) -> None:
    assert pinyin.is_syllable(syllable)
    assert pinyin.has_tone(pinyin.numbered(syllable))


@pytest.mark.parametrize("syllable", ["chuan", "chuan0", "chuan6", "chuan22", "2", "", "ch2uan", "chuán"])
def test_tone__missing_or_wrong(syllable: str) -> None:
    assert not pinyin.has_tone(syllable)


@pytest.mark.parametrize("syllable", ["xx1", "fong4", "anchor1", "giu2"])
def test_syllable__unknown(syllable: str) -> None:
    assert not pinyin.is_syllable(syllable)


@pytest.mark.parametrize(
    "written, expected", [("chuán", "chuan2"), ("lǜ", "lv4"), ("ma", "ma"), ("zhang3", "zhang3"), ("ē", "e1")]
)
def test_numbered__from_accents(written: str, expected: str) -> None:
    assert pinyin.numbered(written) == expected


def test_syllables__about_as_many_as_mandarin_has() -> None:
    assert 400 <= len(pinyin.SYLLABLES) <= 430


@pytest.mark.parametrize(
    "numbered, marked",
    [
        ("chuan2", "chuán"),
        ("lv4", "lǜ"),
        ("dou1", "dōu"),
        ("gui4", "guì"),
        ("ma5", "ma"),
        ("liu2", "liú"),
        ("xue3", "xuě"),
        ("r5", "r"),
    ],
)
def test_marked__writes_the_tone_where_people_write_it(numbered: str, marked: str) -> None:
    assert pinyin.marked(numbered) == marked
