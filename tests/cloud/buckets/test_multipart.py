"""Uploads to a real S3 server: whole, in parts, once, cut, cancelled, killed and gone on with."""

from __future__ import annotations

import asyncio
import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from redub.cloud.buckets import Bucket, ObjectStore, upload_file
from redub.cloud.buckets.faults import StorageRefused
from redub.core.errors import CloudFault, UserError
from redub.core.progress import Progress
from redub.services.storage import UploadJournal
from redub.store.unfinished import UnfinishedUploads
from support.soaking import count
from support.storage import S3Server, blob

MIB = 1024 * 1024
PART = 5 * MIB
KEY = "redub/reference/abc.mp4"


@pytest.fixture
def journal(tmp_path: Path) -> UploadJournal:
    return UploadJournal(UnfinishedUploads(tmp_path / "cache"))


def ignore(_progress: Progress) -> None:
    pass


async def send(bucket: Bucket, path: Path, journal: UploadJournal, **more: object) -> bool:
    options: dict[str, object] = {"report": ignore, "part": PART, "pauses": ()} | more
    async with ObjectStore(bucket) as store:
        return await upload_file(store, path, KEY, journal=journal, **options)  # type: ignore[arg-type]  # as given


async def there(bucket: Bucket) -> bytes:
    async with ObjectStore(bucket) as store, httpx.AsyncClient(trust_env=False) as client:
        return (await client.get(store.link(KEY, 60))).content


async def unfinished(bucket: Bucket) -> list[tuple[str, str]]:
    async with ObjectStore(bucket) as store:
        return await store.unfinished()


@pytest.mark.parametrize("size", [0, 3, PART, PART + 1, 3 * PART])
async def test_upload__arrives_as_it_is(
    s3: S3Server, tmp_path: Path, journal: UploadJournal, size: int
) -> None:
    bucket, path = s3.bucket(), tmp_path / "a.mp4"
    path.write_bytes(os.urandom(size))
    reports: list[Progress] = []

    assert await send(bucket, path, journal, report=reports.append)

    assert await there(bucket) == path.read_bytes()
    assert (reports[-1].done, reports[-1].total) == (size, size)
    done = [report.done or 0 for report in reports]
    assert done == sorted(done)
    assert await unfinished(bucket) == []


async def test_upload__the_same_content_is_not_sent_twice(
    s3: S3Server, tmp_path: Path, journal: UploadJournal
) -> None:
    bucket, path = s3.bucket(), blob(tmp_path / "a.mp4", 6)
    await send(bucket, path, journal)
    counting = Counting()
    async with ObjectStore(bucket, transport=counting) as store:
        sent = await upload_file(store, path, KEY, journal=journal, report=ignore, part=PART)

    assert (sent, counting.methods) == (False, ["HEAD"])


async def test_upload__cancelled_leaves_nothing_there(
    s3: S3Server, tmp_path: Path, journal: UploadJournal
) -> None:
    bucket, path = s3.bucket(), blob(tmp_path / "a.mp4", 16)
    await _cancelled_halfway(bucket, path, journal)

    assert await unfinished(bucket) == []
    assert journal.find(bucket.base_url, KEY) is None
    assert s3.objects() == []


async def test_upload__closing_the_program_keeps_what_has_arrived(
    s3: S3Server, tmp_path: Path, journal: UploadJournal
) -> None:
    bucket, path = s3.bucket(), blob(tmp_path / "a.mp4", 21)
    await _cancelled_halfway(bucket, path, journal, keep=lambda: True)
    counting = Counting()
    async with ObjectStore(bucket, transport=counting) as store:
        await upload_file(store, path, KEY, journal=journal, report=ignore, part=PART)

    assert counting.methods.count("PUT") < 5
    assert await there(bucket) == path.read_bytes()
    assert await unfinished(bucket) == []


async def _cancelled_halfway(
    bucket: Bucket, path: Path, journal: UploadJournal, keep: object = lambda: False
) -> None:
    arrived = asyncio.Event()

    def report(progress: Progress) -> None:
        if (progress.done or 0) > PART and journal.find(bucket.base_url, KEY):
            noted = journal.find(bucket.base_url, KEY)
            if noted is not None and noted.etags:
                arrived.set()

    one_by_one = Counting(at_once=1)
    async with ObjectStore(bucket, transport=one_by_one) as store, asyncio.TaskGroup() as group:
        task = group.create_task(
            upload_file(store, path, KEY, journal=journal, report=report, part=PART, keep=keep)  # type: ignore[arg-type]  # as given
        )
        await arrived.wait()
        task.cancel()


_CHILD = """
import asyncio, sys
from pathlib import Path
from redub.cloud.buckets import Bucket, ObjectStore, upload_file
from redub.services.storage import UploadJournal
from redub.store.unfinished import UnfinishedUploads

async def main():
    bucket = Bucket(endpoint=sys.argv[1], region="us-east-1", name="clips", addressing="path",
                    access_key_id="test", secret="test")
    journal = UploadJournal(UnfinishedUploads(Path(sys.argv[3])))
    def report(progress):
        print(int(progress.done or 0), flush=True)
    async with ObjectStore(bucket) as store:
        await upload_file(store, Path(sys.argv[2]), sys.argv[4], journal=journal, report=report, part=5 * 1024 * 1024)

asyncio.run(main())
"""


