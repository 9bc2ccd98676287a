from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redub.rehearsal.refusal import Refusal
from redub.rehearsal.rules import check_tts, check_videomakenotrain
from redub.rehearsal.service import Service
from redub.rehearsal.settings import Account
from rehearsal.caller import (
    ENGLISH,
    PROGRESS,
    SERVICE_ASSETS,
    SUBMIT,
    TIMBRES,
    TTS,
    query,
    text_payload,
    voice_payload,
)
from rehearsal.conftest import Calling, Clock
from support.logs import ExpectedLog

TASK = {"TaskId": "0" * 32}


async def test_answer__has_the_documented_header(service: Service, calling: Calling) -> None:
    async with calling(service) as caller:
        body = {"Header": {"RequestID": "abc"}, "Payload": text_payload()}
        response = await caller.post(SUBMIT, body)
    answer = response.json()
    assert response.status_code == 200
    assert answer["Header"] | {"SessionID": ""} == {
        "Code": 0, "Message": "", "RequestID": "abc", "SessionID": "", "DialogID": ""
    }  # fmt: skip
    assert len(answer["Payload"]["TaskId"]) == 32
    assert int(answer["Payload"]["TaskId"], 16)


async def test_answer__refusal_has_no_payload(service: Service, calling: Calling) -> None:
    async with calling(service) as caller:
        response = await caller.post(PROGRESS, {"Header": {"RequestID": "r7"}, "Payload": TASK})
    assert response.status_code == 200
    answer = response.json()
    assert "Payload" not in answer
    assert answer["Header"]["Code"] == 110006
    assert answer["Header"]["RequestID"] == "r7"
    assert answer["Header"]["Message"] == "InternalError.DataNotExist:记录不存在"


@pytest.mark.parametrize(
    "body",
    [
        {"Payload": TASK},
        {"Header": {}},
        {"Header": None, "Payload": TASK},
        {"Header": {}, "Payload": [TASK]},
        {"header": {}, "payload": TASK},
        {"Header": {"RequestID": 7}, "Payload": TASK},
        [],
        "text",
        TASK,
    ],
)
async def test_envelope__incomplete(service: Service, calling: Calling, body: object) -> None:
    async with calling(service) as caller:
        answer = (await caller.post(PROGRESS, body)).json()
    assert answer["Header"]["Code"] == 100001


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'{"Header":{},"Payload":{},}', b"[" * 60_000])
async def test_envelope__no_json(service: Service, calling: Calling, content: bytes) -> None:
    async with calling(service) as caller:
        response = await caller.http.post(
            f"{PROGRESS}?{caller.query}", content=content, headers={"Content-Type": "application/json"}
        )
    assert response.json()["Header"]["Code"] == 100001


@pytest.mark.parametrize(
    "content_type,accepted",
    [
        ("application/json;charset=utf-8", True),
        ("application/json; charset=UTF-8", True),
        ("application/json", True),
        ("application/json;charset=gbk", False),
        ("text/plain", False),
        ("application/x-www-form-urlencoded", False),
    ],
)
async def test_envelope__content_type(
    service: Service, calling: Calling, content_type: str, accepted: bool
) -> None:
    async with calling(service) as caller:
        response = await caller.post(
            PROGRESS, {"Header": {}, "Payload": TASK}, **{"Content-Type": content_type}
        )
    assert response.json()["Header"]["Code"] == (110006 if accepted else 100001)


async def test_envelope__too_long(service: Service, calling: Calling) -> None:
    async with calling(service) as caller:
        response = await caller.post(PROGRESS, {"Header": {}, "Payload": {"TaskId": "x" * 1_100_000}})
    assert response.status_code == 413
    assert response.json()["Header"]["Code"] == 100001


async def test_signature__checked_at_every_call(service: Service, calling: Calling, clock: Clock) -> None:
    async with calling(service) as caller:
        for path in (SUBMIT, PROGRESS, TTS, TIMBRES, SERVICE_ASSETS):
            wrong = query(caller.appkey, "another", round(clock.now))
            answer = await caller.http.post(f"{path}?{wrong}", json={"Header": {}, "Payload": {}})
            assert answer.json()["Header"]["Code"] == 100005, path
        clock.now += 301
        assert (await caller.call(PROGRESS, TASK))[0] == 100005


async def test_addresses__unknown_and_wrong_method(service: Service, calling: Calling) -> None:
    async with calling(service) as caller:
        unknown = await caller.post("/v2/ivh/videomaker/broadcastservice/nothing", {})
        asked = await caller.http.get(f"{PROGRESS}?{caller.query}")
    assert (unknown.status_code, unknown.json()["Header"]["Code"]) == (404, 100009)
    assert (asked.status_code, asked.json()["Header"]["Code"]) == (405, 100009)


