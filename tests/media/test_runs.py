from __future__ import annotations

import pytest

from redub.core.ssml.document import parse
from redub.core.ssml.spoken import segments
from redub.media.runs import Run, runs
from redub.media.voices import voice_for


def _runs(ssml: str, key: str, language: str | None = None) -> tuple[Run, ...]:
    voice = voice_for(key, language)
    assert voice is not None
    return runs(segments(parse(ssml)), voice)


@pytest.mark.parametrize(
    "ssml, key, language, expected",
    [
        ("Hello, world 12.", "rehearsal_en_f1", None, [("en-us", "Hello, world 12.")]),
        ("你好 world，我们", "female_1", None, [("cmn", "你好 "), ("en-us", "world，"), ("cmn", "我们")]),
        ("“你好” ok", "rehearsal_en_f1", None, [("cmn", "“你好” "), ("en-us", "ok")]),
        ("in 2026年 v2.0", "female_1", None, [("en-us", "in "), ("cmn", "2026年 "), ("en-us", "v2.0")]),
        ("买iPhone15吧", "female_1", None, [("cmn", "买"), ("en-us", "iPhone"), ("cmn", "15吧")]),
        ("Guten Tag 你好", "rehearsal_de_f1", None, [("de", "Guten Tag "), ("cmn", "你好")]),
        ("今日 hi", "female_1", "yue-CN", [("yue", "今日 "), ("en-us", "hi")]),
        ("colour", "female_1", "en-GB", [("en-gb-x-rp", "colour")]),
        ("42", "rehearsal_zh_f1", None, [("cmn", "42")]),
        ("これは本です", "rehearsal_ja_f1", None, [("ja", "これは"), ("cmn", "本"), ("ja", "です")]),
        ("Привет", "rehearsal_en_f1", None, [("ru", "Привет")]),
        ("", "rehearsal_en_f1", None, []),
    ],
)
def test_runs__one_voice_for_each_writing(
    ssml: str, key: str, language: str | None, expected: list[tuple[str, str]]
) -> None:
    assert [(run.voice, run.text) for run in _runs(ssml, key, language)] == expected


def test_runs__pauses_keep_their_place() -> None:
    ssml = '<break time="1s"/>ab<break time="2s"/>c 你<break time="3s"/>'

    first, second = _runs(ssml, "female_1")

    assert first.pauses == [(0, 1.0), (2, 2.0)]
    assert second.pauses == [(1, 3.0)]


def test_runs__a_pause_between_two_voices_goes_before_the_second() -> None:
    first, second = _runs('ab<break time="2s"/>你', "female_1")

    assert first.pauses == []
    assert second.pauses == [(0, 2.0)]


def test_runs__units_know_their_place_in_the_script() -> None:
    ssml = 'a&amp;<sub alias="xyz">T</sub>'

    (run,) = _runs(ssml, "rehearsal_en_f1")

    assert [(unit.text, ssml[unit.start : unit.end]) for unit in run.units] == [
        ("a", "a"),
        ("&", "&amp;"),
        ("x", "T"),
        ("y", "T"),
        ("z", "T"),
    ]
