"""Rules of choosing a voice, and its words: no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace

from redub.core.shot import Speech
from redub.core.timbre import SOON, Gender, Timbre
from redub.i18n import _, ngettext

_SHOWN_LANGUAGES = 3
_HOURS_TO_DAYS = 48


def speak_with(speech: Speech, timbre: Timbre, script_language: str = "") -> Speech:
    """Return `speech` with another voice; what that voice does not know is left out.

    A voice of several languages speaks the one that was chosen before, else that of the script ("zh", "en" and so
    on), else its first.
    """
    language = speech.language
    if len(timbre.languages) <= 1:
        language = None
    elif language not in timbre.languages:
        near = (code for code in timbre.languages if code.split("-")[0] == script_language)
        language = next(near, timbre.languages[0])
    emotion = speech.emotion if speech.emotion in timbre.emotions else None
    strength = speech.emotion_intensity if emotion else None
    return replace(
        speech, timbre_key=timbre.key, language=language, emotion=emotion, emotion_intensity=strength
    )


def find(timbres: tuple[Timbre, ...], key: str) -> Timbre | None:
    """Return the voice with `key`, or None."""
    return next((timbre for timbre in timbres if timbre.key == key), None)


def remark(timbre: Timbre) -> str:
    """Say in a few words who speaks: gender, languages, until when, key."""
    parts = (gender_word(timbre.gender), _languages(timbre.languages), expiry_words(timbre), timbre.key)
    return " · ".join(part for part in parts if part)


def gender_word(gender: Gender) -> str:
    """Say a gender, "" for one that is not known."""
    return {Gender.MALE: _("male"), Gender.FEMALE: _("female"), Gender.UNKNOWN: ""}[gender]


def expiry_words(timbre: Timbre) -> str:
    """Say that a voice has expired or is about to; "" for one that stays."""
    left = timbre.days_left
    if left is None or left > SOON:
        return ""
    if left < 0:
        return _("expired")
    return ngettext("expires in {n} day", "expires in {n} days", left).format(n=left)


def emotion_word(code: str) -> str:
    """Say an emotion's code as a word: "tc_happy" is happy."""
    return code.removeprefix("tc_").replace("_", " ").capitalize()


def age_words(seconds: float) -> str:
    """Say how long ago the voices were listed."""
    hours = int(seconds // 3600)
    if hours < 1:
        return _("Listed just now")
    if hours < _HOURS_TO_DAYS:
        return ngettext("Listed {n} hour ago", "Listed {n} hours ago", hours).format(n=hours)
    days = hours // 24
    return ngettext("Listed {n} day ago", "Listed {n} days ago", days).format(n=days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which voices are looked for; "" and False let every voice pass.

    :ivar text: words that must all occur in what is known of a voice
    :ivar language: a language code, or only its first part ("en")
    """

    text: str = ""
    gender: str = ""
    language: str = ""
    emotion: str = ""
    favourite: bool = False


def passes(timbre: Timbre, wanted: Wanted, favourites: frozenset[str], languages: str = "") -> bool:
    """Say whether a voice is one that is looked for; `languages` are further words for its languages."""
    tongues = {part for code in timbre.languages for part in (code, code.split("-")[0])}
    return (
        wanted.gender in {"", timbre.gender.value}
        and (not wanted.language or wanted.language in tongues)
        and (not wanted.emotion or wanted.emotion in timbre.emotions)
        and (not wanted.favourite or timbre.key in favourites)
        and matches(timbre, wanted.text, languages)
    )


def matches(timbre: Timbre, text: str, languages: str = "") -> bool:
    """Say whether every word of `text` occurs in what is known of a voice; "male" is not a part of "female"."""
    genders = {gender_word(timbre.gender).casefold(), timbre.gender.value}
    emotions = " ".join(emotion_word(code) for code in timbre.emotions)
    known = (timbre.name, timbre.key, timbre.description, *timbre.languages, *timbre.emotions)
    everything = " ".join((*known, emotions, languages)).casefold()
    return all(
        word in everything or any(gender.startswith(word) for gender in genders)
        for word in text.casefold().split()
    ) and not _other_gender(timbre, text)


def _other_gender(timbre: Timbre, text: str) -> bool:
    """Say whether the text asks for the other gender: keys such as "female_1" hold both words."""
    words = set(text.casefold().split())
    other = {Gender.MALE: Gender.FEMALE, Gender.FEMALE: Gender.MALE}.get(timbre.gender)
    return other is not None and bool(words & {other.value, gender_word(other).casefold()})


def _languages(codes: tuple[str, ...]) -> str:
    """Write languages; of many the first ones and how many more."""
    if len(codes) <= _SHOWN_LANGUAGES:
        return ", ".join(codes)
    more = ngettext("and {n} more", "and {n} more", len(codes) - 2).format(n=len(codes) - 2)
    return f"{', '.join(codes[:2])} {more}"
