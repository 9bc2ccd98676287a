"""AWS Signature Version 4, as every S3-compatible storage takes it: of a request, and of an address.

Source: "Authenticating Requests (AWS Signature Version 4)" of the S3 API reference. Paths are percent-encoded once,
queries are sorted; the tests compare every kind of request with what botocore makes of it.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from redub.cloud.buckets.bucket import Bucket

EMPTY_HASH = hashlib.sha256(b"").hexdigest()
_ALGORITHM = "AWS4-HMAC-SHA256"
_UNSIGNED = "UNSIGNED-PAYLOAD"


def signed_headers(
    bucket: Bucket,
    method: str,
    path: str,
    query: Mapping[str, str],
    *,
    body_hash: str,
    now: float,
    headers: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return the headers of a signed request.

    :param path: percent-encoded, as `Bucket.path` returns it
    :param body_hash: sha256 of the body in hex: the storage refuses other bytes
    :param now: Unix seconds; more than 15 minutes off is refused
    """
    stamp = _stamp(now)
    all_headers = {
        "host": urlsplit(bucket.base_url).netloc,
        "x-amz-content-sha256": body_hash,
        "x-amz-date": stamp,
    } | {name.lower(): value for name, value in (headers or {}).items()}
    names = ";".join(sorted(all_headers))
    request = "\n".join(
        [
            method,
            path,
            query_string(query),
            "".join(f"{name}:{all_headers[name].strip()}\n" for name in sorted(all_headers)),
            names,
            body_hash,
        ]
    )
    scope = _scope(bucket, stamp)
    sign = _signature(bucket, stamp, scope, request)
    credential = f"{bucket.access_key_id}/{scope}"
    said = f"{_ALGORITHM} Credential={credential}, SignedHeaders={names}, Signature={sign}"
    return all_headers | {"authorization": said}


def presigned_url(bucket: Bucket, key: str, *, seconds: int, now: float) -> str:
    """Return an address at which `key` can be fetched (GET) without a key, for so many seconds from `now` on."""
    stamp = _stamp(now)
    scope = _scope(bucket, stamp)
    query = {
        "X-Amz-Algorithm": _ALGORITHM,
        "X-Amz-Credential": f"{bucket.access_key_id}/{scope}",
        "X-Amz-Date": stamp,
        "X-Amz-Expires": str(seconds),
        "X-Amz-SignedHeaders": "host",
    }
    host = urlsplit(bucket.base_url).netloc
    path = bucket.path(key)
    request = "\n".join(["GET", path, query_string(query), f"host:{host}\n", "host", _UNSIGNED])
    sign = _signature(bucket, stamp, scope, request)
    return f"{bucket.base_url}{path}?{query_string(query)}&X-Amz-Signature={sign}"


def query_string(query: Mapping[str, str]) -> str:
    """Return `query` sorted and percent-encoded, as it is signed and sent."""
    pairs = sorted((quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in query.items())
    return "&".join(f"{name}={value}" for name, value in pairs)


def _stamp(now: float) -> str:
    return f"{datetime.fromtimestamp(now, UTC):%Y%m%dT%H%M%SZ}"


def _scope(bucket: Bucket, stamp: str) -> str:
    return f"{stamp[:8]}/{bucket.region}/s3/aws4_request"


def _signature(bucket: Bucket, stamp: str, scope: str, request: str) -> str:
    digest = hashlib.sha256(request.encode()).hexdigest()
    text = "\n".join([_ALGORITHM, stamp, scope, digest])
    key = f"AWS4{bucket.secret}".encode()
    for part in (stamp[:8], bucket.region, "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
