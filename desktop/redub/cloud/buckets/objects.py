"""The requests that an S3-compatible storage understands, as far as uploads need them; each signed, each one step.

Answers are XML; only their fields are used, and whether they carry a namespace does not matter.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from types import TracebackType
from typing import Self
from xml.etree import ElementTree

import httpx

from redub.cloud import connections, faults
from redub.cloud.buckets.bucket import LONGEST_LINK, Bucket
from redub.cloud.buckets.faults import StorageRefused, broken, local_name, refusal
from redub.cloud.buckets.sigv4 import EMPTY_HASH, presigned_url, query_string, signed_headers
from redub.core.errors import CloudFault
from redub.i18n import _

Part = tuple[int, str]
"""Number (from 1) and ETag of a part that has arrived."""
Sent = Callable[[int], None]
"""Told how many bytes of a body have been handed over, each time some more were."""

_PIECE = 512 * 1024
_TIMEOUT = httpx.Timeout(connect=10.0, read=120.0, write=60.0, pool=60.0)


class ObjectStore:
    """One bucket, spoken to; `async with` closes its connections.

    Every method raises StorageRefused for a refusal in words, Unreachable where nothing was reached, CloudFault for
    an answer that never came.
    """

    def __init__(
        self,
        bucket: Bucket,
        *,
        clock: Callable[[], float] = time.time,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Speak to `bucket`."""
        self.bucket = bucket
        self.skew: float | None = None
        self._clock = clock
        self._client = connections.open_client(bucket.base_url, transport=transport, timeout=_TIMEOUT)

    async def __aenter__(self) -> Self:
        """Return itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def size_of(self, key: str) -> int | None:
        """Return how many bytes the object has, or None when there is none (or it may not be known)."""
        try:
            response = await self._ask("HEAD", key, action=_("look for a file there"))
        except StorageRefused as fault:
            if fault.status in {400, 403, 404}:  # an answer to HEAD has no words: the next request has
                return None
            raise
        return int(response.headers.get("Content-Length", "0"))

    async def list_one(self) -> None:
        """Ask for the names in the bucket, one at most: whether bucket and key are good."""
        query = {"list-type": "2", "max-keys": "1"}
        await self._ask("GET", "", query, action=_("list the files there"))

    async def put(self, key: str, body: bytes, *, kind: str, sent: Sent | None = None) -> None:
        """Put a whole object there in one request; `kind` is its Content-Type."""
        headers = {"Content-Type": kind}
        await self._send("PUT", key, {}, body, action=_("put a file there"), headers=headers, sent=sent)

    async def get_first(self, key: str) -> bytes:
        """Return the first byte of an object, fetched as the service fetches it: with a presigned address."""
        url = self.link(key, 60)
        response = await self._request("GET", url, {"Range": "bytes=0-0"}, None)
        self._judge(response, _("read a file there"))
        return response.content

    async def delete(self, key: str) -> None:
        """Delete an object; one that is not there is as good as deleted."""
        await self._ask("DELETE", key, action=_("delete a file there"))

    async def begin(self, key: str, *, kind: str) -> str:
        """Begin a multipart upload, and return its id."""
        response = await self._ask(
            "POST", key, {"uploads": ""}, action=_("put a file there"), headers={"Content-Type": kind}
        )
        upload_id = _field(response, "UploadId")
        if not upload_id:
            raise self._nonsense(response)
        return upload_id

    async def put_part(self, key: str, upload_id: str, number: int, body: bytes, sent: Sent) -> Part:
        """Put part `number` (from 1) there, and return what it is known by."""
        query = {"partNumber": str(number), "uploadId": upload_id}
        response = await self._send("PUT", key, query, body, action=_("put a file there"), sent=sent)
        return number, response.headers.get("ETag", "")

    async def parts(self, key: str, upload_id: str) -> dict[int, tuple[str, int]]:
        """Return the parts that have arrived: number to ETag and size."""
        found: dict[int, tuple[str, int]] = {}
        marker = "0"
        while True:
            query = {"uploadId": upload_id, "part-number-marker": marker}
            response = await self._ask("GET", key, query, action=_("go on with an upload"))
            root = _xml(response)
            for part in _children(root, "Part"):
                found[int(part["PartNumber"])] = (part["ETag"], int(part["Size"]))
            following = _field(response, "NextPartNumberMarker")
            if _field(response, "IsTruncated") != "true" or following in {"", marker}:
                return found
            marker = following

    async def complete(self, key: str, upload_id: str, parts: list[Part]) -> None:
        """Make one object of the parts."""
        lines = "".join(
            f"<Part><PartNumber>{number}</PartNumber><ETag>{etag}</ETag></Part>" for number, etag in parts
        )
        body = f"<CompleteMultipartUpload>{lines}</CompleteMultipartUpload>".encode()
        action = _("finish an upload")
        response = await self._send("POST", key, {"uploadId": upload_id}, body, action=action)
        if not _field(
            response, "ETag"
        ):  # S3 answers 200 before it knows, and may end in an error all the same
            raise refusal(response, self.bucket, action, now=self._clock())

    async def abort(self, key: str, upload_id: str) -> None:
        """End a multipart upload and let its parts go; one that is not known any more is as good as ended."""
        try:
            await self._ask("DELETE", key, {"uploadId": upload_id}, action=_("stop an upload"))
        except StorageRefused as fault:
            if fault.status != 404:
                raise

    async def unfinished(self) -> list[tuple[str, str]]:
        """Return key and id of the multipart uploads that were begun and not ended."""
        response = await self._ask("GET", "", {"uploads": ""}, action=_("list the uploads there"))
        return [(one["Key"], one["UploadId"]) for one in _children(_xml(response), "Upload")]

    def link(self, key: str, seconds: int) -> str:
        """Return an address that fetches `key` for so many seconds, seven days at most."""
        return presigned_url(self.bucket, key, seconds=min(seconds, LONGEST_LINK), now=self._clock())

    async def _ask(
        self,
        method: str,
        key: str,
        query: Mapping[str, str] | None = None,
        *,
        action: str,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Send a request without a body."""
        target = self._target(key, query or {})
        signed = self._signed(method, key, query or {}, EMPTY_HASH, headers)
        return self._judge(await self._request(method, target, signed, None), action)

    async def _send(
        self,
        method: str,
        key: str,
        query: Mapping[str, str],
        body: bytes,
        *,
        action: str,
        headers: Mapping[str, str] | None = None,
        sent: Sent | None = None,
    ) -> httpx.Response:
        """Send a request with a body, which the storage compares with the hash in the signature."""
        digest = await _hash(body)
        length = {"Content-Length": str(len(body))}
        signed = self._signed(method, key, query, digest, headers) | length
        content = _pieces(body, sent)
        return self._judge(await self._request(method, self._target(key, query), signed, content), action)

    async def _request(
        self, method: str, url: str, headers: Mapping[str, str], content: AsyncIterator[bytes] | None
    ) -> httpx.Response:
        try:
            return await self._client.request(method, httpx.URL(url), headers=dict(headers), content=content)
        except faults.FOREIGN as exc:
            raise broken(exc, self.bucket) from exc

    def _judge(self, response: httpx.Response, action: str) -> httpx.Response:
        if response.is_success:
            return response
        raise refusal(response, self.bucket, action, now=self._clock())

    def _signed(
        self, method: str, key: str, query: Mapping[str, str], digest: str, headers: Mapping[str, str] | None
    ) -> dict[str, str]:
        path = self.bucket.path(key)
        now = self._clock()
        return signed_headers(self.bucket, method, path, query, body_hash=digest, now=now, headers=headers)

    def _target(self, key: str, query: Mapping[str, str]) -> str:
        asked = f"?{query_string(query)}" if query else ""
        return f"{self.bucket.base_url}{self.bucket.path(key)}{asked}"

    def _nonsense(self, response: httpx.Response) -> CloudFault:
        return CloudFault(
            _("The storage's answer could not be understood."),
            why=_("{host} did not answer as an S3 storage does.").format(host=response.url.host),
            next_step=_("Check the endpoint in the settings."),
            detail=response.text[:200],
        )


async def _pieces(body: bytes, sent: Sent | None) -> AsyncIterator[bytes]:
    """Yield `body` in pieces, so that it is known how far it is; told is what the one before had."""
    view = memoryview(body)
    for start in range(0, len(view), _PIECE):
        piece = view[start : start + _PIECE]
        yield piece  # type: ignore[misc]  # httpx writes whatever has a buffer
        if sent is not None:
            sent(len(piece))


async def _hash(body: bytes) -> str:
    if len(body) < _PIECE:
        return hashlib.sha256(body).hexdigest()
    return await asyncio.to_thread(lambda: hashlib.sha256(body).hexdigest())


def _xml(response: httpx.Response) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(response.content)
    except ElementTree.ParseError:
        return ElementTree.Element("nothing")


def _field(response: httpx.Response, name: str) -> str:
    return next(((child.text or "").strip() for child in _xml(response) if local_name(child) == name), "")


def _children(root: ElementTree.Element, name: str) -> Iterator[dict[str, str]]:
    for child in root:
        if local_name(child) == name:
            yield {local_name(field): (field.text or "").strip() for field in child}
