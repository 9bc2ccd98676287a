"""The signatures are those that botocore makes, which every storage takes."""

from __future__ import annotations

import hashlib
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from unittest.mock import patch

import botocore.auth
import pytest
from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from redub.cloud.buckets import Bucket
from redub.cloud.buckets.bucket import life_of, seconds_left
from redub.cloud.buckets.sigv4 import presigned_url, query_string, signed_headers

NOW = 1764072000.0
BUCKET = Bucket(
    endpoint="https://cos.ap-singapore.myqcloud.com",
    region="ap-singapore",
    name="clips-1250000000",
    prefix="redub",
    access_key_id="AKIDexample",
    secret="s3cr3t/+=",
)
KEYS = ("redub/reference/0a1b.mp4", "视频/Größe 1 & 2+3=4 (~final).mp4")
REQUESTS: tuple[tuple[str, dict[str, str], bytes], ...] = (
    ("PUT", {"partNumber": "3", "uploadId": "a+b/c=="}, b"part"),
    ("POST", {"uploads": ""}, b""),
    ("POST", {"uploadId": "x"}, b"<xml/>"),
    ("GET", {"uploadId": "x", "part-number-marker": "0"}, b""),
    ("HEAD", {}, b""),
    ("DELETE", {}, b""),
)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("method, query, body", REQUESTS)
def test_signed_headers__are_those_of_botocore(
    key: str, method: str, query: dict[str, str], body: bytes
) -> None:
    digest = hashlib.sha256(body).hexdigest()
    mine = signed_headers(BUCKET, method, BUCKET.path(key), query, body_hash=digest, now=NOW)
    url = f"{BUCKET.base_url}{BUCKET.path(key)}?{query_string(query)}"
    request = AWSRequest(method=method, url=url, data=body, headers={"X-Amz-Content-SHA256": digest})
    request.context["payload_signing_enabled"] = True
    with _at_that_time():
        S3SigV4Auth(_credentials(), "s3", BUCKET.region).add_auth(request)

    assert mine["authorization"] == request.headers["Authorization"]
    assert mine["x-amz-date"] == request.headers["X-Amz-Date"]


@pytest.mark.parametrize("key", KEYS)
def test_presigned_url__is_that_of_botocore(key: str) -> None:
    mine = presigned_url(BUCKET, key, seconds=3600, now=NOW)
    request = AWSRequest(method="GET", url=f"{BUCKET.base_url}{BUCKET.path(key)}")
    with _at_that_time():
        S3SigV4QueryAuth(_credentials(), "s3", BUCKET.region, expires=3600).add_auth(request)

    assert mine.rpartition("X-Amz-Signature=")[2] == request.url.rpartition("X-Amz-Signature=")[2]
    assert BUCKET.key_at(mine) == (key if key.startswith("redub/") else None)
    assert (life_of(mine), seconds_left(mine, NOW + 600)) == (3600, 3000)


def test_seconds_left__of_an_address_that_says_nothing() -> None:
    assert seconds_left("https://a/b.mp4?X-Amz-Date=yesterday&X-Amz-Expires=5", NOW) is None
    assert seconds_left("https://a/b.mp4", NOW) is None


def _credentials() -> Credentials:
    return Credentials(BUCKET.access_key_id, BUCKET.secret)


def _at_that_time() -> AbstractContextManager[object]:
    return patch.object(
        botocore.auth, "get_current_datetime", lambda: datetime.fromtimestamp(NOW, UTC).replace(tzinfo=None)
    )
