"""Bring a file to where the service can fetch it.

To add a way: 1. write a class with `upload` as in `Uploader`; 2. choose it in `uploader_for`.

- `ShelfUploader`: the rehearsal service's own shelf.
- `BucketUploader`: the creator's own bucket; the service gets a presigned address.
- `NoUploader`: nothing but pasted addresses.
"""

from __future__ import annotations

import asyncio
import hashlib
import mimetypes
import os
import time
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import quote

import httpx

from redub.cloud import connections, disk, faults
from redub.cloud.answers import Answer, read_answer, text
from redub.cloud.buckets import Bucket, Journal, ObjectStore, upload_file
from redub.cloud.buckets.multipart import PART
from redub.cloud.media_urls import MediaKind
from redub.cloud.signing import Credentials, signed_query
from redub.cloud.sites import Site, checked_base_url
from redub.core.errors import UserError
from redub.core.progress import Progress, Report, Stage

_PIECE = 1024 * 1024


class Uploader(Protocol):
    """A way to bring a file to the service."""

    async def upload(self, path: Path, *, kind: MediaKind, report: Report, digest: str = "") -> str:
        """Bring `path` there and return its address; bytes are reported as Stage.UPLOAD.

        :param digest: sha256 of the content in hex, where it is known
        :raises UserError: the file cannot be brought there this way
        :raises EnvironmentFault: the file cannot be read
        :raises CloudFault: the way was cut; trying again is safe
        """
        ...


def uploader_for(site: Site, credentials: Credentials, bucket: BucketUploader | None = None) -> Uploader:
    """Return the way that `site` offers: its own shelf, else the creator's bucket."""
    if site.shelf:
        return ShelfUploader(site.base_url, credentials)
    return bucket or NoUploader(site.title)


class BucketUploader:
    """The creator's bucket: each content once, under its hash; the address is presigned."""

    def __init__(
        self,
        bucket: Bucket,
        journal: Journal,
        *,
        link_seconds: int,
        keep: Callable[[], bool],
        part: int = PART,
    ) -> None:
        """Bring files to `bucket`; `journal` and `keep` as in `upload_file`."""
        self.bucket = bucket
        self._journal = journal
        self._link_seconds = link_seconds
        self._keep = keep
        self._part = part

    async def upload(self, path: Path, *, kind: MediaKind, report: Report, digest: str = "") -> str:
        """Bring `path` to the bucket unless its content is there, and return an address for it."""
        digest = digest or await asyncio.to_thread(content_hash, path)
        key = self.bucket.key(f"{kind.value}/{digest}{path.suffix.lower()}")
        async with ObjectStore(self.bucket) as store:
            await upload_file(
                store, path, key, journal=self._journal, report=report, keep=self._keep, part=self._part
            )
            return store.link(key, self._link_seconds)


def content_hash(path: Path) -> str:
    """Return the sha256 of a whole file in hex; blocks.

    :raises EnvironmentFault: it cannot be read
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as exc:
        raise disk.read_fault(exc, path) from exc


class NoUploader:
    """No way at all: the site takes addresses only, and no storage has been set up."""

    def __init__(self, title: str) -> None:
        """Remember the site's `title` for the sentence."""
        self._title = title

    async def upload(self, path: Path, *, kind: MediaKind, report: Report, digest: str = "") -> str:
        """Say that an address is needed."""
        raise UserError(
            f"{path.name} has no address that {self._title} can fetch it from.",
            why="This service takes addresses only; it cannot reach files on this computer.",
            next_step="Set up your bucket in the settings, or give the file's address; or rehearse first.",
        )


class ShelfUploader:
    """The service's own shelf: one signed PUT, answered with the address of the file."""

    def __init__(
        self,
        base_url: str,
        credentials: Credentials,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Use the shelf of the service at `base_url`."""
        self._base_url = checked_base_url(base_url)
        self._credentials = credentials
        self._transport = transport
        self._clock = clock

    async def upload(self, path: Path, *, kind: MediaKind, report: Report, digest: str = "") -> str:
        """Bring `path` to the shelf and return its address."""
        try:
            file = await asyncio.to_thread(path.open, "rb")
        except OSError as exc:
            raise disk.read_fault(exc, path) from exc
        try:
            answer = await self._put(file, path, report)
        finally:
            file.close()
        return _address(answer, self._base_url)

    async def _put(self, file: BinaryIO, path: Path, report: Report) -> Answer:
        size = os.fstat(file.fileno()).st_size
        headers = {
            "Content-Length": str(size),
            "Content-Type": mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        }
        pieces = _pieces(file, path, size, report)
        try:
            async with connections.open_client(self._base_url, transport=self._transport) as client:
                response = await client.put(self._target(path.name), content=pieces, headers=headers)
        except faults.FOREIGN as exc:
            raise faults.transport_fault(exc, self._base_url, paid=False) from exc
        finally:
            await pieces.aclose()
        return read_answer(response, self._clock())

    def _target(self, name: str) -> httpx.URL:
        query = signed_query(self._credentials.appkey, self._credentials.accesstoken, int(self._clock()))
        return httpx.URL(f"{self._base_url}/shelf/{quote(name, safe='', errors='replace')}?{query}")


async def _pieces(file: BinaryIO, path: Path, size: int, report: Report) -> AsyncGenerator[bytes, None]:
    """Yield exactly `size` bytes of `file`, reporting what has been handed over."""
    done = 0
    while done < size:
        report(Progress(stage=Stage.UPLOAD, done=done, total=size, unit="bytes"))
        piece = await _read(file, path, min(_PIECE, size - done))
        if not piece:
            raise _changed(path)
        yield piece
        done += len(piece)
    report(Progress(stage=Stage.UPLOAD, done=done, total=size, unit="bytes"))


async def _read(file: BinaryIO, path: Path, size: int) -> bytes:
    try:
        return await asyncio.to_thread(file.read, size)
    except OSError as exc:
        raise disk.read_fault(exc, path) from exc


def _address(answer: Answer, base_url: str) -> str:
    fault = faults.answer_fault(answer, base_url, paid=False)
    if fault is not None:
        raise fault
    url = text(answer.payload.get("Url"))
    if not url:
        raise faults.missing_fault(answer, "the address of the file", paid=False)
    return url


def _changed(path: Path) -> UserError:
    return UserError(
        f"{path.name} became shorter while it was being uploaded.",
        why="Another program is still writing it.",
        next_step="Wait until it is finished, then try again.",
    )
