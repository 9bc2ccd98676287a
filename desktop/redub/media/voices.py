"""The voices of this machine, in the shape of the service's timbre list (describetimbre).

To add one: 1. its language in `_ESPEAK` with a sentence in `_SAMPLES`; or 2. a row in `_special`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from types import MappingProxyType


class Gender(IntEnum):
    """TimbreGender."""

    MALE = 1
    FEMALE = 2


@dataclass(frozen=True, slots=True)
class Emotion:
    """How an emotion (EmotionCategory) changes a voice: steps of pitch and liveliness, factor of pace."""

    pitch: int
    liveliness: int
    pace: float


EMOTIONS: Mapping[str, Emotion] = MappingProxyType(
    {
        "tc_neutral": Emotion(0, 0, 1.0),
        "tc_happy": Emotion(12, 25, 1.06),
        "tc_sad": Emotion(-10, -25, 0.88),
        "tc_angry": Emotion(6, 35, 1.1),
        "tc_news": Emotion(-3, -10, 1.04),
        "tc_story": Emotion(2, 18, 0.94),
        "tc_peaceful": Emotion(-4, -15, 0.93),
        "tc_exciting": Emotion(15, 35, 1.1),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalVoice:
    """One voice.

    :ivar key: TimbreKey
    :ivar languages: TimbreLanguages, such as ("zh-CN",)
    :ivar language: the one it speaks in now; others in a script (English in Chinese …) are spoken too
    :ivar emotions: EmotionalCategories, () for a voice without
    :ivar adjusts_volume: False for male_1 to male_20 and female_1 to female_23, as the API page says
    :ivar variant: espeak-ng's voice variant, such as "f2"
    :ivar pitch: 0 to 100, 50 is the variant's own
    """

    key: str
    name: str
    languages: tuple[str, ...]
    language: str
    gender: Gender
    emotions: tuple[str, ...] = ()
    description: str = ""
    sample_text: str = ""
    adjusts_volume: bool = True
    variant: str
    pitch: int = 50


# Language (API Appendix 4) -> espeak-ng's voice. Those that espeak-ng does not speak are left out.
_ESPEAK: Mapping[str, str] = {
    "en-US": "en-us",
    "zh-CN": "cmn",
    "en-GB": "en-gb-x-rp",
    "yue-CN": "yue",
    "zh-HK": "yue",
    "zh-TW": "cmn",
    "ja-JP": "ja",
    "ko-KR": "ko",
    "de-DE": "de",
    "fr-FR": "fr",
    "fr-BE": "fr-be",
    "fr-CH": "fr-ch",
    "es-ES": "es",
    "es-MX": "es-419",
    "it-IT": "it",
    "pt-BR": "pt-br",
    "pt-PT": "pt",
    "nl-NL": "nl",
    "uk-UA": "uk",
    "pl-PL": "pl",
    "cs-CZ": "cs",
    "sk-SK": "sk",
    "hu-HU": "hu",
    "ro-RO": "ro",
    "bg-BG": "bg",
    "el-GR": "el",
    "tr-TR": "tr",
    "sv-SE": "sv",
    "nb-NO": "nb",
    "da-DK": "da",
    "fi-FI": "fi",
    "et-EE": "et",
    "hr-HR": "hr",
    "sl-SI": "sl",
    "bs-BA": "bs",
    "mk-MK": "mk",
    "ca-ES": "ca",
    "eu-ES": "eu",
    "ar-SA": "ar",
    "he-IL": "he",
    "id-ID": "id",
    "ms-MY": "ms",
    "vi-VN": "vi",
    "th-TH": "th",
    "sw-KE": "sw",
    "am-ET": "am",
}

_SAMPLES: Mapping[str, tuple[str, str]] = {
    "en-US": ("English (United States)", "Hello, this is how your script will sound in rehearsal."),
    "en-GB": ("English (United Kingdom)", "Hello, this is how your script will sound in rehearsal."),
    "zh-CN": ("Chinese (Mandarin)", "你好，彩排的时候，你的稿子听起来就是这样。"),
    "zh-TW": ("Chinese (Mandarin, Taiwan)", "你好，綵排的時候，你的稿子聽起來就是這樣。"),
    "zh-HK": ("Chinese (Cantonese, Hong Kong)", "你好，今日天氣好好。"),
    "yue-CN": ("Chinese (Cantonese)", "你好，今日天氣好好。"),
    "ja-JP": ("Japanese", "こんにちは。これはリハーサルのこえです。"),
    "ko-KR": ("Korean", "안녕하세요. 이것은 연습용 목소리입니다."),
    "de-DE": ("German", "Guten Tag, so klingt Ihr Text in der Probe."),
    "fr-FR": ("French (France)", "Bonjour, voici votre texte en répétition."),
    "fr-BE": ("French (Belgium)", "Bonjour, voici votre texte en répétition."),
    "fr-CH": ("French (Switzerland)", "Bonjour, voici votre texte en répétition."),
    "es-ES": ("Spanish (Spain)", "Hola, así suena su texto en el ensayo."),
    "es-MX": ("Spanish (Mexico)", "Hola, así suena su texto en el ensayo."),
    "it-IT": ("Italian", "Buongiorno, così suona il suo testo in prova."),
    "pt-BR": ("Portuguese (Brazil)", "Olá, é assim que o seu texto soa no ensaio."),
    "pt-PT": ("Portuguese (Portugal)", "Olá, é assim que o seu texto soa no ensaio."),
    "nl-NL": ("Dutch", "Goedendag, zo klinkt uw tekst in de repetitie."),
    "uk-UA": ("Ukrainian", "Добрий день, так звучить ваш текст на репетиції."),
    "pl-PL": ("Polish", "Dzień dobry, tak brzmi twój tekst na próbie."),
    "cs-CZ": ("Czech", "Dobrý den, takto zní váš text při zkoušce."),
    "sk-SK": ("Slovak", "Dobrý deň, takto znie váš text na skúške."),
    "hu-HU": ("Hungarian", "Jó napot, így hangzik a szöveg a próbán."),
    "ro-RO": ("Romanian", "Bună ziua, așa sună textul la repetiție."),
    "bg-BG": ("Bulgarian", "Добър ден, така звучи текстът на репетиция."),
    "el-GR": ("Greek", "Καλημέρα, έτσι ακούγεται το κείμενο στην πρόβα."),
    "tr-TR": ("Turkish", "Merhaba, metniniz provada böyle duyulur."),
    "sv-SE": ("Swedish", "God dag, så låter din text på repetitionen."),
    "nb-NO": ("Norwegian", "God dag, slik høres teksten din ut på prøve."),
    "da-DK": ("Danish", "Goddag, sådan lyder din tekst til prøven."),
    "fi-FI": ("Finnish", "Hyvää päivää, tältä teksti kuulostaa harjoituksessa."),
    "et-EE": ("Estonian", "Tere päevast, nii kõlab tekst proovis."),
    "hr-HR": ("Croatian", "Dobar dan, ovako zvuči vaš tekst na probi."),
    "sl-SI": ("Slovenian", "Dober dan, tako zveni besedilo na vaji."),
    "bs-BA": ("Bosnian", "Dobar dan, ovako zvuči vaš tekst na probi."),
    "mk-MK": ("Macedonian", "Добар ден, вака звучи текстот на проба."),
    "ca-ES": ("Catalan", "Bon dia, així sona el text a l'assaig."),
    "eu-ES": ("Basque", "Egun on, honela entzuten da testua entseguan."),
    "ar-SA": ("Arabic", "مرحبا، هكذا يبدو النص في التدريب."),
    "he-IL": ("Hebrew", "שלום, כך נשמע הטקסט בחזרה."),
    "id-ID": ("Indonesian", "Halo, begini bunyi teks Anda saat latihan."),
    "ms-MY": ("Malay", "Helo, begini bunyi teks anda semasa latihan."),
    "vi-VN": ("Vietnamese", "Xin chào, đây là giọng đọc thử."),
    "th-TH": ("Thai", "สวัสดี นี่คือเสียงซ้อม"),
    "sw-KE": ("Swahili", "Habari, hivi ndivyo maandishi yako yanavyosikika."),
    "am-ET": ("Amharic", "ሰላም፣ ይህ የልምምድ ድምፅ ነው።"),
}

_BOTH = (("f1", Gender.FEMALE, "f2", 50), ("m1", Gender.MALE, "m3", 45))
_NUMBERED = re.compile(r"(?P<gender>female|male)_(?P<number>[1-9]\d{0,3})")
_VARIANTS = {
    Gender.FEMALE: ("f2", "f3", "f1", "f4", "f5"),
    Gender.MALE: ("m3", "m1", "m7", "m2", "m4", "m5", "m6", "m8"),
}
_FIXED_VOLUME = {Gender.FEMALE: 23, Gender.MALE: 20}


def espeak_voice(language: str) -> str | None:
    """Return espeak-ng's voice for a language code of Appendix 4, or None when it does not speak it."""
    return _ESPEAK.get(language)


