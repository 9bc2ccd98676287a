from __future__ import annotations

import asyncio
import email.utils
from collections.abc import Callable

import httpx
import msgspec
import pytest

from cloud.loopback import answer, envelope, hangs_up, never_answers, says, serving
from redub.cloud import client as client_module
from redub.cloud.client import CloudClient, Credentials, Submitted, clock_fault
from redub.cloud.signing import signed_query
from redub.core.errors import CloudFault, EnvironmentFault, Refused, Unclear, Unreachable
from redub.core.shot import Speech
from redub.core.tasks import RemoteStatus

ACCOUNT = Credentials("example_appkey", "example_accesstoken")
NOW = 1717639699
BASE = "http://127.0.0.1:9"
BODY = {"Header": {}, "Payload": {"RefVideoUrl": "http://a/b.mp4", "InputSsml": "你好"}}

Handler = Callable[[httpx.Request], httpx.Response]


def a_client(handler: Handler) -> CloudClient:
    return CloudClient(BASE, ACCOUNT, transport=httpx.MockTransport(handler), clock=lambda: NOW)


def replying(response: httpx.Response) -> Handler:
    return lambda _request: response


def coded(code: object, payload: object | None = None, status: int = 200, **headers: str) -> httpx.Response:
    header = {"Code": code, "Message": "Err:坏", "RequestID": "req-9"}
    body = {"Header": header} | ({} if payload is None else {"Payload": payload})
    return httpx.Response(status, content=msgspec.json.encode(body), headers=headers)


async def test_submit__the_request_as_it_goes_over_the_wire() -> None:
    async with (
        serving(says(answer("200 OK", envelope({"TaskId": "81883d47"})))) as server,
        CloudClient(server.base_url, ACCOUNT, clock=lambda: NOW) as client,
    ):
        submitted = await client.submit(BODY)

    assert submitted == Submitted("81883d47", "req-1")
    (request,) = server.requests
    assert request.method == "POST"
    path, _, query = request.target.partition("?")
    assert path == "/v2/ivh/videomaker/broadcastservice/videomakenotrain"
    assert query == signed_query("example_appkey", "example_accesstoken", NOW)
    assert query.endswith("signature=aCNWYzZdplxWVo%2BJsqzZc9%2BJ9XrwWWITfX3eQpsLVno%3D")
    assert request.headers["content-type"] == "application/json;charset=utf-8"
    assert request.headers["user-agent"].startswith("redub/")
    assert (
        request.body == '{"Header":{},"Payload":{"RefVideoUrl":"http://a/b.mp4","InputSsml":"你好"}}'.encode()
    )


async def test_submit__sends_exact_bytes_as_they_are() -> None:
    seen: list[bytes] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request.content)
        return coded(0, {"TaskId": "t"})

    async with a_client(handler) as client:
        await client.submit(b'{"Header":{},  "Payload":{}}')

    assert seen == [b'{"Header":{},  "Payload":{}}']


@pytest.mark.parametrize(
    "code",
    [
        100001,
        100002,
        100003,
        100005,
        100008,
        100009,
        100013,
        100014,
        100015,
        100016,
        110005,
        110006,
        110007,
        801004,
        801005,
        -101001,
        -101002,
        100012,
    ],
)
async def test_submit__refused_by_a_code(code: int) -> None:
    async with a_client(replying(coded(code))) as client:
        with pytest.raises(Refused) as caught:
            await client.submit(BODY)

    assert caught.value.code == code
    assert "Err:坏" in caught.value.detail
    assert "req-9" in caught.value.detail


@pytest.mark.parametrize("code", [-101000, 801000, 801002, -101003, 100000, 987654])
async def test_submit__unclear_by_a_code(code: int) -> None:
    async with a_client(replying(coded(code))) as client:
        with pytest.raises(Unclear) as caught:
            await client.submit(BODY)

    assert caught.value.code == code


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(200, text="<html>Sign in</html>"),
        httpx.Response(200, content=b'{"Header":{"Code":0},"Payl'),
        httpx.Response(200, content=b"\xff\xfe"),
        httpx.Response(200, json=[1, 2]),
        httpx.Response(200, json={"Payload": {"TaskId": "t"}}),
        httpx.Response(200, json={"Header": {}, "Payload": {"TaskId": "t"}}),
        httpx.Response(200, json={"Header": {"Code": None}, "Payload": {"TaskId": "t"}}),
        httpx.Response(200, json={"Header": {"Code": True}, "Payload": {"TaskId": "t"}}),
        httpx.Response(200, content=b""),
        httpx.Response(302, headers={"Location": "http://127.0.0.1:9/login"}),
        httpx.Response(404, text="not here"),
        httpx.Response(500, text="oops"),
        httpx.Response(502, text="<html>Bad gateway</html>"),
        coded(0),
        coded(0, {}),
        coded(0, {"TaskId": ""}),
        coded(0, {"TaskId": 5}),
        coded(0, {"TaskId": "t"}, status=500),
        coded(100001, status=503),
        coded(0, {"TaskId": "t"}, status=404),
    ],
)
async def test_submit__unclear_without_a_code(response: httpx.Response) -> None:
    async with a_client(replying(response)) as client:
        with pytest.raises(Unclear) as caught:
            await client.submit(BODY)

    assert caught.value.next_step


