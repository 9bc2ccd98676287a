"""Fetch a finished result to a partial file, going on where an earlier attempt was cut.

The final name is never touched here: the caller verifies the file, publishes it, and then calls
`partials.clean`.
"""

from __future__ import annotations

import asyncio
import re
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from redub.cloud import connections, disk, faults
from redub.cloud.answers import read_answer, whole
from redub.cloud.partials import (
    Origin,
    PartialFile,
    clean,
    known_origin,
    missing_space,
    note_origin,
)
from redub.core.errors import CloudFault
from redub.core.progress import Progress, Report, Stage

__all__ = ["Fetched", "LinkExpired", "clean", "fetch"]

_TIMEOUT = httpx.Timeout(connect=10.0, read=30.0, write=30.0, pool=10.0)
_GONE = frozenset({401, 403, 404, 410})
_CONTENT_RANGE = re.compile(r"bytes (?P<start>\d+)-\d+/(?P<total>\d+)$")
_MOST_REDIRECTS = 5


class LinkExpired(CloudFault):
    """The address is no longer good; the progress query gives a fresh one while the result still lives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A whole object on this disk.

    :ivar size: bytes of the file
    :ivar resumed_from: bytes that an earlier attempt had already brought
    """

    path: Path
    size: int
    resumed_from: int
    etag: str = ""


def _silent(_progress: Progress) -> None:
    """Report to nobody."""


async def fetch(
    url: str,
    partial: Path,
    *,
    report: Report = _silent,
    transport: httpx.AsyncBaseTransport | None = None,
) -> Fetched:
    """Bring the object at `url` into `partial`, whole and synced to the disk.

    What is already in `partial` is kept when the note beside it and the server's answer agree that it is a
    part of the same object; otherwise it is begun anew.

    :raises LinkExpired: the address is no longer good (401, 403, 404, 410, or none)
    :raises CloudFault: the way was cut, or something else came back; going on later is safe
    :raises EnvironmentFault: the disk is full or may not be written to
    """
    if not url:
        raise _expired("The service has not said where the result lies.", "")
    try:
        return await _fetch(url, partial, report, transport)
    except OSError as exc:
        raise disk.write_fault(exc, partial) from exc


async def _fetch(
    url: str, partial: Path, report: Report, transport: httpx.AsyncBaseTransport | None
) -> Fetched:
    """Go on with what is there; when the server does not go along, begin anew once."""
    have, origin = known_origin(partial)
    if origin is not None and have == origin.length:
        return Fetched(path=partial, size=have, resumed_from=have, etag=origin.etag)
    async with connections.open_client(url, transport=transport, timeout=_TIMEOUT) as client:
        client.follow_redirects, client.max_redirects = True, _MOST_REDIRECTS
        if origin is not None:
            fetched = await _go_on(client, url, partial, origin, have, report)
            if fetched is not None:
                return fetched
        return await _begin(client, url, partial, report)


async def _go_on(
    client: httpx.AsyncClient, url: str, partial: Path, origin: Origin, have: int, report: Report
) -> Fetched | None:
    """Ask for the rest; None when what comes is not the rest of the same object."""
    headers = {"Range": f"bytes={have}-"} | ({"If-Range": origin.strong} if origin.strong else {})
    async with _answering(client, url, headers) as response:
        if response.status_code == httpx.codes.OK:
            return await _receive(response, partial, _origin(response), 0, report)
        if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            return None
        await _expect(response, httpx.codes.PARTIAL_CONTENT, url)
        part = _CONTENT_RANGE.match(response.headers.get("Content-Range", ""))
        if (
            not part
            or int(part["start"]) != have
            or not origin.same_as(_origin(response, int(part["total"])))
        ):
            return None
        return await _receive(response, partial, origin, have, report)


async def _begin(client: httpx.AsyncClient, url: str, partial: Path, report: Report) -> Fetched:
    async with _answering(client, url, {}) as response:
        await _expect(response, httpx.codes.OK, url)
        return await _receive(response, partial, _origin(response), 0, report)


