"""Rules of choosing a voice, and its words: no Qt."""

from __future__ import annotations

from dataclasses import replace

from redub.core.shot import Speech
from redub.core.timbre import Gender, Timbre
from redub.i18n import _


def speak_with(speech: Speech, timbre: Timbre) -> Speech:
    """Return `speech` with another voice; what that voice does not know is left out."""
    language = speech.language
    if len(timbre.languages) <= 1:
        language = None
    elif language not in timbre.languages:
        language = timbre.languages[0]
    emotion = speech.emotion if speech.emotion in timbre.emotions else None
    strength = speech.emotion_intensity if emotion else None
    return replace(
        speech, timbre_key=timbre.key, language=language, emotion=emotion, emotion_intensity=strength
    )


def find(timbres: tuple[Timbre, ...], key: str) -> Timbre | None:
    """Return the voice with `key`, or None."""
    return next((timbre for timbre in timbres if timbre.key == key), None)


def remark(timbre: Timbre) -> str:
    """Say in a few words who speaks: gender, languages, key."""
    gender = {Gender.MALE: _("male"), Gender.FEMALE: _("female"), Gender.UNKNOWN: ""}[timbre.gender]
    return " · ".join(part for part in (gender, ", ".join(timbre.languages), timbre.key) if part)


def emotion_word(code: str) -> str:
    """Say an emotion's code as a word: "tc_happy" is happy."""
    return code.removeprefix("tc_").replace("_", " ").capitalize()


def matches(timbre: Timbre, text: str) -> bool:
    """Say whether `text` occurs in anything that is known of a voice."""
    known = (timbre.name, timbre.key, timbre.description, remark(timbre), *timbre.emotions)
    return text.casefold().strip() in " ".join(known).casefold()
