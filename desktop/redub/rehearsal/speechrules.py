"""The documented rules of a voice, for SpeechParam of videomakenotrain and for the flat fields of tts.

The docstring of each rule is the page's sentence.
"""

from __future__ import annotations

from redub.rehearsal.asking import Asking, Page, number, text

SPEECH = Page()


@SPEECH.missing("SpeechParam.Speed")
def speed_given(asking: Asking) -> str:
    """This field is required when DriverType is Text."""
    return "" if "Speed" in asking.speech else "is missing"


@SPEECH.value("SpeechParam.Speed")
def speed_in_range(asking: Asking) -> str:
    """The speech rate (1.0 is normal speed, range [0.5-1.5])."""
    speed = number(asking.speech, "Speed")
    return "" if speed is not None and 0.5 <= speed <= 1.5 else f"is {speed}, not 0.5 to 1.5"


@SPEECH.missing("SpeechParam.TimbreKey")
def timbre_given(asking: Asking) -> str:
    """Voice type key. This field is required when DriverType is Text."""
    return "" if text(asking.speech, "TimbreKey") else "is missing"


@SPEECH.resource("SpeechParam.TimbreKey")
def timbre_known(asking: Asking) -> str:
    """See the Personal Asset Management API Paginated Query Timbre List for available values."""
    return "" if asking.voice else f"{text(asking.speech, 'TimbreKey')[:60]!r} is not a voice of this account"


@SPEECH.value("SpeechParam.Volume")
def volume_in_range(asking: Asking) -> str:
    """Volume level, ranging from 0 to 10."""
    volume = number(asking.speech, "Volume")
    return "" if volume is None or 0 <= volume <= 10 else f"is {volume}, not 0 to 10"


@SPEECH.value("SpeechParam.EmotionCategory")
def emotion_of_the_voice(asking: Asking) -> str:
    """Controls the emotion of the synthesized audio, supported only for multi-emotion timbres."""
    emotion, voice = text(asking.speech, "EmotionCategory"), asking.voice
    known = voice.emotions if voice else ()
    return "" if not emotion or emotion in known else f"{emotion[:60]!r} is not an emotion of this voice"


@SPEECH.value("SpeechParam.EmotionIntensity")
def intensity_in_range(asking: Asking) -> str:
    """Controls the intensity of the synthesized audio emotion, with a range of [50,200]."""
    intensity = number(asking.speech, "EmotionIntensity")
    return "" if intensity is None or 50 <= intensity <= 200 else f"is {intensity}, not 50 to 200"


@SPEECH.value("SpeechParam.TimbreLanguage")
def language_of_the_voice(asking: Asking) -> str:
    """A corresponding language must be selected when synthesizing multilingual voice types."""
    language, voice = text(asking.speech, "TimbreLanguage"), asking.voice
    known = voice.languages if voice else ()
    if not language:
        return "is missing: this voice speaks several languages" if asking.languages_to_choose else ""
    return "" if language in known else f"{language[:60]!r} is not a language of this voice"
