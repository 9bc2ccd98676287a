"""Bring one file into a bucket: once, in parallel parts, and on from where an earlier attempt was cut.

What has arrived is written down after every part. After a crash the storage is asked which parts it really has;
those of the right size and with the ETag that was noted are not sent again.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import mimetypes
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol, TypeVar

from redub.cloud import disk
from redub.cloud.buckets.faults import StorageRefused
from redub.cloud.buckets.objects import ObjectStore
from redub.core.errors import CloudFault, UserError
from redub.core.progress import Progress, Report, Stage
from redub.i18n import _

PART = 8 * 1024 * 1024
"""Bytes of a part; the last one may be smaller, and S3 wants 5 MiB at least."""
_MOST_PARTS = 10_000
_AT_ONCE = 4
_MIB = 1024 * 1024
PAUSES = (1.0, 3.0, 8.0, 20.0)
"""Seconds to wait before the same part is tried again."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """A multipart upload that was begun.

    :ivar where: scheme and host of the bucket that it was begun at
    :ivar etags: what has arrived, by the part's number
    """

    where: str
    key: str
    upload_id: str
    part_size: int
    etags: Mapping[int, str] = field(default_factory=dict)


class Journal(Protocol):
    """Where unfinished uploads are written down; its methods block."""

    def find(self, where: str, key: str) -> Unfinished | None:
        """Return the upload of `key` to `where` that was begun, or None."""
        ...

    def note(self, upload: Unfinished) -> None:
        """Write down how far an upload is."""
        ...

    def forget(self, upload: Unfinished) -> None:
        """Take out an upload that has ended."""
        ...


async def upload_file(
    store: ObjectStore,
    path: Path,
    key: str,
    *,
    journal: Journal,
    report: Report,
    keep: Callable[[], bool] = lambda: False,
    part: int = PART,
    pauses: tuple[float, ...] = PAUSES,
) -> bool:
    """Bring `path` to `key`, and say whether anything had to be sent.

    The key must name the content (a hash), for an object of the right size is taken to be the same.

    :param keep: asked when this is cancelled: True leaves what has arrived there, to go on at the next start;
        False lets the storage forget it
    :raises StorageRefused, CloudFault: the storage did not take it; what has arrived stays for the next attempt
    :raises UserError, EnvironmentFault: the file changed meanwhile, or cannot be read
    """
    before = await _identity(path)
    size = before[0]
    _tell(report, 0, size)
    if await store.size_of(key) == size:
        _tell(report, size, size)
        return False
    job = _Job(store, path, key, size, journal, report, pauses)
    await (job.whole() if size <= part else job.in_parts(part, keep))
    if await _identity(path) != before:
        await store.delete(key)
        raise _changed(path)
    return True


@dataclass(slots=True)
class _Job:
    """One file on its way."""

    store: ObjectStore
    path: Path
    key: str
    size: int
    journal: Journal
    report: Report
    pauses: tuple[float, ...]
    sent: int = 0

    async def whole(self) -> None:
        """Send a small file in one request."""
        body = await self._read(0, self.size)

        async def put(sent: Callable[[int], None]) -> None:
            await self.store.put(self.key, body, kind=_kind(self.path), sent=sent)

        await self._patiently(put)

    async def in_parts(self, part: int, keep: Callable[[], bool]) -> None:
        """Send a file in parts, several at once."""
        upload = await self._begun(part)
        try:
            upload = await self._all_parts(upload)
            await self.store.complete(self.key, upload.upload_id, sorted(upload.etags.items()))
        except (asyncio.CancelledError, UserError):
            if not keep():
                await _in_spite_of_cancelling(self._let_go(upload))
            raise
        await asyncio.to_thread(self.journal.forget, upload)

    async def _begun(self, part: int) -> Unfinished:
        """Return the upload to go on with, or begin one."""
        where = self.store.bucket.base_url
        known = await asyncio.to_thread(self.journal.find, where, self.key)
        if known is not None:
            arrived = await self._arrived(known)
            if arrived is not None:
                return replace(known, etags=arrived)
            await asyncio.to_thread(self.journal.forget, known)
        upload = Unfinished(
            where=where,
            key=self.key,
            upload_id=await self.store.begin(self.key, kind=_kind(self.path)),
            part_size=max(part, math.ceil(self.size / _MOST_PARTS / _MIB) * _MIB),
        )
        await asyncio.to_thread(self.journal.note, upload)
        return upload

    async def _arrived(self, known: Unfinished) -> dict[int, str] | None:
        """Return the parts that need not be sent again, or None when the storage has ended the upload."""
        try:
            there = await self.store.parts(self.key, known.upload_id)
        except StorageRefused as fault:
            if fault.status == 404:
                return None
            raise
        return {
            number: etag
            for number, (etag, size) in there.items()
            if size == self._length(known, number) and known.etags.get(number) == etag
        }

    async def _all_parts(self, upload: Unfinished) -> Unfinished:
        self.sent = sum(self._length(upload, number) for number in upload.etags)
        _tell(self.report, self.sent, self.size)
        numbers = range(1, math.ceil(self.size / upload.part_size) + 1)
        waiting = iter([number for number in numbers if number not in upload.etags])
        etags, news = dict(upload.etags), asyncio.Event()

        async def worker() -> None:
            for number in waiting:
                etags[number] = await self._part(upload, number)
                news.set()

        async def keep_notes() -> None:
            while True:
                await news.wait()
                news.clear()
                await self._note(upload, etags)

        try:
            async with asyncio.TaskGroup() as notes:
                noting = notes.create_task(keep_notes(), name=f"note how far {self.key} is")
                async with asyncio.TaskGroup() as group:
                    for _worker in range(_AT_ONCE):
                        group.create_task(worker(), name=f"upload {self.key}")
                noting.cancel()
        except BaseExceptionGroup as failures:
            raise _first(failures) from None
        finally:
            await _in_spite_of_cancelling(self._note(upload, etags))
        return replace(upload, etags=etags)

    async def _note(self, upload: Unfinished, etags: Mapping[int, str]) -> None:
        """Write down how far it is; the parts do not wait for the disk."""
        await asyncio.to_thread(self.journal.note, replace(upload, etags=dict(etags)))

    async def _part(self, upload: Unfinished, number: int) -> str:
        body = await self._read((number - 1) * upload.part_size, self._length(upload, number))

        async def put(sent: Callable[[int], None]) -> str:
            _number, etag = await self.store.put_part(self.key, upload.upload_id, number, body, sent)
            return etag

        return await self._patiently(put)

    async def _patiently(self, put: Callable[[Callable[[int], None]], Awaitable[T]]) -> T:
        """Send something, again after a pause when the way was cut or the storage was busy."""
        for pause in (*self.pauses, None):
            handed = 0

            def count(more: int) -> None:
                nonlocal handed
                handed += more
                self.sent += more
                _tell(self.report, self.sent, self.size)

            try:
                return await put(count)
            except CloudFault as fault:
                self.sent -= handed
                passing = fault.may_pass if isinstance(fault, StorageRefused) else True
                if pause is None or not passing:
                    raise
                await asyncio.sleep((fault.retry_after or pause) * random.uniform(0.8, 1.2))
        raise AssertionError("the last pause is None")

    async def _read(self, start: int, length: int) -> bytes:
        try:
            body = await asyncio.to_thread(_read_at, self.path, start, length)
        except OSError as exc:
            raise disk.read_fault(exc, self.path) from exc
        if len(body) != length:
            raise _changed(self.path)
        return body

    async def _let_go(self, upload: Unfinished) -> None:
        """Let the storage forget the parts; without the network it is done at the next start."""
        with contextlib.suppress(CloudFault):
            await self.store.abort(self.key, upload.upload_id)
            await asyncio.to_thread(self.journal.forget, upload)

    def _length(self, upload: Unfinished, number: int) -> int:
        return max(0, min(upload.part_size, self.size - (number - 1) * upload.part_size))


def _first(failures: BaseExceptionGroup[BaseException]) -> BaseException:
    """Return the first single failure in a group of groups."""
    failure: BaseException = failures
    while isinstance(failure, BaseExceptionGroup):
        failure = failure.exceptions[0]
    return failure


async def _in_spite_of_cancelling(work: Awaitable[None]) -> None:
    """Await `work` to its end, even where the caller is being cancelled (once)."""
    await asyncio.shield(work)


async def _identity(path: Path) -> tuple[int, int]:
    """Return size and time of a file: the same afterwards, or it was written to meanwhile."""
    try:
        found = await asyncio.to_thread(path.stat)
    except OSError as exc:
        raise disk.read_fault(exc, path) from exc
    return found.st_size, found.st_mtime_ns


def _read_at(path: Path, start: int, length: int) -> bytes:
    with path.open("rb") as file:
        file.seek(start)
        return file.read(length)


def _kind(path: Path) -> str:
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def _tell(report: Report, done: int, size: int) -> None:
    report(Progress(stage=Stage.UPLOAD, done=done, total=size, unit="bytes"))


def _changed(path: Path) -> UserError:
    return UserError(
        _("{name} changed while it was being uploaded.").format(name=path.name),
        why=_("Another program is still writing it."),
        next_step=_("Wait until it is finished, then try again."),
    )
