from __future__ import annotations

from typing import Any

import pytest

from redub.rehearsal.codes import InterfaceCode
from redub.rehearsal.refusal import Refusal
from redub.rehearsal.rules import PAGE, TTS, check_tts, check_videomakenotrain
from redub.rehearsal.speechrules import SPEECH
from rehearsal.caller import CHINESE, ENGLISH, MOODY, MULTI, speech_payload, text_payload, voice_payload

PARAMETER, VALUE, NO_RESOURCE = InterfaceCode.PARAMETER, InterfaceCode.VALUE, InterfaceCode.NO_RESOURCE


def video(**fields: Any) -> dict[str, Any]:
    return text_payload(VideoParam=fields)


def custom(start: Any, end: Any) -> dict[str, Any]:
    return video(MakeType="Custom", StartTime=start, EndTime=end)


def stills(*intervals: tuple[float, float]) -> dict[str, Any]:
    return video(DisableIntervals=[{"StartTime": start, "EndTime": end} for start, end in intervals])


FIVE = [(0.0, 1.0), (1.0, 2.0), (2.5, 3), (4, 5), (5, 6.125)]

ACCEPTED: list[dict[str, Any]] = [
    text_payload(),
    voice_payload(),
    text_payload(DriverType=""),
    text_payload(InputSsml="four"),
    text_payload(InputSsml="好" * 2000),
    text_payload(InputSsml="𝄞" * 2000),
    speech_payload(Speed=0.5),
    speech_payload(Speed=1.5),
    speech_payload(Speed=1),
    speech_payload(Volume=0),
    speech_payload(Volume=10),
    speech_payload(TimbreKey="female_1"),
    speech_payload(TimbreLanguage="en-US"),
    speech_payload(TimbreKey=MULTI, TimbreLanguage="zh-CN"),
    speech_payload(TimbreKey=MOODY, EmotionCategory="tc_happy", EmotionIntensity=50),
    speech_payload(TimbreKey=MOODY, EmotionCategory="tc_sad", EmotionIntensity=200),
    speech_payload(EmotionIntensity=100),
    voice_payload(SpeechParam={"Speed": 9.0}),
    voice_payload(InputSsml="a & b"),
    text_payload(ConcurrencyType="Exclusive"),
    text_payload(ConcurrencyType="Shared"),
    text_payload(ConcurrencyType=""),
    text_payload(VideoLoop=1, VideoParametersConsistent=1),
    text_payload(CallbackUrl="http://h/" + "x" * 990),
    text_payload(RefVideoUrl="https://bucket.example/clip%20one.mp4?sign=a%2Bb&x=1"),
    text_payload(Unknown={"a": [None]}),
    video(DisableIdDetect=1, DisableOcclusionDetect=1, EnableFakeTeeth=1, RefPhotoUrl="https://h/p.jpg"),
    video(MakeType="Default", StartTime=-3.0, EndTime=-8.0),
    video(MakeType="Circle", StartTime=1.0, EndTime=0.5),
    video(MakeType="CustomOnlyStart", StartTime=0, EndTime=-1.0),
    custom(1.25, 6.251),
    custom(None, 6.0) | {"VideoParam": {"MakeType": "Custom", "EndTime": 5.001}},
    video(MakeType="Custom", StartTime=3.0),
    video(DisableIntervals=[]),
    stills(*FIVE),
    video(DisableIntervals=[{"EndTime": 1.0}, {"StartTime": 2.0}]),
]

