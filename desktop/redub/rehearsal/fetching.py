"""Fetch the media that a task names: from the own shelf at once, from elsewhere over HTTP, never from a file path."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from redub.rehearsal.codes import FailCode
from redub.rehearsal.refusal import JobFailed, Stopped
from redub.rehearsal.shelf import Shelf

logger = logging.getLogger(__name__)

_TIMEOUT = httpx.Timeout(15.0, connect=10.0)
_MOST_REDIRECTS = 5
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Fetcher:
    """Brings media into a folder; blocking."""

    def __init__(self, shelf: Shelf, cancelled: Callable[[], bool]) -> None:
        """Fetch from `shelf` without a detour; `cancelled` is asked with every piece."""
        self._shelf, self._cancelled = shelf, cancelled

    def fetch(self, url: str, target: Path, *, limit: int, field: str) -> Path:
        """Return the file that `url` names, at `target` unless it lies on the shelf.

        :raises JobFailed: FETCH when it cannot be fetched, DOWNLOAD when it breaks off on its way, PARAMETER when it
            is larger than `limit` bytes
        :raises Stopped: the service is being stopped
        """
        path = self._shelf.at(url) or self._downloaded(url, target, limit, field)
        if path.stat().st_size > limit:
            raise _too_large(field, limit)
        return path

    def _downloaded(self, url: str, target: Path, limit: int, field: str) -> Path:
        try:
            # A proxy of the machine is for the world outside, not for addresses on the machine itself.
            outside = urlsplit(url).hostname not in LOOPBACK
            with (
                httpx.Client(
                    timeout=_TIMEOUT, follow_redirects=True, max_redirects=_MOST_REDIRECTS, trust_env=outside
                ) as client,
                client.stream("GET", url) as response,
            ):
                response.raise_for_status()
                self._receive(response, target, limit, field)
        except (httpx.HTTPError, httpx.InvalidURL) as exc:
            logger.info("%s could not be fetched: %s", field, type(exc).__name__)
            raise JobFailed(FailCode.FETCH, f"{field} could not be fetched: {_reason(exc)}") from exc
        return target

    def _receive(self, response: httpx.Response, target: Path, limit: int, field: str) -> None:
        size = 0
        with target.open("wb") as file:
            for chunk in _pieces(response, field):
                if self._cancelled():
                    raise Stopped
                size += len(chunk)
                if size > limit:
                    raise _too_large(field, limit)
                file.write(chunk)


def _pieces(response: httpx.Response, field: str) -> Iterator[bytes]:
    """Yield the body as it comes; a code of its own says that it had begun to come."""
    try:
        yield from response.iter_raw(256 * 1024)
    except httpx.HTTPError as exc:
        raise JobFailed(FailCode.DOWNLOAD, f"{field} broke off while it was fetched: {_reason(exc)}") from exc


def _reason(exc: Exception) -> str:
    """Say why without the address: its query may be a signature."""
    if isinstance(exc, httpx.HTTPStatusError):
        return f"HTTP {exc.response.status_code}"
    return type(exc).__name__


def _too_large(field: str, limit: int) -> JobFailed:
    return JobFailed(FailCode.PARAMETER, f"{field} is larger than {limit // 1024**2} MB")
