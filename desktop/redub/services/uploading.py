"""Bring the media of a take to where the service can fetch them, each content once.

What was uploaded is remembered by account and content, so that a second take over the same clip uploads nothing,
and sending the same take again gives the same request (which is how it is recognised). A remembered address is
tried before it is used: shelves and links do not live for ever.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlsplit

import msgspec

from redub.cloud import connections, faults
from redub.cloud.buckets.bucket import life_of, seconds_left
from redub.cloud.linkcheck import Found, look_at
from redub.cloud.media_urls import MediaKind, MediaUrls
from redub.cloud.uploads import BucketUploader, Uploader, content_hash, uploader_for
from redub.core.errors import CloudFault
from redub.core.progress import Progress, Report, Stage
from redub.paths import ensure
from redub.services.accounts import Account
from redub.store.files import disk_errors, write_atomically

log = logging.getLogger(__name__)

FILE_NAME = "uploads.json"
_MOST = 500
_PRIVATE = 0o600
_PATIENCE = 10.0
_THERE = frozenset({200, 206})


async def no_bucket() -> BucketUploader | None:
    """Return none: nothing but shelves and addresses."""
    return None


class Uploading:
    """Uploads files, and remembers where they lie."""

    def __init__(
        self,
        cache: Path,
        bucket: Callable[[], Awaitable[BucketUploader | None]] = no_bucket,
        *,
        look: Callable[[str, MediaKind], Awaitable[Found]] = look_at,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Remember uploads in the folder `cache`.

        :param bucket: returns the way to the creator's own storage
        :param look: looks at an address that the creator has given
        """
        self._look = look
        self._path = cache / FILE_NAME
        self._bucket = bucket
        self._clock = clock
        self._lock = asyncio.Lock()
        self._handed_out: dict[str, float] = {}

    async def addresses(
        self, account: Account, files: Mapping[MediaKind, Path], known: MediaUrls, report: Report
    ) -> MediaUrls:
        """Return `known` with an address for each of `files`; all bytes are reported as one sum.

        :raises UserError: this service takes addresses only, and no bucket is set up; or the bucket refuses
        :raises CloudFault: the way was cut; trying again is safe
        """
        if not account.site.shelf:
            await self._look_at(known, report)
        if not files:
            return known
        sizes = await asyncio.to_thread(_sizes, files)
        bucket = None if account.site.shelf else await self._bucket()
        uploader = uploader_for(account.site, account.credentials, bucket)
        urls, before, total = known, 0, sum(sizes.values())
        for kind, path in files.items():
            part = _part_of(report, before, total, path.name)
            url = await self._address(_owner(account, bucket), uploader, kind, path, part)
            urls, before = urls.having(kind, url), before + sizes[kind]
            part(Progress(stage=Stage.UPLOAD, done=sizes[kind], total=sizes[kind], unit="bytes"))
            if bucket is not None:
                self._handed_out[bucket.bucket.key_at(url) or url] = self._clock()
        return urls

    async def _look_at(self, known: MediaUrls, report: Report) -> None:
        """Look at pasted addresses before anything is paid for; what is odd about one is said, and no more.

        An address that this computer cannot reach may still be reached by the service: that is said too.

        :raises UserError: the server refuses the file, or it is a page or too large
        """
        for kind in MediaKind:
            url = known.get(kind)
            if url:
                try:
                    remarks = (await self._look(url, kind)).remarks
                except CloudFault as fault:
                    remarks = (str(fault),)
                for remark in remarks:
                    report(Progress(stage=Stage.UPLOAD, note=remark))
                    log.info("%s: %s", kind.value, remark)

    def handed_out(self, key: str) -> float | None:
        """Return when the object of `key` was last given to a take in this run (Unix seconds), or None."""
        return self._handed_out.get(key)

    async def forget(self, key: str) -> None:
        """Forget every address of the object of `key`: it was deleted."""
        async with self._lock:
            await asyncio.to_thread(self._drop, key)

    async def _address(
        self, owner: str, uploader: Uploader, kind: MediaKind, path: Path, report: Report
    ) -> str:
        async with self._lock:
            digest = await asyncio.to_thread(content_hash, path)
            name = hashlib.sha256(f"{owner}|{kind.value}|{digest}".encode()).hexdigest()
            remembered = (await asyncio.to_thread(self._read)).get(name, "")
            if remembered and self._lives(remembered) and await _is_there(remembered):
                return remembered
            url = await uploader.upload(path, kind=kind, report=report, digest=digest)
            await asyncio.to_thread(self._remember, name, url)
            return url

    def _lives(self, url: str) -> bool:
        """Say whether an address lives long enough for another job; the same address makes the same request."""
        left, whole = seconds_left(url, self._clock()), life_of(url)
        return left is None or whole is None or left > whole / 2

    def _read(self) -> dict[str, str]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, str])
        except (OSError, msgspec.MsgspecError):
            return {}  # a cache: what it does not know is uploaded again

    def _remember(self, name: str, url: str) -> None:
        kept = self._read()
        kept.pop(name, None)
        self._write(dict(list(kept.items())[1 - _MOST :]) | {name: url})

    def _drop(self, key: str) -> None:
        kept = self._read()
        left = {name: url for name, url in kept.items() if not urlsplit(url).path.endswith(f"/{quote(key)}")}
        if left != kept:
            self._write(left)

    def _write(self, kept: dict[str, str]) -> None:
        with disk_errors(self._path, "could not be saved"):
            ensure(self._path.parent)
        write_atomically(self._path, msgspec.json.encode(kept), mode=_PRIVATE)


def _part_of(report: Report, before: int, total: int, name: str) -> Report:
    """Return a report for one file that counts towards all of them."""

    def tell(progress: Progress) -> None:
        report(replace(progress, done=before + (progress.done or 0), total=total, note=name))

    return tell


def _sizes(files: Mapping[MediaKind, Path]) -> dict[MediaKind, int]:
    sizes = {}
    for kind, path in files.items():
        with disk_errors(path, "could not be read"):
            sizes[kind] = path.stat().st_size
    return sizes


def _owner(account: Account, bucket: BucketUploader | None) -> str:
    """Return whose upload it is: nobody else is given its address."""
    if bucket is not None:
        return "|".join((bucket.bucket.base_url, bucket.bucket.prefix, bucket.bucket.access_key_id))
    return "|".join((account.site.base_url, account.credentials.appkey))


async def _is_there(url: str) -> bool:
    """Say whether `url` can be fetched, by asking for its first byte (a presigned address allows no HEAD)."""
    try:
        async with (
            asyncio.timeout(_PATIENCE),
            connections.open_client(url) as client,
            client.stream("GET", url, headers={"Range": "bytes=0-0"}) as response,
        ):
            return response.status_code in _THERE
    except faults.FOREIGN:
        return False