REFUSED: list[tuple[dict[str, Any], InterfaceCode, str]] = [
    ({}, PARAMETER, "RefVideoUrl"),
    (text_payload(RefVideoUrl=None), PARAMETER, "RefVideoUrl"),
    (text_payload(RefVideoUrl=""), PARAMETER, "RefVideoUrl"),
    (text_payload(DriverType=None), PARAMETER, "DriverType"),
    (text_payload(DriverType="ModulatedVoice"), VALUE, "DriverType"),
    (text_payload(DriverType="text"), VALUE, "DriverType"),
    (text_payload(InputSsml=None), PARAMETER, "InputSsml"),
    (text_payload(InputSsml="abc"), VALUE, "3 characters"),
    (text_payload(InputSsml="x" * 2001), VALUE, "2001 characters"),
    (text_payload(InputSsml="one\ntwo three"), VALUE, "line break"),
    (text_payload(InputSsml="one\rtwo three"), VALUE, "line break"),
    (text_payload(InputSsml="one\u2028two three"), VALUE, "line break"),
    (text_payload(InputSsml="Fish & chips"), VALUE, "well-formed"),
    (text_payload(InputSsml="<voice>hello</voice>"), VALUE, "known mark"),
    (text_payload(SpeechParam=None), PARAMETER, "SpeechParam"),
    (voice_payload(InputAudioUrl=None), PARAMETER, "InputAudioUrl"),
    (voice_payload(InputAudioUrl=""), PARAMETER, "InputAudioUrl"),
    (speech_payload(Speed=None), PARAMETER, "Speed"),
    (speech_payload(Speed=0.499), VALUE, "Speed"),
    (speech_payload(Speed=1.501), VALUE, "Speed"),
    (speech_payload(TimbreKey=None), PARAMETER, "TimbreKey"),
    (speech_payload(TimbreKey="nobody"), NO_RESOURCE, "nobody"),
    (speech_payload(Volume=-1), VALUE, "Volume"),
    (speech_payload(Volume=11), VALUE, "Volume"),
    (speech_payload(EmotionCategory="tc_happy"), VALUE, "EmotionCategory"),
    (speech_payload(TimbreKey=MOODY, EmotionCategory="tc_radio"), VALUE, "EmotionCategory"),
    (speech_payload(TimbreKey=MOODY, EmotionCategory="tc_sad", EmotionIntensity=49), VALUE, "Intensity"),
    (speech_payload(TimbreKey=MOODY, EmotionCategory="tc_sad", EmotionIntensity=201), VALUE, "Intensity"),
    (speech_payload(TimbreKey=MULTI), VALUE, "several languages"),
    (speech_payload(TimbreKey=MULTI, TimbreLanguage="th-TH"), VALUE, "th-TH"),
    (speech_payload(TimbreKey=CHINESE, TimbreLanguage="en-US"), VALUE, "en-US"),
    (text_payload(ConcurrencyType="exclusive"), VALUE, "ConcurrencyType"),
    (text_payload(VideoLoop=2), VALUE, "VideoLoop"),
    (text_payload(VideoLoop=-1), VALUE, "VideoLoop"),
    (text_payload(VideoParametersConsistent=2), VALUE, "VideoParametersConsistent"),
    (text_payload(CallbackUrl="http://h/" + "x" * 991), VALUE, "1000 characters"),
    (text_payload(CallbackUrl="mailto:me"), VALUE, "CallbackUrl"),
    (text_payload(RefVideoUrl="file:///etc/passwd"), VALUE, "RefVideoUrl"),
    (text_payload(RefVideoUrl="/etc/passwd"), VALUE, "RefVideoUrl"),
    (text_payload(RefVideoUrl="http://"), VALUE, "RefVideoUrl"),
    (text_payload(RefVideoUrl="http://h:99999/x"), VALUE, "RefVideoUrl"),
    (text_payload(RefVideoUrl="http://[::1/x"), VALUE, "RefVideoUrl"),
    (text_payload(RefVideoUrl="http://h/my clip.mp4"), VALUE, "RefVideoUrl"),
    (text_payload(IdentityWrittenUrl="letter.pdf"), VALUE, "IdentityWrittenUrl"),
    (text_payload(IdentityVideoUrl="ftp://h/v.mp4"), VALUE, "IdentityVideoUrl"),
    (voice_payload(InputAudioUrl="a.wav"), VALUE, "InputAudioUrl"),
    (video(RefPhotoUrl="photo.jpg"), VALUE, "RefPhotoUrl"),
    (video(DisableIdDetect=2), VALUE, "DisableIdDetect"),
    (video(DisableOcclusionDetect=-1), VALUE, "DisableOcclusionDetect"),
    (video(EnableFakeTeeth=3), VALUE, "EnableFakeTeeth"),
    (video(MakeType="custom"), VALUE, "MakeType"),
    (video(MakeType="Circle", StartTime=-0.001), VALUE, "before the first picture"),
    (video(MakeType="CustomOnlyStart", StartTime=1.23456), VALUE, "3 decimal places"),
    (custom(1.0, 6.0), VALUE, "more than 5 s"),
    (custom(6.0, 1.0), VALUE, "more than 5 s"),
    (custom(0.0, 7.0001), VALUE, "3 decimal places"),
    (custom(-1.0, 7.0), VALUE, "before the first picture"),
    (stills(*FIVE, (7.0, 8.0)), VALUE, "6 segments"),
    (stills((2.0, 3.0), (0.0, 1.0)), VALUE, "chronological"),
    (stills((0.0, 2.0), (1.0, 3.0)), VALUE, "chronological"),
    (stills((1.0, 1.0)), VALUE, "end after its start"),
    (stills((2.0, 1.0)), VALUE, "end after its start"),
    (stills((-1.0, 1.0)), VALUE, "before the first picture"),
    (stills((0.0, 1.00005)), VALUE, "3 decimal places"),
]