@functools.cache
def voices() -> tuple[LocalVoice, ...]:
    """Return every voice, those of the most used languages first."""
    plain = tuple(_plain(language, *which) for language in _ESPEAK for which in _BOTH)
    return (*_special(), *plain)


def voice_for(timbre_key: str, language: str | None = None) -> LocalVoice | None:
    """Return the voice that speaks for `timbre_key` in `language`, or None when there is none.

    The service's basic voices (female_1, male_1 …) have a stand-in, so that scripts written for them rehearse.
    """
    voice = _by_key().get(timbre_key) or _stand_in(timbre_key)
    if voice is None or not language:
        return voice
    return replace(voice, language=language) if language in voice.languages else None


@functools.cache
def _by_key() -> Mapping[str, LocalVoice]:
    return {voice.key: voice for voice in voices()}


def _plain(language: str, suffix: str, gender: Gender, variant: str, pitch: int) -> LocalVoice:
    title, sample = _SAMPLES[language]
    return LocalVoice(
        key=f"rehearsal_{_short(language)}_{suffix}",
        name=f"{title}, {'woman' if gender is Gender.FEMALE else 'man'}",
        languages=(language,),
        language=language,
        gender=gender,
        description=_describe(language),
        sample_text=sample,
        variant=variant,
        pitch=pitch,
    )


