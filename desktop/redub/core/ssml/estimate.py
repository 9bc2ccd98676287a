"""How long a script will take to say, before anything has spoken it: a range, honest about what is not known.

The figures are those of the rehearsal voices at speed 1.0 (tests/media/test_speech.py holds them to it); real
voices differ by some percent, which the range is wide enough for.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from redub.core.ssml.document import parse
from redub.core.ssml.scripts import Script, main_language, script_of
from redub.core.ssml.spoken import Pause, segments

_SECONDS_PER_LETTER: Mapping[Script, float] = {
    Script.LATIN: 0.052,
    Script.HAN: 0.265,
    Script.KANA: 0.135,
    Script.HANGUL: 0.185,
    Script.CYRILLIC: 0.075,
    Script.GREEK: 0.065,
    Script.HEBREW: 0.09,
    Script.ARABIC: 0.1,
    Script.THAI: 0.1,
    Script.ETHIOPIC: 0.12,
    Script.DEVANAGARI: 0.1,
}
_SECONDS_PER_WORD = 0.05
_SECONDS_PER_DIGIT, _SECONDS_PER_HAN_DIGIT = 0.44, 0.3
_SECONDS_PER_CLAUSE, _SECONDS_PER_SENTENCE = 0.13, 0.45
_SECONDS_PER_CHANGE = 0.15
_LOWEST, _HIGHEST = 0.8, 1.22
_MARGIN = 0.25
_NARROWEST, _FIRST_SPREAD, _WIDEST, _DISAGREEMENTS = 0.05, 0.2, 0.35, 2.5
_SHORTEST_EVIDENCE = 1.5
_LEAST_RATIO, _MOST_RATIO = 0.4, 2.5

_CLAUSE = re.compile(r"[,;:](?=\s)|[，；：、](?=.)")
_SENTENCE = re.compile(r"[.!?…]+(?=\s+\S)|[。！？…]+(?=.)")
_WORD_START = re.compile(r"(?<![^\W\d_])[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Estimate:
    """Seconds of speech: hardly less than `low`, most likely `likely`, hardly more than `high`."""

    low: float
    likely: float
    high: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a real voice differs from the figures here: `ratio` of its seconds to theirs, give or take `spread`."""

    ratio: float
    spread: float


@dataclass(frozen=True, slots=True)
class Parts:
    """Seconds of the words of a script at its speed, and of its pauses, before any calibration."""

    spoken: float
    pauses: float


def seconds(
    ssml: str, speed: float = 1.0, language: str = "", calibration: Calibration | None = None
) -> Estimate:
    """Estimate how long `ssml` takes to say.

    :param speed: Speed, 0.5 to 1.5; pauses keep their length
    :param language: the voice's language ("zh-CN", "en-US" …), or "" to go by the script
    :param calibration: what is known of the voice from what it has really spoken
    """
    found = parts(ssml, speed, language)
    if not found.spoken:
        return Estimate(found.pauses, found.pauses, found.pauses)
    if calibration is None:
        low, likely, high = found.spoken * _LOWEST, found.spoken, found.spoken * _HIGHEST
    else:
        likely = found.spoken * calibration.ratio
        low, high = likely * (1 - calibration.spread), likely * (1 + calibration.spread)
    return Estimate(
        max(0.0, low - _MARGIN) + found.pauses, likely + found.pauses, high + _MARGIN + found.pauses
    )


def parts(ssml: str, speed: float = 1.0, language: str = "") -> Parts:
    """Return the likely seconds of the words of `ssml` and those of its pauses; parameters as in `seconds`."""
    document = parse(ssml)
    prefix = language.split("-")[0]
    found = segments(document, {"yue": "zh"}.get(prefix, prefix))
    text = "".join(segment.text for segment in found if not isinstance(segment, Pause))
    pauses = sum(segment.seconds for segment in found if isinstance(segment, Pause))
    return Parts(text_seconds(text.strip(), prefix) / min(1.5, max(0.5, speed)), pauses)


def calibrated(ratios: Sequence[float]) -> Calibration | None:
    """Return what `ratios` (real seconds of words to estimated ones) amount to, None when there are none.

    The median, so that one odd result moves little; one result of exactly 1 is counted in, so that a single odd one
    moves half as far. The range narrows with the number of results and widens with their disagreement.
    """
    if not ratios:
        return None
    ratio = median([1.0, *ratios])
    disagreement = median(abs(one - ratio) for one in ratios) / ratio
    spread = max(_NARROWEST, _DISAGREEMENTS * disagreement, _FIRST_SPREAD / math.sqrt(len(ratios) + 1))
    return Calibration(ratio, min(_WIDEST, spread))


def ratio_of(ssml: str, speed: float, language: str, real_seconds: float) -> float | None:
    """Return how a voice's real seconds compare with the estimate, None when they say nothing about the voice.

    Short scripts say nothing, and neither does what is too far off to be the same words.
    """
    found = parts(ssml, speed, language)
    if found.spoken < _SHORTEST_EVIDENCE or real_seconds <= found.pauses:
        return None
    ratio = (real_seconds - found.pauses) / found.spoken
    return ratio if _LEAST_RATIO <= ratio <= _MOST_RATIO else None


def text_seconds(text: str, language: str = "") -> float:
    """Return the likely seconds of plain `text` at speed 1.0, 0 when nothing in it can be heard."""
    scripts = [script_of(sign) for sign in text]
    letters = sum(_SECONDS_PER_LETTER.get(script, 0.0) for script in scripts)
    words = len(_WORD_START.findall(re.sub("[\u3000-\u9fff]", " ", text))) * _SECONDS_PER_WORD
    digits = sum(sign.isdigit() for sign in text)
    if not letters and not digits:
        return 0.0
    is_chinese = (language or main_language(text)) in {"zh", "yue", "ja"}
    numbers = digits * (_SECONDS_PER_HAN_DIGIT if is_chinese else _SECONDS_PER_DIGIT)
    rests = len(_CLAUSE.findall(text)) * _SECONDS_PER_CLAUSE
    rests += len(_SENTENCE.findall(text)) * _SECONDS_PER_SENTENCE
    return letters + words + numbers + rests + _changes(scripts) * _SECONDS_PER_CHANGE


def _changes(scripts: Iterable[Script]) -> int:
    """Count how often the writing changes between Chinese and another: every change costs a breath."""
    heard = [script is Script.HAN for script in scripts if script]
    return sum(before != after for before, after in pairwise(heard))
