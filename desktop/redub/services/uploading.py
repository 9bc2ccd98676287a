"""Bring the media of a take to where the service can fetch them, each content once.

What was uploaded is remembered by account and content, so that a second take over the same clip uploads nothing,
and sending the same take again gives the same request (which is how it is recognised). A remembered address is
tried before it is used: shelves and links do not live for ever.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import msgspec

from redub.cloud import connections, faults
from redub.cloud.media_urls import MediaKind, MediaUrls
from redub.cloud.uploads import Uploader, uploader_for
from redub.core.progress import Progress, Report, Stage
from redub.paths import ensure
from redub.services.accounts import Account
from redub.store.files import disk_errors, write_atomically

FILE_NAME = "uploads.json"
_MOST = 500
_PIECE = 1024 * 1024
_PRIVATE = 0o600
_PATIENCE = 10.0
_THERE = frozenset({200, 206})


class Uploading:
    """Uploads files, and remembers where they lie."""

    def __init__(self, cache: Path) -> None:
        """Remember uploads in the folder `cache`."""
        self._path = cache / FILE_NAME
        self._lock = asyncio.Lock()

    async def addresses(
        self, account: Account, files: Mapping[MediaKind, Path], known: MediaUrls, report: Report
    ) -> MediaUrls:
        """Return `known` with an address for each of `files`; all bytes are reported as one sum.

        :raises UserError: this service takes addresses only
        :raises CloudFault: the way was cut; trying again is safe
        """
        sizes = await asyncio.to_thread(_sizes, files)
        uploader, urls, before, total = (
            uploader_for(account.site, account.credentials),
            known,
            0,
            sum(sizes.values()),
        )
        for kind, path in files.items():
            part = _part_of(report, before, total, path.name)
            url = await self._address(account, uploader, kind, path, part)
            urls, before = urls.having(kind, url), before + sizes[kind]
            part(Progress(stage=Stage.UPLOAD, done=sizes[kind], total=sizes[kind], unit="bytes"))
        return urls

    async def _address(
        self, account: Account, uploader: Uploader, kind: MediaKind, path: Path, report: Report
    ) -> str:
        async with self._lock:
            key = await asyncio.to_thread(_key, account, path)
            remembered = (await asyncio.to_thread(self._read)).get(key, "")
            if remembered and await _is_there(remembered):
                return remembered
            url = await uploader.upload(path, kind=kind, report=report)
            await asyncio.to_thread(self._remember, key, url)
            return url

    def _read(self) -> dict[str, str]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, str])
        except (OSError, msgspec.MsgspecError):
            return {}  # a cache: what it does not know is uploaded again

    def _remember(self, key: str, url: str) -> None:
        kept = self._read()
        kept.pop(key, None)
        latest = dict(list(kept.items())[1 - _MOST :]) | {key: url}
        with disk_errors(self._path, "could not be saved"):
            ensure(self._path.parent)
        write_atomically(self._path, msgspec.json.encode(latest), mode=_PRIVATE)


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


def _key(account: Account, path: Path) -> str:
    """Return what a file is remembered by: the account, and a hash over the whole content."""
    digest = hashlib.sha256("|".join((account.site.base_url, account.credentials.appkey)).encode())
    with disk_errors(path, "could not be read"), path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


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
