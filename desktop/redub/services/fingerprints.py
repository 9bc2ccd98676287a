"""What files are, by their content: SHA-256, counted once for each state of a file, and what a take is by it.

The address of an upload says nothing: the same file lies at another one tomorrow. Two orders ask for the same when
their requests are the same with each file's content in place of its address.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from redub.cloud import wire
from redub.cloud.media_urls import MediaKind
from redub.core.takerecord import Medium
from redub.services.orders import Order
from redub.services.threads import Stopped, in_thread
from redub.store.files import disk_errors

_PIECE = 1024 * 1024
_MOST = 256


class Fingerprints:
    """Hashes of files, remembered by path, size and time of change while the program runs."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int, int], str] = {}

    async def of(self, path: Path) -> str:
        """Return the SHA-256 of the file at `path`, 64 hexadecimal digits.

        :raises EnvironmentFault, UserError: it cannot be read
        """
        key = await asyncio.to_thread(_state_of, path)
        if key not in self._known:
            digest = await in_thread(lambda stopped: sha256_of(path, stopped))
            if len(self._known) >= _MOST:
                del self._known[next(iter(self._known))]
            self._known[key] = digest
        return self._known[key]

    async def all(self, files: Mapping[MediaKind, Path]) -> dict[MediaKind, str]:
        """Return the hash of each of `files`."""
        return {kind: await self.of(path) for kind, path in files.items()}


def sha256_of(path: Path, stopped: Stopped | Callable[[], bool] = lambda: False) -> str:
    """Return the SHA-256 of the file at `path`; blocks. `stopped` ends it early, the result is of no use then."""
    digest = hashlib.sha256()
    with disk_errors(path, "could not be read"), path.open("rb") as file:
        while not stopped() and (piece := file.read(_PIECE)):
            digest.update(piece)
    return digest.hexdigest()


def identity_of(order: Order, hashes: Mapping[MediaKind, str]) -> str:
    """Return what `order` asks for, as a hash: contents in place of addresses, addresses without their query."""
    urls = order.known_urls
    for kind in MediaKind:
        known = urls.get(kind)
        if kind in hashes:
            urls = urls.having(kind, f"sha256:{hashes[kind]}")
        elif known:
            urls = urls.having(kind, without_query(known))
    return wire.body_hash(wire.encode_body(wire.request_body(order.shot, order.take, urls)))


def media_of(
    order: Order, hashes: Mapping[MediaKind, str], sent: Mapping[MediaKind, str]
) -> tuple[Medium, ...]:
    """Return what is kept about the files of `order`; `sent` has the hashes of those that were converted."""
    media = []
    for kind, path in order.files.items():
        digest = hashes.get(kind, "")
        other = sent.get(kind, "")
        media.append(
            Medium(
                kind=kind.value,
                name=path.name,
                sha256=digest,
                sent_sha256=other if other != digest else "",
                size=_size(path),
            )
        )
    urls = order.known_urls
    given = [(kind, urls.get(kind)) for kind in MediaKind if kind not in order.files]
    media.extend(Medium(kind=kind.value, name=without_query(url)) for kind, url in given if url)
    return tuple(media)


def without_query(url: str) -> str:
    """Return `url` without what stands after its question mark: there the keys are."""
    return urlunsplit(urlsplit(url)._replace(query="", fragment=""))


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _state_of(path: Path) -> tuple[str, int, int]:
    with disk_errors(path, "could not be read"):
        state = path.stat()
    return str(path), state.st_size, state.st_mtime_ns