def _short(language: str) -> str:
    """Return "en" for the first language that begins so, and "en_gb" for the others."""
    prefix = language.split("-")[0]
    first = next(code for code in _ESPEAK if code.split("-")[0] == prefix)
    return prefix if first == language else language.replace("-", "_").lower()


def _describe(language: str) -> str:
    plain = "A plain voice of this machine, to hear the words and their timing before anything is paid for."
    if language.startswith("ja"):
        return f"{plain} Kana are read; kanji are read in Chinese."
    return plain


def _special() -> Iterator[LocalVoice]:
    """Yield the voices with emotions and the one with several languages."""
    for language in ("en-US", "zh-CN"):
        title, sample = _SAMPLES[language]
        yield LocalVoice(
            key=f"rehearsal_{_short(language)}_f2",
            name=f"{title}, woman with emotions",
            languages=(language,),
            language=language,
            gender=Gender.FEMALE,
            emotions=tuple(EMOTIONS),
            description="Emotions change pitch, liveliness and pace.",
            sample_text=sample,
            variant="f3",
        )
    yield LocalVoice(
        key="rehearsal_multi_m1",
        name="Several languages, man",
        languages=("zh-CN", "en-US", "en-GB", "ja-JP", "ko-KR", "de-DE", "fr-FR", "es-ES"),
        language="zh-CN",
        gender=Gender.MALE,
        description="One voice for several languages; the language has to be chosen.",
        sample_text=_SAMPLES["zh-CN"][1],
        variant="m1",
    )


def _stand_in(timbre_key: str) -> LocalVoice | None:
    found = _NUMBERED.fullmatch(timbre_key)
    if not found:
        return None
    gender = Gender.FEMALE if found["gender"] == "female" else Gender.MALE
    number = int(found["number"])
    variants = _VARIANTS[gender]
    return LocalVoice(
        key=timbre_key,
        name=f"Stand-in for {timbre_key}",
        languages=tuple(dict.fromkeys(("zh-CN", *_ESPEAK))),
        language="zh-CN",
        gender=gender,
        description="Speaks in rehearsal in place of the service's voice of this name.",
        sample_text=_SAMPLES["zh-CN"][1],
        adjusts_volume=number > _FIXED_VOLUME[gender],
        variant=variants[(number - 1) % len(variants)],
        pitch=50 + (number % 5 - 2) * 3,
    )