@pytest.mark.parametrize("status", [401, 403, 429])
async def test_submit__turned_away_at_the_door(status: int) -> None:
    async with a_client(replying(httpx.Response(status, text="no"))) as client:
        with pytest.raises(Refused) as caught:
            await client.submit(BODY)

    assert caught.value.code is None
    assert str(status) in caught.value.detail


@pytest.mark.parametrize("status", [400, 401, 403, 429])
async def test_submit__a_code_counts_more_than_the_status(status: int) -> None:
    async with a_client(replying(coded(100013, status=status))) as client:
        with pytest.raises(Refused, match="no production time") as caught:
            await client.submit(BODY)

    assert caught.value.code == 100013


@pytest.mark.parametrize(
    "value,expected",
    [("7", 7.0), (email.utils.formatdate(NOW + 30, usegmt=True), 30.0), ("soon", None)],
)
async def test_submit__how_long_to_wait(value: str, expected: float | None) -> None:
    async with a_client(replying(httpx.Response(429, headers={"Retry-After": value}))) as client:
        with pytest.raises(Refused) as caught:
            await client.submit(BODY)

    assert caught.value.retry_after == expected


@pytest.mark.parametrize(
    "offset,expected",
    [(3600, "60 minutes ahead"), (-900, "15 minutes behind"), (86400, "24 hours ahead")],
)
async def test_submit__names_a_wrong_clock(offset: int, expected: str) -> None:
    date = email.utils.formatdate(NOW - offset, usegmt=True)
    for response in (httpx.Response(401, headers={"Date": date}), coded(100005, Date=date)):
        async with a_client(replying(response)) as client:
            with pytest.raises(Refused, match=expected) as caught:
                await client.submit(BODY)
            fault = clock_fault(client)

        assert "clock" in caught.value.next_step
        assert fault is not None
        assert expected in fault.why


async def test_submit__a_clock_that_is_near_enough() -> None:
    date = email.utils.formatdate(NOW - 200, usegmt=True)
    async with a_client(replying(httpx.Response(403, headers={"Date": date}))) as client:
        with pytest.raises(Refused) as caught:
            await client.submit(BODY)

        assert client.clock_skew == 200
        assert clock_fault(client) is None
    assert "appkey" in caught.value.why


def raising(exc: Exception) -> Handler:
    def handler(_request: httpx.Request) -> httpx.Response:
        raise exc

    return handler


BEFORE = [
    httpx.ConnectError("[Errno 111] Connection refused"),
    httpx.ConnectError("[Errno -2] Name or service not known"),
    httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed"),
    httpx.ConnectTimeout("late"),
    httpx.PoolTimeout("full"),
    httpx.ProxyError("407 Proxy Authentication Required"),
    httpx.UnsupportedProtocol("x"),
]
AFTER = [
    httpx.ReadError("reset"),
    httpx.ReadTimeout("late"),
    httpx.WriteError("broken pipe"),
    httpx.WriteTimeout("late"),
    httpx.RemoteProtocolError("Server disconnected without sending a response."),
    httpx.CloseError("x"),
    httpx.DecodingError("gzip"),
    httpx.LocalProtocolError("x"),
    OSError("odd"),
    TimeoutError(),
]


@pytest.mark.parametrize("exc", BEFORE, ids=repr)
async def test_submit__nothing_was_sent(exc: Exception) -> None:
    async with a_client(raising(exc)) as client:
        with pytest.raises(Unreachable, match="nothing was sent") as caught:
            await client.submit(BODY)

    assert caught.value.__cause__ is exc
    assert caught.value.why
    assert caught.value.next_step