@pytest.mark.slow
@pytest.mark.parametrize("kill", range(count(2, 40)))
async def test_upload__killed_in_the_middle_goes_on(s3: S3Server, tmp_path: Path, kill: int) -> None:
    bucket, path, cache = s3.bucket(), blob(tmp_path / "a.mp4", 42), tmp_path / "cache"
    journal = UploadJournal(UnfinishedUploads(cache))
    child = subprocess.Popen(  # noqa: ASYNC220 - to be killed; an asyncio child would be awaited
        [sys.executable, "-c", _CHILD, s3.base_url, str(path), str(cache), KEY],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    with child.stdout as words:
        try:
            await asyncio.to_thread(_until_noted, words, journal, bucket, 1 + kill % 3)
        finally:
            child.send_signal(signal.SIGKILL)
            child.wait()
    known = journal.find(bucket.base_url, KEY)
    assert known is not None
    begun = len(await unfinished(bucket))

    counting = Counting()
    async with ObjectStore(bucket, transport=counting) as store:
        await upload_file(store, path, KEY, journal=journal, report=ignore, part=PART)

    assert begun == 1
    assert counting.methods.count("PUT") == 9 - len(known.etags)
    assert hashlib.sha256(await there(bucket)).digest() == hashlib.sha256(path.read_bytes()).digest()
    assert await unfinished(bucket) == []
    assert journal.find(bucket.base_url, KEY) is None


def _until_noted(words: Iterator[str], journal: UploadJournal, bucket: Bucket, parts: int) -> None:
    for _line in words:
        known = journal.find(bucket.base_url, KEY)
        if known is not None and len(known.etags) >= parts:
            return
    pytest.fail("The upload ended before it could be killed.")


async def test_upload__ended_at_the_storage_meanwhile_begins_anew(
    s3: S3Server, tmp_path: Path, journal: UploadJournal
) -> None:
    bucket, path = s3.bucket(), blob(tmp_path / "a.mp4", 12)
    await _cancelled_halfway(bucket, path, journal, keep=lambda: True)
    async with ObjectStore(bucket) as store:
        for key, upload_id in await store.unfinished():
            await store.abort(key, upload_id)

    await send(bucket, path, journal)

    assert await there(bucket) == path.read_bytes()


async def test_upload__a_part_that_was_cut_is_sent_again(
    s3: S3Server, tmp_path: Path, journal: UploadJournal
) -> None:
    bucket, path = s3.bucket(), blob(tmp_path / "a.mp4", 12)
    cutting = Counting(cut={2, 4})
    reports: list[Progress] = []
    async with ObjectStore(bucket, transport=cutting) as store:
        await upload_file(
            store, path, KEY, journal=journal, report=reports.append, part=PART, pauses=(0.0, 0.0)
        )

    assert await there(bucket) == path.read_bytes()
    assert reports[-1].done == 12 * MIB


async def test_upload__cut_for_good_stays_for_the_next_attempt(
    s3: S3Server, tmp_path: Path, journal: UploadJournal
) -> None:
    bucket, path = s3.bucket(), blob(tmp_path / "a.mp4", 12)
    async with ObjectStore(bucket, transport=Counting(cut={3}, at_once=1)) as store:
        with pytest.raises(CloudFault, match="gave no answer"):
            await upload_file(store, path, KEY, journal=journal, report=ignore, part=PART, pauses=())

    assert len(await unfinished(bucket)) == 1
    assert await send(bucket, path, journal)
    assert await unfinished(bucket) == []


async def test_upload__a_file_that_changes_meanwhile_is_not_kept(
    s3: S3Server, tmp_path: Path, journal: UploadJournal
) -> None:
    bucket, path = s3.bucket(), blob(tmp_path / "a.mp4", 12)

    def report(progress: Progress) -> None:
        if progress.done == progress.total:
            os.utime(path, (1, 1))

    with pytest.raises(UserError, match="changed while"):
        await send(bucket, path, journal, report=report)
    assert s3.objects() == []


async def test_upload__wrong_keys_and_wrong_bucket_in_words(
    s3: S3Server, tmp_path: Path, journal: UploadJournal
) -> None:
    path = blob(tmp_path / "a.mp4", 0.1)
    s3.bucket()
    with pytest.raises(StorageRefused, match="no bucket of this name"):
        await send(s3.named("other-bucket"), path, journal)
    s3.check_keys(True)
    with pytest.raises(StorageRefused, match="not known to"):
        await send(s3.named("clips", access_key_id="AKIDnobody"), path, journal)


async def test_complete__an_error_behind_a_200_is_an_error(s3: S3Server) -> None:
    body = b"<Error><Code>InternalError</Code><Message>We failed.</Message></Error>"
    transport = httpx.MockTransport(lambda _request: httpx.Response(200, content=body))
    async with ObjectStore(s3.named("clips"), transport=transport) as store:
        with pytest.raises(StorageRefused, match="We failed"):
            await store.complete(KEY, "id", [(1, '"etag"')])


async def test_virtual_addressing__puts_the_bucket_before_the_host() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(404)

    bucket = Bucket(
        endpoint="https://cos.ap-singapore.myqcloud.com",
        region="ap-singapore",
        name="clips-125",
        access_key_id="k",
        secret="s",
    )
    async with ObjectStore(bucket, transport=httpx.MockTransport(answer)) as store:
        assert await store.size_of("a/视.mp4") is None

    assert str(asked[0].url) == "https://clips-125.cos.ap-singapore.myqcloud.com/a/%E8%A7%86.mp4"
    assert asked[0].headers["host"] == "clips-125.cos.ap-singapore.myqcloud.com"


class Counting(httpx.AsyncBaseTransport):
    """Speak for real, count, and cut what a test wants to be cut: the connection breaks before the answer."""

    def __init__(self, cut: set[int] | None = None, at_once: int = 10) -> None:
        self.methods: list[str] = []
        self._cut = cut or set()
        self._puts = 0
        self._gate = asyncio.Semaphore(at_once)
        self._inner = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.methods.append(request.method)
        async with self._gate:
            if request.method == "PUT":
                self._puts += 1
                if self._puts in self._cut:
                    raise httpx.ReadError("cut")
            return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self._inner.aclose()
