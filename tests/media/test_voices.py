from __future__ import annotations

import pytest

from redub.media import voices
from redub.media.voices import EMOTIONS, Gender


@pytest.mark.parametrize(
    "key, language, expected",
    [
        ("female_1", None, "zh-CN"),
        ("female_1", "en-GB", "en-GB"),
        ("male_120", "zh-CN", "zh-CN"),
        ("rehearsal_multi_m1", "de-DE", "de-DE"),
        ("rehearsal_en_f1", "de-DE", None),
        ("female_0", None, None),
        ("somebody", None, None),
        ("", None, None),
        ("female_1", "xx-XX", None),
    ],
)
def test_voice_for(key: str, language: str | None, expected: str | None) -> None:
    voice = voices.voice_for(key, language)

    assert (voice.language if voice else None) == expected


def test_voice_for__gender_by_the_name() -> None:
    female, male = voices.voice_for("female_3"), voices.voice_for("male_3")

    assert female is not None
    assert male is not None
    assert (female.gender, male.gender) == (Gender.FEMALE, Gender.MALE)


def test_voices__some_have_emotions_and_one_has_several_languages() -> None:
    found = voices.voices()

    assert any(set(voice.emotions) == set(EMOTIONS) for voice in found)
    assert any(len(voice.languages) > 1 for voice in found)
    assert all(voice.language in voice.languages and voice.name and voice.description for voice in found)
    assert all(voices.espeak_voice(language) for voice in found for language in voice.languages)
    assert voices.espeak_voice("zu-ZA") is None
