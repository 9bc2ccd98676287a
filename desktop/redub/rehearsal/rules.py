"""Every documented rule of videomakenotrain and of tts that can be checked without fetching anything.

The docstring of each rule is the page's sentence. To add one: write the function under the `PAGE.…` decorator that
names its field and its kind of refusal, in the order of the page, and a row in tests/rehearsal/test_rules.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from redub.rehearsal import shapes
from redub.rehearsal.asking import Asking, Page, check_types, number, text
from redub.rehearsal.codes import InterfaceCode
from redub.rehearsal.markup import FaultyScriptError, check_markup
from redub.rehearsal.refusal import Refusal
from redub.rehearsal.speechrules import SPEECH

_LINE_BREAK = re.compile("[\n\v\f\r\x85\u2028\u2029]")
_SWITCHES = ("VideoLoop", "VideoParametersConsistent")
_VIDEO_SWITCHES = ("DisableIdDetect", "DisableOcclusionDetect", "EnableFakeTeeth")
_URLS = ("RefVideoUrl", "IdentityWrittenUrl", "IdentityVideoUrl", "InputAudioUrl", "CallbackUrl")

PAGE = Page()
TTS = Page()


@PAGE.missing("RefVideoUrl")
def reference_given(asking: Asking) -> str:
    """Template video URL. This field is required."""
    return "" if text(asking.payload, "RefVideoUrl") else "is missing"


@PAGE.missing("DriverType")
def driver_given(asking: Asking) -> str:
    """Driver type. This field is required."""
    return "" if "DriverType" in asking.payload else "is missing"


@PAGE.value("DriverType")
def driver_known(asking: Asking) -> str:
    """1. Text-driven. 2. OriginalVoice: original voice audio-driven."""
    driver = text(asking.payload, "DriverType")
    return "" if driver in {"", "Text", "OriginalVoice"} else f"{driver[:60]!r} is not known here"


@PAGE.missing("InputSsml")
def script_given(asking: Asking) -> str:
    """This field is required when DriverType is empty or Text."""
    return "is missing" if asking.is_text and "InputSsml" not in asking.payload else ""


@PAGE.value("InputSsml")
def script_length(asking: Asking) -> str:
    """The upper limit is 2000 characters, at least 4 characters (counted as unicode characters)."""
    length = len(text(asking.payload, "InputSsml"))
    return f"has {length} characters, not 4 to 2000" if asking.is_text and not 4 <= length <= 2000 else ""


@PAGE.value("InputSsml")
def script_in_one_line(asking: Asking) -> str:
    """Content must not include line breaks."""
    return (
        "has a line break" if asking.is_text and _LINE_BREAK.search(text(asking.payload, "InputSsml")) else ""
    )


@PAGE.value("InputSsml")
@TTS.value("InputSsml")
def script_well_marked(asking: Asking) -> str:
    """Supported tag types refer to Digital Human SSML Markup Language Specification. Symbols must be escaped."""
    if not asking.is_text:
        return ""
    try:
        check_markup(text(asking.payload, "InputSsml"))
    except FaultyScriptError as exc:
        return f"cannot be read: {exc}"
    return ""


@PAGE.missing("InputAudioUrl")
def audio_given(asking: Asking) -> str:
    """This field is required when DriverType is OriginalVoice."""
    return "" if asking.is_text or text(asking.payload, "InputAudioUrl") else "is missing"


@PAGE.missing("SpeechParam")
def speech_given(asking: Asking) -> str:
    """Define audio parameters. This field is required when DriverType is Text."""
    return "is missing" if asking.is_text and "SpeechParam" not in asking.payload else ""


@PAGE.value("ConcurrencyType")
def concurrency_known(asking: Asking) -> str:
    """1. Exclusive. 2. Shared. 3. Leave blank."""
    asked = text(asking.payload, "ConcurrencyType")
    return "" if asked in {"", "Exclusive", "Shared"} else f"{asked[:60]!r} is not known"


@PAGE.value("VideoLoop, VideoParametersConsistent")
def switches_known(asking: Asking) -> str:
    """0: Reverse splicing, 1: Forward splicing. / 0: do not align, 1: align the input video format."""
    return _off_switch(asking.payload, _SWITCHES)


@PAGE.value("VideoParam")
def video_switches_known(asking: Asking) -> str:
    """0: Enable face ID trace, 1: Disable. The same for obstruction detection; 0: Disable dentures, 1: Enable."""
    return _off_switch(asking.video, _VIDEO_SWITCHES)


def _off_switch(fields: Mapping[str, object], names: tuple[str, ...]) -> str:
    wrong = [name for name in names if fields.get(name, 0) not in (0, 1)]
    return f"{wrong[0]} is {fields[wrong[0]]}, not 0 or 1" if wrong else ""


@PAGE.value("CallbackUrl")
def callback_short(asking: Asking) -> str:
    """Limit CallbackUrl length less than 1000."""
    length = len(text(asking.payload, "CallbackUrl"))
    return f"has {length} characters, not less than 1000" if length >= 1000 else ""


@PAGE.value("URL")
def urls_fetchable(asking: Asking) -> str:
    """Template video URL, audio URL, URL of the photo, of the letters, of the callback: http or https with a host."""
    given = [(name, text(asking.payload, name)) for name in _URLS]
    given.append(("VideoParam.RefPhotoUrl", text(asking.video, "RefPhotoUrl")))
    wrong = [name for name, url in given if url and not is_address(url)]
    return f"of {wrong[0]} is not an http or https address" if wrong else ""


def is_address(url: str) -> bool:
    """Say whether `url` is an http or https address with a host, written as an address has to be."""
    if any(sign.isspace() or not sign.isprintable() for sign in url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:  # a port or an IPv6 host that is none
        return False


@PAGE.value("VideoParam.MakeType")
def make_type_known(asking: Asking) -> str:
    """Video customization type: Default, Custom, Circle, CustomOnlyStart."""
    known = {"Default", "Custom", "Circle", "CustomOnlyStart"}
    return "" if asking.make_type in known else f"{asking.make_type[:60]!r} is not known"


@PAGE.value("VideoParam.StartTime")
def start_time(asking: Asking) -> str:
    """Start time in seconds (3 decimal places); valid for Custom, Circle and CustomOnlyStart."""
    return "" if asking.make_type == "Default" else _moment_trouble(number(asking.video, "StartTime"))


@PAGE.value("VideoParam.EndTime")
def end_time(asking: Asking) -> str:
    """End time, in seconds (3 decimal places), this parameter is valid only when MakeType is Custom."""
    return _moment_trouble(number(asking.video, "EndTime")) if asking.make_type == "Custom" else ""


@PAGE.value("VideoParam.EndTime")
def segment_long_enough(asking: Asking) -> str:
    """Custom: Fill in StartTime and EndTime to select a recording clip (must be greater than 5s)."""
    end = number(asking.video, "EndTime")
    if asking.make_type != "Custom" or end is None:
        return ""
    length = round(end - (number(asking.video, "StartTime") or 0.0), 6)
    return "" if length > 5 else f"makes a segment of {length:g} s, not more than 5 s"


@PAGE.value("VideoParam.DisableIntervals")
def stills_few(asking: Asking) -> str:
    """Defining a list of time segments in the video (currently support a maximum of 5 segments)."""
    count = len(asking.still_intervals)
    return f"has {count} segments, not at most 5" if count > 5 else ""


@PAGE.value("VideoParam.DisableIntervals")
def stills_are_moments(asking: Asking) -> str:
    """No drive segment start and end time, in seconds (3 decimal places)."""
    edges = [edge for still in asking.still_intervals for edge in still if edge != float("inf")]
    return next((trouble for edge in edges if (trouble := _moment_trouble(edge))), "")


@PAGE.value("VideoParam.DisableIntervals")
def stills_in_order(asking: Asking) -> str:
    """The list must be in chronological order, otherwise task submission fails."""
    edges = [edge for still in asking.still_intervals for edge in still]
    if any(end <= start for start, end in asking.still_intervals):
        return "has a segment that does not end after its start"
    return "" if edges == sorted(edges) else "is not in chronological order"


def _moment_trouble(seconds: float | None) -> str:
    if seconds is None:
        return ""
    if seconds < 0:
        return f"is {seconds}, before the first picture"
    return "" if abs(seconds - round(seconds, 3)) < 1e-7 else f"is {seconds}: more than 3 decimal places"


@TTS.missing("InputSsml")
def said_given(asking: Asking) -> str:
    """Broadcast text content; required."""
    return "" if text(asking.payload, "InputSsml").strip() else "is missing"


@TTS.value("InputSsml")
def said_length(asking: Asking) -> str:
    """InputSsml up to 20,000 characters."""
    length = len(text(asking.payload, "InputSsml"))
    return f"has {length} characters, not at most 20000" if length > 20_000 else ""


@TTS.value("SampleRate")
def sample_rate_known(asking: Asking) -> str:
    """SampleRate 24000 (default) or 16000."""
    return "" if asking.payload.get("SampleRate", 24000) in (24000, 16000) else "is not 24000 or 16000"


@TTS.value("Codec")
def codec_known(asking: Asking) -> str:
    """Codec mp3 (default) or wav."""
    return "" if asking.payload.get("Codec", "mp3") in ("mp3", "wav") else "is not mp3 or wav"


@TTS.value("SentenceMaxWords")
def sentence_words_in_range(asking: Asking) -> str:
    """SentenceMaxWords 0 to 999 (0 means 30)."""
    words = number(asking.payload, "SentenceMaxWords")
    return "" if words is None or 0 <= words <= 999 else f"is {words}, not 0 to 999"


def check_videomakenotrain(payload: Mapping[str, object]) -> Asking:
    """Check a submit against the whole page and return it with its fields at hand.

    :raises Refusal: with the first rule that it breaks
    """
    check_types(payload, shapes.VIDEOMAKENOTRAIN)
    speech = payload.get("SpeechParam", {})
    asking = Asking(payload, speech if isinstance(speech, dict) else {})
    for rule in PAGE:
        rule.check(asking)
    for rule in SPEECH if asking.is_text else ():
        rule.check(asking)
    return asking


def check_tts(payload: Mapping[str, object]) -> Asking:
    """Check a request for audio.

    :raises Refusal: with the first rule that it breaks
    """
    check_types(payload, shapes.TTS)
    if text(payload, "VirtualmanKey"):
        raise Refusal(InterfaceCode.NO_AVATAR, "this account has no avatars: name a TimbreKey")
    asking = Asking({**payload, "DriverType": "Text"}, payload)
    for rule in [*TTS, *SPEECH]:
        rule.check(asking)
    return asking