async def test_health__needs_no_signature(service: Service, calling: Calling) -> None:
    async with calling(service) as caller:
        health = (await caller.http.get("/health")).json()
    assert health["service"] == "redub-rehearsal"
    assert health["version"]
    assert health["pid"] == os.getpid()


@pytest.mark.parametrize("headers", [{"Origin": "http://127.0.0.1:4567"}, {"Origin": "null"}])
async def test_guard__no_browser(service: Service, calling: Calling, headers: dict[str, str]) -> None:
    async with calling(service) as caller:
        assert (await caller.post(PROGRESS, {"Header": {}, "Payload": TASK}, **headers)).status_code == 403
        assert (await caller.http.get("/health", headers=headers)).status_code == 403


@pytest.mark.parametrize(
    "host,status",
    [
        ("127.0.0.1:4567", 200),
        ("localhost:1", 200),
        ("[::1]:80", 200),
        ("redub.example:4567", 403),
        ("127.0.0.1.example", 403),
        ("", 403),
    ],
)
async def test_guard__only_by_a_loopback_name(
    service: Service, calling: Calling, host: str, status: int
) -> None:
    async with calling(service) as caller:
        assert (await caller.http.get("/health", headers={"Host": host})).status_code == status


async def test_submit__sixth_video_is_refused(service: Service, calling: Calling) -> None:
    async with calling(service) as caller:
        tasks = [(await caller.call(SUBMIT, text_payload()))[1]["TaskId"] for _ in range(5)]
        code, message = await caller.call(SUBMIT, text_payload())
        ahead = [(await caller.call(PROGRESS, {"TaskId": task}))[1]["ArrayCount"] for task in tasks]
    assert code == 100008
    assert message.endswith("超过配额限制: 提交视频制作数量超过限制:5")
    assert ahead == [0, 1, 2, 3, 4]


async def test_submit__second_audio_is_refused(service: Service, calling: Calling) -> None:
    audio = {"TimbreKey": ENGLISH, "InputSsml": "Hello.", "Speed": 1.0}
    async with calling(service) as caller:
        assert (await caller.call(TTS, audio))[0] == 0
        code, message = await caller.call(TTS, audio)
        assert (await caller.call(SUBMIT, text_payload()))[0] == 0
    assert code == 100008
    assert message.endswith("超过配额限制: 提交音频制作数量超过限制:1")


async def test_submit__disk_does_not_take_it(
    service: Service, calling: Calling, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectedLog
) -> None:
    def full(*_parts: object) -> None:
        raise OSError(28, "No space left on device")

    expect_log("No space left")
    monkeypatch.setattr("redub.rehearsal.jobs.write_record", full)
    async with calling(service) as caller:
        code, message = await caller.call(SUBMIT, text_payload())
        monkeypatch.undo()
        assert (await caller.call(TTS, {"TimbreKey": ENGLISH, "InputSsml": "Hello.", "Speed": 1.0}))[0] == 0
    assert code == -101000
    assert "No space left" in message


async def test_progress__of_a_waiting_task(service: Service, calling: Calling) -> None:
    async with calling(service) as caller:
        task = (await caller.call(SUBMIT, voice_payload()))[1]
        report = (await caller.call(PROGRESS, task))[1]
    assert report == {
        "Progress": 0, "MediaUrl": "", "SubtitlesUrl": "", "Status": "COMMIT", "ArrayCount": 0,
        "FailCode": 0, "FailMessage": "", "Duration": 0,
    }  # fmt: skip


@pytest.mark.parametrize("payload,code", [({}, 100001), ({"TaskId": 7}, 100001), ({"TaskId": ""}, 110006)])
async def test_progress__refused(
    service: Service, calling: Calling, payload: dict[str, Any], code: int
) -> None:
    async with calling(service) as caller:
        assert (await caller.call(PROGRESS, payload))[0] == code


@pytest.mark.parametrize(
    "account,asked,code",
    [
        (Account(), "Exclusive", 0),
        (Account(lends=False), "Exclusive", 100014),
        (Account(lends=False, slots=1), "Exclusive", 0),
        (Account(), "Shared", 0),
        (Account(hours=0), "Shared", 100013),
        (Account(hours=0), "", 100013),
        (Account(hours=0, slots=1), "", 0),
    ],
)
async def test_submit__what_was_bought(
    make_service: Callable[..., Service], calling: Calling, account: Account, asked: str, code: int
) -> None:
    async with calling(make_service(account=account)) as caller:
        assert (await caller.call(SUBMIT, text_payload(ConcurrencyType=asked)))[0] == code


