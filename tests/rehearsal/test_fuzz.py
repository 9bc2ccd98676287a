"""Thousands of made-up requests: nothing breaks, and nothing is accepted that the table of limits forbids."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redub.core.limits import limits_for
from redub.rehearsal.service import Service
from redub.rehearsal.settings import Account
from rehearsal.caller import ENGLISH, PROGRESS, SERVICE_ASSETS, SUBMIT, TIMBRES, TTS, URL
from rehearsal.conftest import Calling
from support.soaking import count

LIMITS = limits_for("international")
ENDPOINTS = (SUBMIT, PROGRESS, TTS, TIMBRES, SERVICE_ASSETS, "/simulate")
ROOM = Account(video_tasks=10**9, audio_tasks=10**9)
FUZZED = settings(
    max_examples=count(150, 5000),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(["", "0", "1.0", "\x00", "💥" * 5, "<break/>", "../../etc/passwd", "http://"]),
)
JSON = st.recursive(
    ODD,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def around(key: str) -> st.SearchStrategy[float]:
    """Return numbers at a limit, just beside it and far from it."""
    row = LIMITS[key]
    edges = [edge for edge in (row.low, row.high) if edge is not None]
    beside = [edge + step for edge in edges for step in (-1, -0.001, 0, 0.001, 1)]
    return st.sampled_from([*beside, 0, -1, 10**6, 0.5 * sum(edges)])


def whole(key: str) -> st.SearchStrategy[int | float]:
    return around(key).map(lambda number: int(number) if float(number).is_integer() else number)


def long_text(key: str) -> st.SearchStrategy[str]:
    return around(key).map(lambda length: "a" * max(0, min(5000, int(length))))


MOMENT = st.one_of(st.sampled_from([0, 0.001, 1.5, 5, 5.001, 6, 7.25, 12, -0.001, 3.0005]), st.floats(0, 20))
STILL = st.fixed_dictionaries({}, optional={"StartTime": MOMENT, "EndTime": MOMENT})
SPEECH = st.fixed_dictionaries(
    {"TimbreKey": st.sampled_from([ENGLISH, "female_1", "none"]), "Speed": around("speech.speed")},
    optional={
        "Volume": whole("speech.volume"),
        "EmotionCategory": st.sampled_from(["", "tc_happy", "9"]),
        "EmotionIntensity": whole("speech.emotion_intensity"),
        "TimbreLanguage": st.sampled_from(["en-US", "zh-CN", "xx"]),
    },
)
VIDEO = st.fixed_dictionaries(
    {},
    optional={
        "MakeType": st.sampled_from(["Default", "Custom", "Circle", "CustomOnlyStart", "custom"]),
        "StartTime": MOMENT,
        "EndTime": MOMENT,
        "DisableIntervals": st.lists(STILL, max_size=7),
        "DisableIdDetect": st.sampled_from([0, 1, 2, True]),
        "RefPhotoUrl": st.sampled_from([URL, "", "x"]),
    },
)
NEARLY = st.fixed_dictionaries(
    {
        "RefVideoUrl": st.sampled_from([URL, URL, "", "file:///etc/passwd"]),
        "DriverType": st.sampled_from(["Text", "Text", "OriginalVoice", "", "text"]),
        "InputSsml": long_text("script.length") | st.sampled_from(["a\nb c", "Hello<break time='9s'/>."]),
        "SpeechParam": SPEECH,
    },
    optional={
        "InputAudioUrl": st.sampled_from([URL, ""]),
        "VideoParam": VIDEO,
        "CallbackUrl": long_text("callback.length").map(lambda tail: "http://h/" + tail[9:]),
        "VideoLoop": st.sampled_from([0, 1, 2]),
        "VideoParametersConsistent": st.sampled_from([0, 1, "1"]),
        "ConcurrencyType": st.sampled_from(["", "Shared", "Exclusive", "shared"]),
    },
)


@pytest.fixture
def roomy(make_service: Callable[..., Service]) -> Service:
    """Return a service that is never full; nothing is made of what it accepts."""
    return make_service(account=ROOM)


def ask(calling: Calling, service: Service, path: str, body: object) -> dict[str, Any]:
    """Send one request and return the answer, which is an envelope whatever was sent."""

    async def post() -> dict[str, Any]:
        async with calling(service) as caller:
            response = await caller.post(path, body)
        assert response.status_code < 500, response.text
        answer: dict[str, Any] = response.json()
        return answer

    return asyncio.run(post())


@FUZZED
@given(path=st.sampled_from(ENDPOINTS), body=JSON, wrapped=st.booleans())
def test_any_json__is_answered(
    roomy: Service, calling: Calling, path: str, body: object, wrapped: bool
) -> None:
    answer = ask(calling, roomy, path, {"Header": {}, "Payload": body} if wrapped else body)
    assert isinstance(answer["Header"]["Code"], int)
    assert "Payload" in answer or answer["Header"]["Code"] != 0


@FUZZED
@given(payload=NEARLY)
def test_nearly_legal__nothing_is_accepted_that_the_table_forbids(
    roomy: Service, calling: Calling, payload: dict[str, Any]
) -> None:
    answer = ask(calling, roomy, SUBMIT, {"Header": {}, "Payload": payload})
    if answer["Header"]["Code"] == 0:
        assert forbidden(payload) == []


def forbidden(payload: dict[str, Any]) -> list[str]:
    """Name the limits that a payload breaks, by the table that the client has."""
    by_text = payload["DriverType"] in {"Text", ""}
    speech, video = payload["SpeechParam"], payload.get("VideoParam", {})
    measures: dict[str, float | None] = {
        "script.length": len(payload["InputSsml"]) if by_text else None,
        "speech.speed": speech["Speed"] if by_text else None,
        "speech.volume": speech.get("Volume") if by_text else None,
        "speech.emotion_intensity": speech.get("EmotionIntensity") if by_text else None,
        "callback.length": len(payload.get("CallbackUrl", "")),
        "stills.count": len(video.get("DisableIntervals", [])),
        "segment.length": segment(video),
    }
    return [
        key
        for key, value in measures.items()
        if value is not None and (LIMITS[key].too_low(value) or LIMITS[key].too_high(value))
    ]


def segment(video: dict[str, Any]) -> float | None:
    """Return the length of a segment that is picked with both ends."""
    if video.get("MakeType") != "Custom" or "EndTime" not in video:
        return None
    length: float = round(video["EndTime"] - video.get("StartTime", 0.0), 6)
    return length


def test_forbidden__sees_what_is_wrong() -> None:
    payload = {
        "DriverType": "Text",
        "InputSsml": "abc",
        "SpeechParam": {"Speed": 1.501, "Volume": 11, "EmotionIntensity": 49},
        "CallbackUrl": "h" * 1000,
        "VideoParam": {"MakeType": "Custom", "EndTime": 5, "DisableIntervals": [{}] * 6},
    }
    assert len(forbidden(payload)) == 7
