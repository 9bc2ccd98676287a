"""The shelf: where a client puts its files, at addresses that nobody can guess, for the service to fetch."""

from __future__ import annotations

import asyncio
import re
import secrets
import shutil
import unicodedata
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from redub.paths import ensure
from redub.rehearsal.codes import InterfaceCode
from redub.rehearsal.records import publish
from redub.rehearsal.refusal import Refusal

PATH = "/shelf"
_PLACE = re.compile(r"[0-9a-f]{32}")
_LONGEST_NAME = 200
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Shelf:
    """Files that were uploaded, each in a folder with a random name."""

    def __init__(self, folder: Path, *, limit: int, is_old: Callable[[float], bool]) -> None:
        """Keep the files in `folder`, none larger than `limit` bytes, none longer than `is_old` lets them."""
        self._folder = ensure(folder)
        self._limit = limit
        self._is_old = is_old

    async def put(self, name: str, chunks: AsyncIterator[bytes]) -> str:
        """Take a file, written to the disk as it comes; return the path of its address.

        The name in the address is `name`, as far as every platform takes it.

        :raises Refusal: too large, or empty
        """
        name = plain_name(name)
        place = secrets.token_hex(16)
        folder = ensure(self._folder / place)
        partial = folder / f"{secrets.token_hex(4)}.part"
        try:
            await self._write(partial, chunks)
            await asyncio.to_thread(publish, partial, folder / name)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return f"{PATH}/{place}/{quote(name)}"

    async def _write(self, partial: Path, chunks: AsyncIterator[bytes]) -> None:
        size = 0
        with partial.open("wb") as file:
            async for chunk in chunks:
                size += len(chunk)
                if size > self._limit:
                    raise Refusal(InterfaceCode.VALUE, "the file is larger than 5 GB", status=413)
                file.write(chunk)
        if size == 0:
            raise Refusal(InterfaceCode.VALUE, "the file is empty")

    def find(self, place: str, name: str) -> Path | None:
        """Return the file at an address, or None; only what was put here is ever found."""
        if not _PLACE.fullmatch(place) or name != plain_name(name):
            return None
        path = self._folder / place / name
        if not path.is_file() or self._is_old(path.stat().st_mtime):
            return None
        return path

    def at(self, url: str) -> Path | None:
        """Return the file that `url` means, when it is an address of this shelf (after a restart at any port)."""
        parts = urlsplit(url)
        steps = parts.path.split("/")
        if parts.hostname not in _LOOPBACK or len(steps) != 4 or f"/{steps[1]}" != PATH:
            return None
        return self.find(steps[2], unquote(steps[3]))

    def sweep(self) -> None:
        """Delete what is no longer kept."""
        for folder in self._folder.iterdir():
            if self._is_old(folder.stat().st_mtime):
                shutil.rmtree(folder, ignore_errors=True)


def plain_name(name: str) -> str:
    """Return `name` as a plain file name on every platform: no path, no control sign, not hidden, not too long."""
    plain = "".join("_" if _is_foreign(sign) else sign for sign in name).strip(". ")
    stem, dot, ending = (plain or "file").rpartition(".")
    ending = dot + ending
    while len((stem + ending).encode()) > _LONGEST_NAME:
        stem, ending = (stem[:-1], ending) if stem else ("", ending[:-1])
    return stem + ending


def _is_foreign(sign: str) -> bool:
    return sign in '/\\:*?"<>|' or unicodedata.category(sign) in {"Cc", "Cs"}
