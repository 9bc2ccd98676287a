from __future__ import annotations

import httpx
import pytest

from cloud.loopback import answer, says, serving
from redub.cloud.linkcheck import SAMPLE, look_at
from redub.cloud.media_urls import MediaKind
from redub.core.errors import CloudFault, Unreachable, UserError

GIB = 1024**3


async def test_look_at__a_good_file() -> None:
    headers = {"Content_Type": "video/mp4", "Content_Range": f"bytes 0-{SAMPLE - 1}/52428800"}
    async with serving(says(answer("206 Partial Content", b"x" * SAMPLE, **headers))) as server:
        found = await look_at(f"{server.base_url}/a.mp4?sign=1", MediaKind.REFERENCE)

    assert (found.size, found.type, found.remarks) == (52428800, "video/mp4", ())
    assert found.speed > SAMPLE
    assert server.requests[0].headers["range"] == f"bytes=0-{SAMPLE - 1}"


async def test_look_at__a_server_without_ranges_is_not_read_to_its_end() -> None:
    headers = {"Content_Type": "audio/wav"}
    async with serving(says(answer("200 OK", b"x" * (3 * SAMPLE), **headers))) as server:
        found = await look_at(f"{server.base_url}/a.wav", MediaKind.RECORDING)

    assert (found.size, found.remarks) == (3 * SAMPLE, ())


async def test_look_at__a_slow_source_is_called_slow() -> None:
    seconds = iter([0.0, 10.0])
    headers = {"Content_Type": "text/plain", "Content_Range": f"bytes 0-{SAMPLE - 1}/{GIB}"}
    reply = httpx.Response(
        206, content=b"x" * SAMPLE, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )
    transport = httpx.MockTransport(lambda _request: reply)
    found = await look_at(
        "https://a.example/a.mp4", MediaKind.REFERENCE, transport=transport, clock=lambda: next(seconds)
    )

    assert any("slowly (105 kB a second)" in remark for remark in found.remarks)
    assert any("calls the file “text/plain”" in remark for remark in found.remarks)


@pytest.mark.parametrize(
    "status, headers, kind, words",
    [
        (403, {}, MediaKind.REFERENCE, "private, or the link has run out"),
        (404, {}, MediaKind.REFERENCE, "has nothing there"),
        (302, {"Location": "/login"}, MediaKind.REFERENCE, "sends on"),
        (500, {}, MediaKind.REFERENCE, "answers with an error"),
        (200, {"Content-Type": "text/html; charset=utf-8"}, MediaKind.REFERENCE, "leads to a page"),
        (206, {"Content-Range": f"bytes 0-9/{6 * GIB}"}, MediaKind.REFERENCE, "too large"),
        (206, {"Content-Range": f"bytes 0-9/{GIB}"}, MediaKind.RECORDING, "too large"),
        (206, {"Content-Range": "bytes 0-9/11000000"}, MediaKind.REF_PHOTO, "too large"),
    ],
)
async def test_look_at__what_the_service_would_stumble_over(
    status: int, headers: dict[str, str], kind: MediaKind, words: str
) -> None:
    transport = httpx.MockTransport(lambda _request: httpx.Response(status, headers=headers, content=b"x"))
    with pytest.raises(UserError) as caught:
        await look_at("https://a.example/a.mp4", kind, transport=transport)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "failure, kind", [(httpx.ConnectError("refused"), Unreachable), (httpx.ReadTimeout(""), CloudFault)]
)
async def test_look_at__not_reached(failure: Exception, kind: type[CloudFault]) -> None:
    def fail(_request: httpx.Request) -> httpx.Response:
        raise failure

    with pytest.raises(kind) as caught:
        await look_at("https://a.example/a.mp4", MediaKind.REFERENCE, transport=httpx.MockTransport(fail))
    assert "a.example" in str(caught.value)
