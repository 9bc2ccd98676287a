from __future__ import annotations

import hashlib
import math
from dataclasses import replace
from typing import Any

import pytest

from cloud.shots import PLAIN, URLS, a_full_take, a_shot, a_take
from redub.cloud.media_urls import MediaKind, MediaUrls, known_urls, needed_media
from redub.cloud.wire import body_hash, encode_body, request_body, without_secrets
from redub.core.errors import UserError
from redub.core.shot import DriverType, MakeType, Options, Selection, Source, Speech


def payload(shot: Any, take: Any, urls: MediaUrls = URLS) -> dict[str, Any]:
    body: dict[str, Any] = request_body(shot, take, urls)
    assert body["Header"] == {}
    inner: dict[str, Any] = body["Payload"]
    return inner


def test_request_body__plain_text_take_to_the_byte() -> None:
    body = encode_body(request_body(PLAIN, PLAIN.takes[0], URLS))

    assert body == (
        b'{"Header":{},"Payload":{"RefVideoUrl":"http://a/ref.mp4","DriverType":"Text","InputSsml":"Hello there",'
        b'"SpeechParam":{"Speed":1.0,"TimbreKey":"female_1"},"VideoLoop":0,"VideoParametersConsistent":0,'
        b'"VideoParam":{"DisableIdDetect":0,"DisableOcclusionDetect":0,"EnableFakeTeeth":0,"MakeType":"Default"}}}'
    )


def test_request_body__everything_set_in_the_order_of_the_page() -> None:
    take = a_full_take()

    sent = payload(a_shot(take, make_type=MakeType.CUSTOM), take)

    assert sent == {
        "RefVideoUrl": "http://a/ref.mp4",
        "DriverType": "Text",
        "IdentityWrittenUrl": "http://a/letter.pdf",
        "IdentityVideoUrl": "http://a/letter.mp4",
        "InputSsml": '你好 <break time="500ms"/>',
        "SpeechParam": {
            "Speed": 1.2,
            "TimbreKey": "female_1",
            "Volume": 3,
            "EmotionCategory": "tc_happy",
            "EmotionIntensity": 120,
            "TimbreLanguage": "zh-CN",
        },
        "ConcurrencyType": "Shared",
        "VideoLoop": 1,
        "VideoParametersConsistent": 1,
        "CallbackUrl": "https://me.example/told",
        "VideoParam": {
            "RefPhotoUrl": "http://a/face.png",
            "DisableIdDetect": 0,
            "DisableOcclusionDetect": 1,
            "EnableFakeTeeth": 1,
            "MakeType": "Custom",
            "StartTime": 1.0,
            "EndTime": 9.5,
            "DisableIntervals": [
                {"StartTime": 2.0, "EndTime": 2.5},
                {"StartTime": 3.124, "EndTime": 4.0},
            ],
        },
    }
    assert list(sent) == [
        "RefVideoUrl",
        "DriverType",
        "IdentityWrittenUrl",
        "IdentityVideoUrl",
        "InputSsml",
        "SpeechParam",
        "ConcurrencyType",
        "VideoLoop",
        "VideoParametersConsistent",
        "CallbackUrl",
        "VideoParam",
    ]


@pytest.mark.parametrize(
    "make_type,start,end,loop",
    [
        (MakeType.DEFAULT, False, False, True),
        (MakeType.CUSTOM, True, True, True),
        (MakeType.CIRCLE, True, False, False),
        (MakeType.CUSTOM_ONLY_START, True, False, False),
    ],
)
def test_request_body__sends_only_what_the_make_type_uses(
    make_type: MakeType, start: bool, end: bool, loop: bool
) -> None:
    take = a_full_take()

    sent = payload(a_shot(take, make_type=make_type), take)

    assert ("StartTime" in sent["VideoParam"]) is start
    assert ("EndTime" in sent["VideoParam"]) is end
    assert ("VideoLoop" in sent) is loop


def test_request_body__times_that_were_not_set_are_not_sent() -> None:
    shot = replace(PLAIN, selection=Selection(make_type=MakeType.CUSTOM, start=0.0))

    sent = payload(shot, shot.takes[0])["VideoParam"]

    assert sent["StartTime"] == 0.0
    assert "EndTime" not in sent
    assert "DisableIntervals" not in sent


