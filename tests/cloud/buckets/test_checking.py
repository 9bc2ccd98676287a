"""The check of a bucket names the one thing that is wrong, against a real S3 server and against played answers."""

from __future__ import annotations

import socket
from email.utils import formatdate

import httpx
import pytest

from redub.cloud.buckets import Bucket, check_bucket
from redub.core.diagnosis import Step
from support.storage import S3Server

NOW = 1764072000.0


async def checked(bucket: Bucket, **options: object) -> list[Step]:
    return [check async for check in check_bucket(bucket, **options)]  # type: ignore[arg-type]  # as given


async def test_check__a_good_bucket_is_good_in_every_step_and_left_as_it_was(s3: S3Server) -> None:
    checks = await checked(s3.bucket())

    assert [check.name for check in checks] == [
        "Reach it",
        "Clock",
        "Region",
        "Key",
        "Bucket",
        "Put a file",
        "Read it",
        "Delete it",
    ]
    assert all(check.ok for check in checks)
    assert s3.objects() == []


async def test_check__no_such_bucket(s3: S3Server) -> None:
    *good, bad = await checked(s3.named("nobodys"))

    assert all(check.ok for check in good)
    assert (bad.name, bad.ok) == ("Bucket", False)
    assert "“nobodys”" in bad.said
    assert bad.next_step


async def test_check__unknown_key(s3: S3Server) -> None:
    bucket = s3.bucket()
    s3.check_keys(True)
    *_good, bad = await checked(Bucket(**_fields(bucket) | {"access_key_id": "AKIDnobody"}))

    assert (bad.name, bad.ok) == ("Key", False)
    assert "not known" in bad.said


async def test_check__nobody_listens() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    checks = await checked(_bucket(f"http://127.0.0.1:{port}"))

    assert [(check.name, check.ok) for check in checks] == [("Reach it", False)]
    assert "does not take connections" in checks[0].said


@pytest.mark.parametrize(
    "failure, words",
    [
        (httpx.ConnectError("[Errno -2] Name or service not known"), "could not be found"),
        (httpx.ConnectError("certificate verify failed"), "certificate is not trusted"),
        (httpx.ConnectTimeout(""), "did not take the connection in time"),
        (httpx.ProxyError("403"), "proxy"),
        (httpx.ReadTimeout(""), "did not answer in time"),
        (httpx.ReadError(""), "broke off"),
    ],
)
async def test_check__what_stands_in_the_way(failure: Exception, words: str) -> None:
    def fail(_request: httpx.Request) -> httpx.Response:
        raise failure

    (check,) = await checked(_bucket("https://cos.example"), transport=httpx.MockTransport(fail))

    assert check.name == "Reach it"
    assert words in check.said


@pytest.mark.parametrize(
    "status, code, step, words",
    [
        (403, "SignatureDoesNotMatch", "Key", "secret does not belong"),
        (403, "RequestTimeTooSkewed", "Clock", "clock is wrong"),
        (403, "AccessDenied", "Put a file", "right is missing that is needed to put a file there"),
        (301, "PermanentRedirect", "Region", "another region"),
        (400, "AuthorizationHeaderMalformed", "Region", "another place: ap-tokyo"),
        (400, "InvalidBucketName", "Bucket", "not written as one"),
        (507, "QuotaExceeded", "Put a file", "bucket is full"),
        (418, "Teapot", "Put a file", "says: Short and stout"),
    ],
)
async def test_check__what_the_storage_refuses(status: int, code: str, step: str, words: str) -> None:
    body = f"<Error><Code>{code}</Code><Message>Short and stout</Message><Region>ap-tokyo</Region></Error>"
    transport = httpx.MockTransport(lambda _request: httpx.Response(status, text=body))
    *good, bad = await checked(_bucket("https://cos.example"), transport=transport)

    assert all(check.ok for check in good)
    assert (bad.name, bad.ok) == (step, False)
    assert words in bad.said


async def test_check__a_refusal_with_a_clock_far_off_is_told_as_the_clock() -> None:
    date = formatdate(NOW - 3600, usegmt=True)
    answer = httpx.Response(403, text="<Error><Code>AccessDenied</Code></Error>", headers={"Date": date})
    transport = httpx.MockTransport(lambda _request: answer)
    *_good, bad = await checked(_bucket("https://cos.example"), transport=transport, clock=lambda: NOW)

    assert bad.name == "Clock"
    assert "60 minutes off" in bad.said


async def test_check__read_and_delete_are_told_apart() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "PUT":
            return httpx.Response(200)
        return httpx.Response(403, text="<Error><Code>AccessDenied</Code></Error>")

    checks = await checked(_bucket("https://cos.example"), transport=httpx.MockTransport(answer))

    assert [(check.name, check.ok) for check in checks[-3:]] == [
        ("Put a file", True),
        ("Read it", False),
        ("Delete it", False),
    ]


def _bucket(endpoint: str) -> Bucket:
    return Bucket(
        endpoint=endpoint, region="r", name="clips", addressing="path", access_key_id="k", secret="s"
    )


def _fields(bucket: Bucket) -> dict[str, str]:
    names = ("endpoint", "region", "name", "prefix", "addressing", "access_key_id", "secret")
    return {name: getattr(bucket, name) for name in names}