MISTYPED: list[tuple[dict[str, Any], str]] = [
    (text_payload(RefVideoUrl=7), "RefVideoUrl"),
    (text_payload(InputSsml=["a"]), "InputSsml"),
    (text_payload(SpeechParam="x"), "SpeechParam"),
    (text_payload(SpeechParam=[]), "SpeechParam"),
    (speech_payload(Speed="1.0"), "SpeechParam.Speed"),
    (speech_payload(Speed=True), "SpeechParam.Speed"),
    (speech_payload(Volume=1.0), "SpeechParam.Volume"),
    (speech_payload(Volume="1"), "SpeechParam.Volume"),
    (speech_payload(Volume=10**30), "SpeechParam.Volume"),
    (speech_payload(EmotionIntensity=100.5), "SpeechParam.EmotionIntensity"),
    (speech_payload(TimbreKey=1), "SpeechParam.TimbreKey"),
    (text_payload(VideoLoop=True), "VideoLoop"),
    (text_payload(VideoLoop=1.0), "VideoLoop"),
    (text_payload(VideoParametersConsistent="1"), "VideoParametersConsistent"),
    (text_payload() | {"ConcurrencyType": None}, "ConcurrencyType"),
    (text_payload(VideoParam=[]), "VideoParam"),
    (video(DisableIdDetect=False), "VideoParam.DisableIdDetect"),
    (video(StartTime="1.0"), "VideoParam.StartTime"),
    (video(DisableIntervals=[[1, 2]]), r"VideoParam.DisableIntervals\[0\]"),
    (video(DisableIntervals={"StartTime": 1}), "VideoParam.DisableIntervals"),
    (
        video(DisableIntervals=[{"StartTime": 1, "EndTime": "2"}]),
        r"VideoParam.DisableIntervals\[0\].EndTime",
    ),
    (voice_payload(SpeechParam={"Speed": "fast"}), "SpeechParam.Speed"),
]


@pytest.mark.parametrize("payload", ACCEPTED)
def test_videomakenotrain__accepted(payload: dict[str, Any]) -> None:
    check_videomakenotrain(payload)


@pytest.mark.parametrize("payload,code,trouble", REFUSED)
def test_videomakenotrain__refused(payload: dict[str, Any], code: InterfaceCode, trouble: str) -> None:
    with pytest.raises(Refusal) as refusal:
        check_videomakenotrain(payload)
    assert refusal.value.code is code
    assert trouble in refusal.value.text
    assert ":" in refusal.value.message


@pytest.mark.parametrize("payload,field", MISTYPED)
def test_videomakenotrain__mistyped(payload: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal, match=f"^{field} is not of the type") as refusal:
        check_videomakenotrain(payload)
    assert refusal.value.code is PARAMETER


def tts(**changes: Any) -> dict[str, Any]:
    payload = {"TimbreKey": ENGLISH, "InputSsml": "Hello.", "Speed": 1.0, **changes}
    return {name: value for name, value in payload.items() if value is not None}


@pytest.mark.parametrize(
    "payload",
    [
        tts(),
        tts(InputSsml="a" * 20_000),
        tts(SampleRate=16000, Codec="wav", SentenceMaxWords=0, Volume=10),
        tts(SentenceMaxWords=999),
    ],
)
def test_tts__accepted(payload: dict[str, Any]) -> None:
    check_tts(payload)


@pytest.mark.parametrize(
    "payload,code,trouble",
    [
        (tts(InputSsml=None), PARAMETER, "InputSsml"),
        (tts(InputSsml=" "), PARAMETER, "InputSsml"),
        (tts(InputSsml="a" * 20_001), VALUE, "20001"),
        (tts(InputSsml="a & b"), VALUE, "well-formed"),
        (tts(TimbreKey=None), PARAMETER, "TimbreKey"),
        (tts(TimbreKey=None, VirtualmanKey="v"), InterfaceCode.NO_AVATAR, "avatars"),
        (tts(Speed=None), PARAMETER, "Speed"),
        (tts(Speed=2.0), VALUE, "Speed"),
        (tts(SampleRate=44100), VALUE, "SampleRate"),
        (tts(SampleRate="16000"), PARAMETER, "SampleRate"),
        (tts(Codec="ogg"), VALUE, "Codec"),
        (tts(SentenceMaxWords=1000), VALUE, "SentenceMaxWords"),
    ],
)
def test_tts__refused(payload: dict[str, Any], code: InterfaceCode, trouble: str) -> None:
    with pytest.raises(Refusal) as refusal:
        check_tts(payload)
    assert refusal.value.code is code
    assert trouble in refusal.value.text


def test_rules__each_has_the_sentence_of_the_page() -> None:
    for rule in [*PAGE, *SPEECH, *TTS]:
        assert rule.field, rule
        assert len(rule.sentence) > 20, rule