def test_request_body__recording_has_no_script_and_no_speech() -> None:
    take = a_full_take(DriverType.ORIGINAL_VOICE)

    sent = payload(a_shot(take), take)

    assert sent["InputAudioUrl"] == "http://a/audio.wav"
    assert "InputSsml" not in sent
    assert "SpeechParam" not in sent


def test_request_body__face_picture_needs_tracking() -> None:
    take = a_take(options=Options(ref_photo=Source(path="/media/face.png"), track_face=False))

    sent = payload(replace(PLAIN, takes=(take,)), take)["VideoParam"]

    assert sent["DisableIdDetect"] == 1
    assert "RefPhotoUrl" not in sent


def test_request_body__intensity_needs_an_emotion() -> None:
    take = a_take(speech=Speech(timbre_key="k", emotion_intensity=150, emotion=""))

    sent = payload(PLAIN, take)["SpeechParam"]

    assert sent == {"Speed": 1.0, "TimbreKey": "k"}


def test_request_body__strict_types() -> None:
    take = a_take(speech=Speech(timbre_key="k", speed=1, volume=0))

    sent = payload(PLAIN, take)

    assert encode_body(sent["SpeechParam"]) == b'{"Speed":1.0,"TimbreKey":"k","Volume":0}'
    assert type(sent["VideoParam"]["DisableIdDetect"]) is int
    assert type(sent["VideoLoop"]) is int


@pytest.mark.parametrize("kind", [kind for kind in MediaKind if kind is not MediaKind.RECORDING])
def test_request_body__names_a_medium_without_an_address(kind: MediaKind) -> None:
    take = a_full_take()

    with pytest.raises(UserError, match="has no address yet"):
        request_body(a_shot(take), take, replace(URLS, **{kind.value: None}))


def test_request_body__recording_without_an_address() -> None:
    take = a_full_take(DriverType.ORIGINAL_VOICE)

    with pytest.raises(UserError, match="The recording has no address yet"):
        request_body(a_shot(take), take, replace(URLS, recording=None))


def test_request_body__refuses_a_time_that_is_no_number() -> None:
    shot = replace(PLAIN, selection=Selection(make_type=MakeType.CUSTOM, start=math.nan))

    with pytest.raises(UserError, match="not a number"):
        request_body(shot, shot.takes[0], URLS)


def test_encode_body__utf8_as_written() -> None:
    assert encode_body({"a": "你好 & <b/>", "b": 0.5}) == '{"a":"你好 & <b/>","b":0.5}'.encode()


def test_encode_body__half_a_character() -> None:
    with pytest.raises(UserError, match="cannot be sent"):
        encode_body({"a": "\ud83d"})


def test_body_hash__of_the_exact_bytes() -> None:
    assert body_hash(b"{}") == hashlib.sha256(b"{}").hexdigest()


@pytest.mark.parametrize(
    "text",
    [
        "GET https://b.cos.example/o.mp4?q-signature=GEHEIM&q-ak=GEHEIM done",
        '{"RefVideoUrl":"https://b.example/o.mp4?token=GEHEIM"}',
        "signature=GEHEIM",
        '"accesstoken": "GEHEIM"',
        "http://me:GEHEIM@host/x",
    ],
)
def test_without_secrets(text: str) -> None:
    assert "GEHEIM" not in without_secrets(text)


def test_without_secrets__keeps_the_rest() -> None:
    assert without_secrets("see https://a.example/b.mp4 (13 s)") == "see https://a.example/b.mp4 (13 s)"


def test_needed_media__only_what_has_an_effect() -> None:
    text, voice = a_full_take(), a_full_take(DriverType.ORIGINAL_VOICE)
    untracked = replace(text, options=replace(text.options, track_face=False))

    assert [kind for kind, _ in needed_media(a_shot(), text)] == [
        "reference",
        "ref_photo",
        "letter",
        "letter_video",
    ]
    assert MediaKind.RECORDING in dict(needed_media(a_shot(), voice))
    assert MediaKind.REF_PHOTO not in dict(needed_media(a_shot(), untracked))
    assert needed_media(replace(PLAIN, reference=Source()), PLAIN.takes[0]) == ()


def test_known_urls__what_the_shot_already_has() -> None:
    shot = replace(PLAIN, reference=Source(path="/x.mp4", url="https://a/x.mp4"))

    assert known_urls(shot, shot.takes[0]) == MediaUrls(reference="https://a/x.mp4")