async def _receive(
    response: httpx.Response, partial: Path, origin: Origin, have: int, report: Report
) -> Fetched:
    """Write the body behind the `have` bytes that are kept, and check that it is all there."""
    _check_kind(response)
    if not have:
        clean(partial)
    if origin.length is not None and (missing := missing_space(partial, origin.length - have)):
        raise disk.space_fault(partial, missing)
    if not have:
        await asyncio.to_thread(note_origin, partial, origin)
    with PartialFile(partial, keep=bool(have)) as file:
        await _pour(response, file, origin, report)
        await asyncio.to_thread(file.finish)
        size = file.size
    _check_length(size, origin, partial)
    return Fetched(path=partial, size=size, resumed_from=have, etag=origin.etag)


async def _pour(response: httpx.Response, file: PartialFile, origin: Origin, report: Report) -> None:
    def tell() -> None:
        report(Progress(stage=Stage.DOWNLOAD, done=file.size, total=origin.length, unit="bytes"))

    tell()
    async for piece in response.aiter_raw():
        if file.take(piece):
            await asyncio.to_thread(file.write)
            tell()
    tell()


@asynccontextmanager
async def _answering(
    client: httpx.AsyncClient, url: str, headers: dict[str, str]
) -> AsyncIterator[httpx.Response]:
    """Ask for `url` as it is stored; whatever the way there raises is mapped, also while the body is read."""
    try:
        async with client.stream("GET", url, headers={"Accept-Encoding": "identity"} | headers) as response:
            yield response
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ssl.SSLError, ConnectionError) as exc:
        raise _cut(exc, url) from exc


def _origin(response: httpx.Response, total: int | None = None) -> Origin:
    """Read which object the answer is (a part of)."""
    length = total if total is not None else whole(response.headers.get("Content-Length"))
    return Origin(
        etag=response.headers.get("ETag", ""),
        modified=response.headers.get("Last-Modified", ""),
        length=length,
    )


async def _expect(response: httpx.Response, status: int, url: str) -> None:
    """Raise what any other status than `status` means."""
    if response.status_code == status:
        return
    await response.aread()
    answer = read_answer(response, time.time())
    if response.status_code in _GONE:
        raise _expired(
            "Its address has expired, or the service has deleted it (after seven days).", answer.detail
        )
    raise CloudFault(
        "The result could not be fetched.",
        why=f"{_host(url)} answered with a fault (HTTP {response.status_code}).",
        next_step="It will be tried again; the result stays at the service for seven days.",
        detail=answer.detail,
        retry_after=answer.retry_after,
    )


def _check_kind(response: httpx.Response) -> None:
    """Refuse a page of text or a packed body in place of the object."""
    kind = response.headers.get("Content-Type", "").lower()
    packed = response.headers.get("Content-Encoding", "identity").lower() != "identity"
    if kind.startswith("text/html") or packed:
        raise CloudFault(
            "The result could not be fetched.",
            why="Something else came in its place, such as the sign-in page of a network.",
            next_step="Open a page in the browser to see whether this network wants you to sign in.",
            detail=f"HTTP {response.status_code}, Content-Type {kind or 'unknown'}",
        )


def _check_length(size: int, origin: Origin, partial: Path) -> None:
    """Refuse a body that is not as long as was announced; one that is too long is not kept."""
    if origin.length is None or size == origin.length:
        return
    if size > origin.length:
        clean(partial)
    raise CloudFault(
        "The result did not arrive whole.",
        why=f"{size} of {origin.length} bytes came.",
        next_step="It will be tried again.",
    )


def _cut(exc: Exception, url: str) -> CloudFault:
    """Map a broken way to the result."""
    if isinstance(exc, httpx.TooManyRedirects):
        return _expired("Its address leads in a circle.", str(exc))
    return faults.transport_fault(exc, url, paid=False)


def _expired(why: str, detail: str) -> LinkExpired:
    return LinkExpired(
        "The result cannot be fetched from this address.",
        why=why,
        next_step="The service is asked for a fresh address; if it has none, the result is gone.",
        detail=detail,
    )


def _host(url: str) -> str:
    return urlsplit(url).hostname or "the service"