async def test_describetimbre__pages_and_filters(service: Service, calling: Calling) -> None:
    async with calling(service) as caller:

        async def keys(**filters: Any) -> tuple[list[str], int]:
            page = (await caller.call(TIMBRES, {"PageIndex": 1, "PageSize": 100, **filters}))[1]
            return [asset["TimbreKey"] for asset in page["TimbreAssets"]], page["Total"]

        every, total = await keys()
        assert total == len(every) > 20
        assert await keys(PageIndex=2, PageSize=10) == (every[10:20], total)
        assert await keys(PageIndex=total, PageSize=2) == ([], total)
        assert await keys(TimbreKey=ENGLISH) == ([ENGLISH], 1)
        assert await keys(TimbreKeyList=[every[3], "nobody"], TimbreKey=ENGLISH) == ([every[3]], 1)
        named, _ = await keys(TimbreName="mandarin")
        assert named
        assert ENGLISH not in named


async def test_describetimbre__every_documented_field(service: Service, calling: Calling) -> None:
    async with calling(service) as caller:
        page = (await caller.call(TIMBRES, {"PageIndex": 1, "PageSize": 5}))[1]
        sample = await caller.http.get(page["TimbreAssets"][0]["TimbreSample"])
        nobody = await caller.http.get("/samples/nobody.mp3")
    first = page["TimbreAssets"][0]
    assert set(first) == {
        "TimbreKey", "TimbreName", "TimbreSample", "TimbreDesc", "SupportVirtualmanTypeCodes",
        "SupportDriverTypes", "ExpireDate", "AudioDuration", "AudioNum", "EmotionalCategories",
        "TimbreGender", "PurchaseType", "TimbreType", "TimbreLanguages",
    }  # fmt: skip
    assert first["AudioDuration"] > 500
    assert sample.status_code == 200
    assert sample.headers["content-type"] == "audio/mpeg"
    assert len(sample.content) > 1000
    assert nobody.status_code == 404


@pytest.mark.parametrize(
    "payload,code",
    [
        ({}, 100001),
        ({"PageIndex": 1}, 100001),
        ({"PageIndex": "1", "PageSize": 10}, 100001),
        ({"PageIndex": 0, "PageSize": 10}, 100002),
        ({"PageIndex": 1, "PageSize": 101}, 100002),
        ({"PageIndex": 1, "PageSize": 0}, 100002),
    ],
)
async def test_pages__refused(service: Service, calling: Calling, payload: dict[str, Any], code: int) -> None:
    async with calling(service) as caller:
        assert (await caller.call(TIMBRES, payload))[0] == code
        assert (await caller.call(SERVICE_ASSETS, payload))[0] == code


async def test_getserviceasset__hours_and_concurrency(service: Service, calling: Calling) -> None:
    async with calling(service) as caller:
        page = (await caller.call(SERVICE_ASSETS, {"PageIndex": 1, "PageSize": 10}))[1]
        one = (
            await caller.call(
                SERVICE_ASSETS, {"PageIndex": 1, "PageSize": 10, "ServiceType": "NoTrainVideoBroadcastHour"}
            )
        )[1]
    assert [info["ServiceType"] for info in page["ServiceAssetInfos"]] == [
        "NoTrainVideoBroadcastHour",
        "NoTrainVideoBroadcastConcurrency",
    ]
    assert one["Total"] == 1


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=6,
)
_FIELDS = (
    "RefVideoUrl",
    "DriverType",
    "InputSsml",
    "InputAudioUrl",
    "SpeechParam",
    "VideoParam",
    "VideoLoop",
    "CallbackUrl",
    "ConcurrencyType",
    "IdentityWrittenUrl",
    "TimbreKey",
    "Speed",
    "Codec",
    "VirtualmanKey",
    "MakeType",
    "StartTime",
    "EndTime",
    "DisableIntervals",
)


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(changes=st.dictionaries(st.sampled_from(_FIELDS), _JSON, max_size=4))
def test_rules__any_json_is_accepted_or_refused(changes: dict[str, Any]) -> None:
    for check in (check_videomakenotrain, check_tts):
        for payload in (changes, {**text_payload(), **changes}, {"VideoParam": changes, **voice_payload()}):
            with suppress(Refusal):
                check(payload)
