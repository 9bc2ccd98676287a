"""From sounds to movements, without any picture."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from redub.media.espeak import Phoneme
from redub.media.speech import Speaker, Spoken
from redub.rehearsal.lips.listening import mouthing_by_ear, samples_of
from redub.rehearsal.lips.mouthing import RATE, Mouthing, effort, loudness, smooth
from redub.rehearsal.lips.phonemes import mouthing_of

EVEN = np.ones(400, np.float32)


def said(*sounds: tuple[str, float], seconds: float = 1.0) -> Mouthing:
    return mouthing_of([Phoneme(ipa, start) for ipa, start in sounds], seconds, EVEN)


@pytest.mark.parametrize("sound", ["p", "b", "m"])
def test_phonemes__lips_meet_between_open_vowels(sound: str) -> None:
    movement = said(("ɑː", 0.1), (sound, 0.4), ("ɑː", 0.5), ("", 0.8))
    closed = movement.at(0.43)
    assert closed.press == pytest.approx(1.0)
    assert closed.jaw == pytest.approx(0.0, abs=0.01)
    assert movement.at(0.25).jaw > 0.6
    assert movement.at(0.65).jaw > 0.6


def test_phonemes__shapes_of_vowels() -> None:
    movement = said(("ɑ", 0.1), ("i", 0.3), ("u", 0.5), ("", 0.7))
    opened, spread, rounded = (movement.at(moment) for moment in (0.18, 0.38, 0.58))
    assert opened.jaw > 1.7 * spread.jaw > 0
    assert spread.round < -0.5 < 0.5 < rounded.round


def test_phonemes__lower_lip_to_the_teeth() -> None:
    movement = said(("ɑ", 0.1), ("f", 0.4), ("ɑ", 0.5))
    assert movement.at(0.43).tuck == pytest.approx(1.0)
    assert movement.at(0.43).jaw < 0.2


def test_phonemes__rests_in_silence() -> None:
    quiet = mouthing_of([Phoneme("ɑ", 0.1)], 1.0, np.zeros(400, np.float32))
    assert float(np.max(quiet.jaw)) == pytest.approx(0.0, abs=1e-6)


def test_phonemes__moves_smoothly() -> None:
    movement = said(("ɑ", 0.1), ("t", 0.3), ("ɑ", 0.35), ("k", 0.5), ("u", 0.6))
    assert float(np.max(np.abs(np.diff(movement.jaw)))) < 0.2


def test_at__behind_the_end_it_is_the_last() -> None:
    movement = said(("ɑ", 0.1))
    assert movement.at(99.0) == movement.at(1.02)


def tone(frequency: float, seconds: float, level: float = 0.5, rate: int = 16_000) -> np.ndarray:
    times = np.arange(int(seconds * rate)) / rate
    return (level * np.sin(2 * np.pi * frequency * times)).astype(np.float32)


def test_ear__low_open_sound_opens_hissing_does_not() -> None:
    samples = np.concatenate([tone(750, 0.5), tone(5200, 0.5)])
    movement = mouthing_by_ear(samples, 16_000)
    assert movement.at(0.25).jaw > 0.6
    assert movement.at(0.75).jaw < 0.4


def test_ear__spread_and_round() -> None:
    samples = np.concatenate([tone(600, 0.5), tone(2200, 0.5)])
    movement = mouthing_by_ear(samples, 16_000)
    assert movement.at(0.25).round > 0.3
    assert movement.at(0.75).round < -0.3


def test_ear__a_short_dip_closes_the_lips() -> None:
    samples = np.concatenate([tone(700, 0.4), tone(700, 0.07, 0.005), tone(700, 0.4)])
    movement = mouthing_by_ear(samples, 16_000)
    assert movement.at(0.42).jaw < 0.25
    assert movement.at(0.2).jaw > 0.6


def test_ear__silence_is_rest() -> None:
    movement = mouthing_by_ear(np.concatenate([tone(700, 0.5), np.zeros(8000, np.float32)]), 16_000)
    assert movement.at(0.9).jaw == pytest.approx(0.0, abs=0.02)


def test_loudness__thirty_decibels_down_is_nothing() -> None:
    part = loudness(np.concatenate([tone(300, 0.5), tone(300, 0.5, 0.5 / 100)]), 16_000)
    assert part[25] == pytest.approx(1.0, abs=0.05)
    assert part[75] == pytest.approx(0.0, abs=0.05)


@pytest.mark.parametrize("channels, rate", [(1, 22_050), (2, 48_000)])
def test_samples_of__any_wav(tmp_path: Path, channels: int, rate: int) -> None:
    path = tmp_path / "s.wav"
    data = (np.repeat(tone(440, 1.0, rate=rate)[:, None], channels, axis=1) * 32767).astype("<i2")
    with wave.open(str(path), "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(data.tobytes())
    samples, got = samples_of(path)
    assert len(samples) / got == pytest.approx(1.0, abs=0.01)
    assert float(np.max(samples)) == pytest.approx(0.5, abs=0.03)


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Spoken:
    speaker = Speaker()
    text = "Maybe we should open the window; both of you have wonderful voices, and five people are coming."
    wav = tmp_path_factory.mktemp("said") / "s.wav"
    return speaker.speak(text, speaker.voices()[0], 1.0, 0, wav)


def test_speech__opens_with_its_loudness(spoken: Spoken) -> None:
    samples, rate = samples_of(spoken.path)
    movement = mouthing_of(spoken.phonemes, spoken.duration, effort(samples, rate))
    assert correlation(movement, samples, rate) >= 0.6
    assert correlation(mouthing_by_ear(samples, rate), samples, rate) >= 0.6


def correlation(movement: Mouthing, samples: np.ndarray, rate: int) -> float:
    """Return how far the jaw goes with the loudness (RMS over 0.1 s), 25 times a second."""
    window = int(0.1 * rate)
    level = np.sqrt(np.convolve(samples.astype(float) ** 2, np.ones(window) / window, "same"))
    moments = np.arange(0, len(samples) / rate - 0.04, 0.04)
    jaws = [movement.at(moment).jaw for moment in moments]
    return float(np.corrcoef(jaws, np.interp(moments, np.arange(len(level)) / rate, level))[0, 1])


def test_smooth__keeps_the_level() -> None:
    assert smooth(np.full(RATE, 0.5, np.float32), 0.04) == pytest.approx(0.5)
