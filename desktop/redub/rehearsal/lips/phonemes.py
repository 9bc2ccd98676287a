"""The sounds of a spoken script, with their times, to mouth movements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from redub.media.espeak import Phoneme
from redub.rehearsal.lips.mouthing import RATE, Mouthing, Posture, Row, smooth

_POSTURES: dict[str, tuple[float, float]] = {
    # vowels: how open, how round (IPA)
    **dict.fromkeys("aɑɐ", (1.0, 0.0)),
    **dict.fromkeys("æ", (0.9, -0.35)),
    **dict.fromkeys("ɔɒ", (0.78, 0.5)),
    **dict.fromkeys("ʌɞɜɝ", (0.62, 0.0)),
    **dict.fromkeys("əɚɤ", (0.42, 0.0)),
    **dict.fromkeys("ɛ", (0.66, -0.4)),
    **dict.fromkeys("e", (0.52, -0.6)),
    **dict.fromkeys("ɪɨ", (0.36, -0.6)),
    **dict.fromkeys("iᵻ", (0.3, -0.9)),
    **dict.fromkeys("oɵ", (0.55, 0.8)),
    **dict.fromkeys("ʊɯ", (0.36, 0.75)),
    **dict.fromkeys("uʉ", (0.28, 1.0)),
    **dict.fromkeys("yʏ", (0.28, 0.9)),
    **dict.fromkeys("øœ", (0.5, 0.6)),
    # consonants
    **dict.fromkeys("wʍɥ", (0.16, 0.95)),
    **dict.fromkeys("ɹrɻʐ", (0.22, 0.45)),
    **dict.fromkeys("lɫ", (0.3, -0.1)),
    **dict.fromkeys("tdnszɾ", (0.14, -0.3)),
    **dict.fromkeys("ʃʒʂ", (0.16, 0.6)),
    **dict.fromkeys("θð", (0.22, -0.1)),
    **dict.fromkeys("kɡgŋxɣç", (0.24, 0.0)),
    **dict.fromkeys("hɦʔ", (0.36, 0.0)),
    **dict.fromkeys("jɕʑ", (0.2, -0.7)),
}
_PRESSED, _TUCKED = frozenset("pbmɓ"), frozenset("fvʋɱ")
_JAW_WIDTH, _ROUND_WIDTH = 0.032, 0.06
_PRESS_BEFORE, _PRESS_AFTER = 0.05, 0.045
_ANY_SOUND = 0.3
"""How far any sound opens the mouth, as a part of what the widest vowel does."""


def mouthing_of(phonemes: Sequence[Phoneme], seconds: float, effort: Row) -> Mouthing:
    """Return the movement for `phonemes` of a speech of `seconds`, spoken with `effort` (`mouthing.effort`)."""
    count = int(seconds * RATE) + 2
    jaw, rounding = np.zeros(count, np.float32), np.zeros(count, np.float32)
    press, tuck = np.zeros(count, np.float32), np.zeros(count, np.float32)
    times = np.arange(count) / RATE
    for posture, start, end in _postures(phonemes, seconds):
        part = slice(max(0, int(start * RATE)), max(0, int(end * RATE)) + 1)
        jaw[part], rounding[part] = posture.jaw, posture.round
        if posture.press:
            press = np.maximum(press, _held(times, start, end))
        if posture.tuck:
            tuck = np.maximum(tuck, _held(times, start, end))
    voice = np.interp(times, np.arange(len(effort)) / RATE, effort)
    moved = smooth(
        (voice * (_ANY_SOUND + (1 - _ANY_SOUND) * smooth(jaw, _JAW_WIDTH))).astype(np.float32), 0.02
    )
    return Mouthing(
        jaw=np.clip(moved * (1 - press) * (1 - 0.85 * tuck), 0, 1).astype(np.float32),
        round=smooth(rounding, _ROUND_WIDTH),
        press=press,
        tuck=tuck,
    )


def _held(times: Row, start: float, end: float) -> Row:
    """Return 1 from `start` to `end`, rising before and falling behind: lips are shut before a sound bursts."""
    rising = np.clip((times - start + _PRESS_BEFORE) / _PRESS_BEFORE, 0, 1)
    falling = np.clip((end + _PRESS_AFTER - times) / _PRESS_AFTER, 0, 1)
    bell = np.minimum(rising, falling)
    held: Row = (bell * bell * (3 - 2 * bell)).astype(np.float32)
    return held


def _postures(phonemes: Sequence[Phoneme], seconds: float) -> Iterator[tuple[Posture, float, float]]:
    """Yield the posture of every sound with its beginning and end; the parts of a diphthong share its time."""
    ends = [*(one.seconds for one in phonemes[1:]), seconds]
    for one, end in zip(phonemes, ends, strict=False):
        signs = [sign for sign in one.ipa if sign in _POSTURES or sign in _PRESSED or sign in _TUCKED]
        step = (end - one.seconds) / max(1, len(signs))
        for place, sign in enumerate(signs):
            yield _posture(sign), one.seconds + place * step, one.seconds + (place + 1) * step


def _posture(sign: str) -> Posture:
    if sign in _PRESSED:
        return Posture(press=1.0)
    if sign in _TUCKED:
        return Posture(jaw=0.1, round=-0.1, tuck=1.0)
    return Posture(*_POSTURES[sign])