@pytest.mark.parametrize("exc", AFTER, ids=repr)
async def test_submit__lost_after_sending(exc: Exception) -> None:
    async with a_client(raising(exc)) as client:
        with pytest.raises(Unclear) as caught:
            await client.submit(BODY)

    assert caught.value.__cause__ is exc


@pytest.mark.parametrize("exc", [*BEFORE, *AFTER], ids=repr)
async def test_progress__no_loss_is_unclear(exc: Exception) -> None:
    async with a_client(raising(exc)) as client:
        with pytest.raises(CloudFault) as caught:
            await client.progress("t")

    assert not isinstance(caught.value, Unclear | Refused)


OBSTACLES = [
    "does not take connections",
    "name 127.0.0.1 could not be found",
    "certificate is not trusted",
    "did not take the connection in time",
    "did not take the connection in time",
    "proxy",
    "not written as one",
]


@pytest.mark.parametrize("exc,words", list(zip(BEFORE, OBSTACLES, strict=True)), ids=repr)
async def test_submit__names_what_stood_in_the_way(exc: Exception, words: str) -> None:
    async with a_client(raising(exc)) as client:
        with pytest.raises(Unreachable, match=words):
            await client.submit(BODY)


async def test_submit__a_service_that_is_not_secure() -> None:
    async with serving(says(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as server:
        secure = server.base_url.replace("http:", "https:")
        async with CloudClient(secure, ACCOUNT) as client:
            with pytest.raises(Unreachable, match="no secure connection"):
                await client.submit(BODY)


def all_of(kind: type[Exception]) -> set[type[Exception]]:
    return {kind}.union(*(all_of(sub) for sub in kind.__subclasses__()))


async def test_client__no_exception_of_httpx_escapes() -> None:
    for kind in all_of(httpx.HTTPError) | {httpx.InvalidURL, httpx.StreamError}:
        exc = kind.__new__(kind)
        Exception.__init__(exc, "planted")
        async with a_client(raising(exc)) as client:
            with pytest.raises(CloudFault):
                await client.submit(BODY)


async def test_submit__cut_connections_on_a_real_socket() -> None:
    half = answer("200 OK", envelope({"TaskId": "abc"}))[:-9]
    for reply in (hangs_up, says(b"HTTP/1.1 200 OK\r\n"), says(half), says(b"garbage\r\n\r\n")):
        async with serving(reply) as server, CloudClient(server.base_url, ACCOUNT) as client:
            with pytest.raises(Unclear):
                await client.submit(BODY)

            assert len(server.requests) == 1


async def test_submit__late_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "_PAID_SECONDS", 0.1)
    async with serving(never_answers) as server, CloudClient(server.base_url, ACCOUNT) as client:
        with pytest.raises(Unclear, match="did not answer in time"):
            await client.submit(BODY)


async def test_submit__nobody_listens() -> None:
    async with serving(hangs_up) as server:
        gone = server.base_url
    async with CloudClient(gone, ACCOUNT) as client:
        with pytest.raises(Unreachable, match="does not take connections"):
            await client.submit(BODY)


async def test_submit__cancelled_is_no_error() -> None:
    async with serving(never_answers) as server, CloudClient(server.base_url, ACCOUNT) as client:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await client.submit(BODY)


async def test_submit__never_over_a_connection_that_was_idle() -> None:
    async with (
        serving(says(answer("200 OK", envelope({"TaskId": "t"}), Connection="keep-alive"))) as server,
        CloudClient(server.base_url, ACCOUNT) as client,
    ):
        await client.submit(BODY)
        await client.submit(BODY)

    assert len(server.requests) == 2


async def test_progress__asks_and_reads() -> None:
    seen: list[object] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append((request.url.path, msgspec.json.decode(request.content)))
        return coded(0, {"Status": "COMMIT", "ArrayCount": 2, "Progress": 0, "MediaUrl": "", "Duration": 0})

    async with a_client(handler) as client:
        report = await client.progress("abc")

    assert seen == [
        ("/v2/ivh/videomaker/broadcastservice/getprogress", {"Header": {}, "Payload": {"TaskId": "abc"}})
    ]
    assert report.status is RemoteStatus.COMMIT
    assert report.ahead == 2
    assert report.duration is None


async def test_progress__missing_payload_is_a_task_that_runs() -> None:
    async with a_client(replying(coded(0))) as client:
        assert (await client.progress("abc")).status is RemoteStatus.MAKING


@pytest.mark.parametrize("code", [110006, 801000, 801004])
async def test_progress__code(code: int) -> None:
    async with a_client(replying(coded(code))) as client:
        with pytest.raises(CloudFault) as caught:
            await client.progress("abc")

    assert caught.value.code == code
    assert type(caught.value) is CloudFault


@pytest.mark.parametrize("status", [302, 401, 403, 404, 429, 500, 503])
async def test_progress__status(status: int) -> None:
    async with a_client(
        replying(httpx.Response(status, text="<html>", headers={"Retry-After": "3"}))
    ) as client:
        with pytest.raises(CloudFault) as caught:
            await client.progress("abc")

    assert type(caught.value) is CloudFault
    assert caught.value.retry_after == 3


def voices(first: int, last: int) -> list[object]:
    return [{"TimbreKey": f"v{number}", "TimbreName": f"Voice {number}"} for number in range(first, last)]


def paged(total: object, size: int, count: int) -> Handler:
    def handler(request: httpx.Request) -> httpx.Response:
        page = msgspec.json.decode(request.content)["Payload"]["PageIndex"]
        found = voices((page - 1) * size, min(count, page * size))
        return coded(0, {"TimbreAssets": found} | ({} if total is None else {"Total": total}))

    return handler


@pytest.mark.parametrize("total", [250, None, "250", 10_000])
async def test_timbres__all_pages(total: object) -> None:
    async with a_client(paged(total, 100, 250)) as client:
        found = await client.timbres()

    assert [voice.key for voice in found] == [f"v{number}" for number in range(250)]


async def test_timbres__a_service_that_repeats_itself_ends() -> None:
    async with a_client(replying(coded(0, {"TimbreAssets": voices(0, 3), "Total": 999}))) as client:
        assert len(await client.timbres()) == 3


async def test_timbres__reads_every_field_and_forgives() -> None:
    full = {
        "TimbreKey": "female_1",
        "TimbreName": "Anna",
        "TimbreSample": "https://s/1.mp3",
        "TimbreDesc": "warm",
        "SupportDriverTypes": ["Text"],
        "ExpireDate": "2027-01-01 00:00:00",
        "EmotionalCategories": ["tc_happy", 5, ""],
        "TimbreGender": 2,
        "PurchaseType": "Lease",
        "TimbreType": "Boutique",
        "TimbreLanguages": ["en-US"],
    }
    odd = [
        None,
        5,
        {},
        {"TimbreKey": ""},
        {"TimbreKey": "bare", "TimbreGender": "x", "TimbreLanguages": None},
    ]
    async with a_client(replying(coded(0, {"TimbreAssets": [full, *odd], "Total": 6}))) as client:
        anna, bare = await client.timbres()

    assert (anna.key, anna.name, anna.gender, anna.languages) == ("female_1", "Anna", "female", ("en-US",))
    assert (anna.emotions, anna.expires, anna.driver_types) == (
        ("tc_happy",),
        "2027-01-01 00:00:00",
        ("Text",),
    )
    assert (anna.sample_url, anna.description) == ("https://s/1.mp3", "warm")
    assert (bare.name, bare.gender, bare.languages) == ("bare", "unknown", ())


async def test_tts__flat_fields() -> None:
    seen: list[bytes] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request.content)
        return coded(0, {"TaskId": "tts-1"})

    async with a_client(handler) as client:
        task_id = await client.tts(
            "Hello", Speech(timbre_key="k", emotion="tc_happy"), codec="wav", sample_rate=16000
        )

    assert task_id == "tts-1"
    assert seen == [
        (
            b'{"Header":{},"Payload":{"InputSsml":"Hello","Speed":1.0,"TimbreKey":"k","EmotionCategory":"tc_happy",'
            b'"Codec":"wav","SampleRate":16000}}'
        )
    ]


def test_client__a_proxy_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1")

    with pytest.raises(EnvironmentFault, match="proxy"):
        CloudClient("https://service.example", ACCOUNT)


async def test_client__no_proxy_for_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    async with (
        serving(says(answer("200 OK", envelope({"TaskId": "t"})))) as server,
        CloudClient(server.base_url, ACCOUNT) as client,
    ):
        assert (await client.submit(BODY)).task_id == "t"


async def test_errors__show_no_secret() -> None:
    async with (
        serving(says(answer("500 Oops", b"see /x?signature=GEHEIM"))) as server,
        CloudClient(server.base_url, Credentials("k", "GEHEIM")) as client,
    ):
        with pytest.raises(Unclear) as caught:
            await client.submit(BODY)

    assert "GEHEIM" not in caught.value.detail + str(caught.value)
