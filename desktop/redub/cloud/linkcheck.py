"""Look at an address that the creator pasted, as the service will: what is there, and how fast does it come.

Only its first MiB is fetched. A slow source makes a job slower or fail (801008, 801010: `redub.cloud.codes`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from redub.cloud import connections, faults
from redub.cloud.faults import why_unreachable
from redub.cloud.media_urls import MediaKind
from redub.core.errors import CloudFault, Unreachable, UserError
from redub.i18n import _

SAMPLE = 1024 * 1024
SLOW = 256 * 1024
"""Bytes a second below which a source is called slow: 5 minutes of footage would take minutes to fetch."""

_MEBI = 1024 * 1024
_WANTED = {
    MediaKind.REFERENCE: ("video/", 5 * 1024 * _MEBI),
    MediaKind.RECORDING: ("audio/", 100 * _MEBI),
    MediaKind.REF_PHOTO: ("image/", 10 * _MEBI),
    MediaKind.LETTER: ("application/pdf", 10 * _MEBI),
    MediaKind.LETTER_VIDEO: ("video/", 5 * 1024 * _MEBI),
}
_ANY = frozenset({"", "application/octet-stream", "binary/octet-stream"})
_FIRST = {"Range": f"bytes=0-{SAMPLE - 1}", "Accept-Encoding": "identity"}
_TIMEOUT = httpx.Timeout(connect=10.0, read=20.0, write=10.0, pool=10.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What lies at an address.

    :ivar size: bytes of the whole file, or None when the server does not say
    :ivar type: its Content-Type without parameters, "" when the server does not say
    :ivar speed: bytes a second at which its beginning came
    :ivar remarks: what is odd about it, whole sentences; () when nothing is
    """

    size: int | None
    type: str
    speed: float
    remarks: tuple[str, ...] = ()


async def look_at(
    url: str,
    kind: MediaKind,
    *,
    transport: httpx.AsyncBaseTransport | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Found:
    """Return what lies at `url`.

    :raises UserError: it cannot be fetched by the service as it is: refused, gone, too large, a page
    :raises Unreachable, CloudFault: the server could not be reached, or broke off
    """
    host = urlsplit(url).hostname or url
    try:
        async with (
            connections.open_client(url, transport=transport, timeout=_TIMEOUT) as client,
            client.stream("GET", url, headers=_FIRST) as response,
        ):
            if not response.is_success:
                raise _refused(response.status_code, host)
            count, seconds = await _timed(response, clock)
    except faults.FOREIGN as exc:
        raise _broken(exc, host) from exc
    return _source(response, kind, count / max(seconds, 1e-6), host)


async def _timed(response: httpx.Response, clock: Callable[[], float]) -> tuple[int, float]:
    """Read the first MiB, and return how much came in how many seconds."""
    begun, count = clock(), 0
    async for piece in response.aiter_bytes():
        count += len(piece)
        if count >= SAMPLE:
            break
    return count, clock() - begun


def _source(response: httpx.Response, kind: MediaKind, speed: float, host: str) -> Found:
    size, found = _size(response), response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    wanted, most = _WANTED[kind]
    if found == "text/html":
        raise UserError(
            _("The address leads to a page, not to a file."),
            why=_("{host} answers with HTML: a page around the file, or one to sign in.").format(host=host),
            next_step=_("Copy the address of the file itself; it must open without signing in."),
        )
    if size is not None and size > most:
        raise UserError(
            _("The file at this address is too large."),
            why=_("It has {n:.0f} MB; the service takes {most:.0f} MB.").format(
                n=size / 1e6, most=most / 1e6
            ),
            next_step=_("Convert it, or give a shorter one."),
        )
    remarks = []
    if size is None:
        remarks.append(_("{host} does not say how long the file is.").format(host=host))
    if found not in _ANY and not found.startswith(wanted):
        remarks.append(_("{host} calls the file “{type}”.").format(host=host, type=found))
    if speed < SLOW and (size is None or size > SAMPLE):
        remarks.append(
            _("The file comes slowly ({n:.0f} kB a second); the service may give up on it.").format(
                n=speed / 1e3
            )
        )
    return Found(size=size, type=found, speed=speed, remarks=tuple(remarks))


def _size(response: httpx.Response) -> int | None:
    total = response.headers.get("Content-Range", "").rpartition("/")[2]
    if response.status_code == 206:
        return int(total) if total.isdecimal() else None
    length = response.headers.get("Content-Length", "")
    return int(length) if length.isdecimal() else None


def _refused(status: int, host: str) -> UserError:
    whys = {
        401: _("{host} wants somebody to sign in."),
        403: _("{host} does not give it to everybody: it is private, or the link has run out."),
        404: _("{host} has nothing there."),
        410: _("{host} says that it is gone."),
    }
    elsewhere = _("{host} sends on to another address.")
    why = elsewhere if 300 <= status < 400 else whys.get(status, _("{host} answers with an error."))
    return UserError(
        _("The service would not get the file from this address."),
        why=why.format(host=host),
        next_step=_("Open the address in a private window of the browser: the file must come at once."),
        detail=f"HTTP {status}",
    )


def _broken(exc: Exception, host: str) -> CloudFault:
    if isinstance(exc, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError | httpx.InvalidURL):
        why, next_step = why_unreachable(exc, host)
        return Unreachable(
            _("The address could not be reached."), why=why, next_step=next_step, detail=type(exc).__name__
        )
    return CloudFault(
        _("The file did not come."),
        why=_("{host} broke off, or did not answer in time.").format(host=host),
        next_step=_("Try again, or put the file into another storage."),
        detail=type(exc).__name__,
    )
