from __future__ import annotations

import pytest
from hypothesis import given, settings

from core.ssml.examples import rubble, scripts
from redub.core.ssml.document import parse
from redub.core.ssml.estimate import seconds
from redub.core.ssml.reading import reading
from redub.core.ssml.reading_zh import han_number
from redub.core.ssml.scripts import main_language
from redub.core.ssml.spoken import Pause, Say, segments


def _said(ssml: str, language: str = "") -> list[str | float]:
    found = segments(parse(ssml), language)
    return [one.seconds if isinstance(one, Pause) else one.text for one in found]


@pytest.mark.parametrize(
    "kind, text, english, chinese",
    [
        ("cardinal", "10,000", "10000", "一万"),
        ("cardinal", "-123.01", "minus 123.01", "负一百二十三点零一"),
        ("digits", "123045", "1 2 3 0 4 5", "一二三零四五"),
        ("telephone", "0755-86013388", "0 7 5 5, 8 6 0 1 3 3 8 8", "零七五五，八六零幺三三八八"),
        ("address", "Room 1205, Building 3", "Room 1 2 0 5, Building 3", "Room 幺二零五, Building 三"),
        ("id", "dell01", "D E L L 0 1", "D E L L 零 一"),
        ("characters", "a-1", "ay dash 1", "A 杠 一"),
        ("date", "2020-08-09", "August 9, 20 20", "二零二零年八月九日"),
        ("date", "2004年1月2日", "January 2, 2004", "二零零四年一月二日"),
        ("time", "12:00", "12 o’clock", "十二点整"),
        ("time", "5:30am", "5 30 ay M", "上午五点三十分"),
        ("time", "2:05pm", "2 oh 5 P M", "下午两点零五分"),
        ("punctuation", "……", "ellipsis", "省略号"),
        ("measure", "120.56cm²", "120.56 square centimetres", "一百二十点五六平方厘米"),
        ("currency", "12.50RMB", "12.50 yuan", "十二点五零元"),
        ("currency", "$12", "12 dollars", "十二美元"),
    ],
)
def test_reading__english_and_chinese(kind: str, text: str, english: str, chinese: str) -> None:
    assert reading(text, kind, "en") == english
    assert reading(text, kind, "zh") == chinese


def test_reading__other_languages_and_unknown_kinds() -> None:
    assert reading("123", "digits", "de") == "1 2 3"
    assert reading("12:00", "time", "de") == "12:00"
    assert reading("x", "name", "en") == "x"


@pytest.mark.parametrize(
    "number, words",
    [
        (0, "零"),
        (10, "十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1005, "一千零五"),
        (10010, "一万零一十"),
        (100500, "十万零五百"),
        (123456789, "一亿二千三百四十五万六千七百八十九"),
        (1000000001, "十亿零一"),
    ],
)
def test_han_number(number: int, words: str) -> None:
    assert han_number(number) == words


def test_segments__pauses_by_time_and_strength() -> None:
    said = _said('a<break time="1500ms"/>b<break strength="strong"/>c<break/>d<break time="x"/>e')

    assert said == ["a", 1.5, "b", 1.0, "c", 0.75, "d", 0.0, "e"]


def test_segments__numbers_follow_the_words_before_them() -> None:
    number = '<say-as interpret-as="cardinal">12</say-as>'

    assert _said(f"我有{number}") == ["我有", "十二"]
    assert _said(f"I have {number}") == ["I have ", "12"]
    assert _said(f"{number}个人") == ["十二", "个人"]
    assert _said(f"I have {number}", "zh") == ["I have ", "十二"]


def test_segments__readings_one_character_at_a_time() -> None:
    ssml = '<phoneme alphabet="py" ph="zhang3 da4">长大</phoneme>'

    first, second = segments(parse(ssml))

    assert isinstance(first, Say)
    assert isinstance(second, Say)
    assert (first.text, first.phonemes, ssml[first.start : first.end]) == ("长", ("zhang3",), "长")
    assert (second.text, second.phonemes, ssml[second.start : second.end]) == ("大", ("da4",), "大")


@settings(max_examples=300, deadline=None)
@given(scripts)
def test_segments__every_character_knows_its_place(ssml: str) -> None:
    for one in segments(parse(ssml)):
        assert 0 <= one.start <= one.end <= len(ssml)
        if isinstance(one, Say) and one.offsets:
            assert len(one.offsets) == len(one.text) + 1
            assert list(one.offsets) == sorted(one.offsets)


@settings(max_examples=300, deadline=None)
@given(rubble)
def test_segments_and_estimate__take_every_string(ssml: str) -> None:
    segments(parse(ssml))
    guess = seconds(ssml)

    assert 0 <= guess.low <= guess.likely <= guess.high


def test_estimate__pauses_count_exactly_and_speed_shortens() -> None:
    plain = seconds("Hello world, this is a test.")
    paused = seconds('Hello<break time="2s"/> world, this is a test.')
    fast = seconds("Hello world, this is a test.", 1.5)

    assert paused.likely == pytest.approx(plain.likely + 2)
    assert fast.likely == pytest.approx(plain.likely / 1.5)
    assert seconds("").high == 0


@pytest.mark.parametrize(
    "text, language",
    [
        ("Hello", "en"),
        ("你好 world", "zh"),
        ("こんにちは世界", "ja"),
        ("안녕하세요", "ko"),
        ("123", "en"),
        ("", "en"),
    ],
)
def test_main_language(text: str, language: str) -> None:
    assert main_language(text) == language
