"""The creator's bucket from the settings to the request, and what becomes of the uploads afterwards."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from redub.cloud import sites
from redub.cloud.buckets import ObjectStore, Unfinished
from redub.cloud.media_urls import MediaKind, MediaUrls
from redub.cloud.signing import Credentials
from redub.core.errors import UserError
from redub.core.tasks import RemoteStatus, TaskRecord
from redub.services.accounts import Account
from redub.services.ledger import Ledger
from redub.services.preferences import Preferences
from redub.services.storage import Storage, bucket_of, secret_name
from redub.services.tidying import Tidying
from redub.services.uploading import Uploading
from redub.store.secrets import Secrets
from redub.store.settings import Settings
from redub.store.tasks import Intent
from services.stand import silent
from support.storage import S3Server, blob

ACCOUNT = Account(sites.INTERNATIONAL, Credentials("k", "t"))


def settings_for(s3: S3Server, **changes: object) -> Settings:
    known = Settings(
        bucket_name="clips",
        bucket_region="us-east-1",
        bucket_endpoint=s3.base_url,
        bucket_addressing="path",
        bucket_access_key_id="test",
    )
    return replace(known, **changes)  # type: ignore[arg-type]  # names of settings


class Stand:
    """Storage, uploads and tidying over one history."""

    def __init__(self, home: Path, ledger: Ledger, settings: Settings) -> None:
        secrets = Secrets(home)
        secrets.put(secret_name(settings), "test")
        self.ledger = ledger
        self.preferences = Preferences(home / "settings.json", settings)
        self.storage = Storage(self.preferences, secrets, home, ledger)
        self.uploading = Uploading(home, self.storage.uploader)
        self.tidying = Tidying(ledger, self.storage, self.preferences, self.uploading)

    async def address(self, path: Path, kind: MediaKind = MediaKind.REFERENCE) -> str:
        urls = await self.uploading.addresses(ACCOUNT, {kind: path}, MediaUrls(), silent)
        return urls.get(kind) or ""

    async def task(self, url: str) -> TaskRecord:
        request = f'{{"Payload": {{"RefVideoUrl": "{url}", "VideoParam": {{"StartTime": 1}}}}}}'
        intent = Intent(
            request=request,
            shot="s",
            take_id="t",
            take_name="t",
            site="international",
            base_url="https://x.example",
            appkey="k",
            expected_seconds=None,
            folder="/nowhere",
            name="n",
        )
        record = await self.ledger.write(lambda store: store.intend(intent))
        return await self.ledger.write(
            lambda store: store.accepted(record.id, f"task-{record.id}", detail="")
        )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


async def test_addresses__every_kind_of_file_lands_under_its_hash_once(s3: S3Server, home: Path) -> None:
    s3.bucket()
    clip, letter = blob(home.parent / "Übung 1.MP4", 9), blob(home.parent / "letter.pdf", 0.1)
    ledger = await Ledger.open(home / "tasks.sqlite3")
    try:
        stand = Stand(home, ledger, settings_for(s3))
        files = {MediaKind.REFERENCE: clip, MediaKind.LETTER: letter}
        first = await stand.uploading.addresses(ACCOUNT, files, MediaUrls(), silent)
        again = await Stand(home, ledger, settings_for(s3)).uploading.addresses(
            ACCOUNT, files, MediaUrls(), silent
        )
        async with httpx.AsyncClient(trust_env=False) as client:
            fetched = (await client.get(first.reference or "")).content
    finally:
        await ledger.aclose()

    assert fetched == clip.read_bytes()
    assert first == again
    keys = s3.objects()
    assert [key.split("/")[:2] for key in keys] == [["redub", "letter"], ["redub", "reference"]]
    assert [Path(key).suffix for key in keys] == [".pdf", ".mp4"]
    assert "X-Amz-Expires=604800" in (first.reference or "")


async def test_addresses__a_link_that_lives_too_short_is_made_anew_and_nothing_is_sent(
    s3: S3Server, home: Path
) -> None:
    s3.bucket()
    clip = blob(home.parent / "a.mp4", 1)
    ledger = await Ledger.open(home / "tasks.sqlite3")
    try:
        stand = Stand(home, ledger, settings_for(s3, link_hours=1))
        first = await stand.address(clip)
        later = Uploading(home, stand.storage.uploader, clock=lambda: time.time() + 2400)
        second = await later.addresses(ACCOUNT, {MediaKind.REFERENCE: clip}, MediaUrls(), silent)
    finally:
        await ledger.aclose()

    assert first.partition("?")[0] == (second.reference or "").partition("?")[0]
    assert len(s3.objects()) == 1


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"bucket_region": ""}, "its region"),
        ({"bucket_access_key_id": ""}, "the access key id"),
        ({"bucket_endpoint": "https://a/b/c"}, "is not the address of an online storage"),
    ],
)
def test_bucket_of__what_is_missing_is_named(changes: dict[str, object], words: str) -> None:
    settings = Settings(bucket_name="clips", bucket_region="r", bucket_access_key_id="k")
    with pytest.raises(UserError, match=words):
        bucket_of(replace(settings, **changes), "secret")  # type: ignore[arg-type]  # names of settings
    with pytest.raises(UserError, match="the secret"):
        bucket_of(settings, "")


def test_bucket_of__an_empty_endpoint_is_tencent_cos() -> None:
    settings = Settings(bucket_name="clips-125", bucket_region="ap-singapore", bucket_access_key_id="k")

    assert bucket_of(settings, "s").base_url == "https://clips-125.cos.ap-singapore.myqcloud.com"


async def test_check__ends_with_how_long_links_live(s3: S3Server, home: Path) -> None:
    s3.bucket()
    ledger = await Ledger.open(home / "tasks.sqlite3")
    try:
        stand = Stand(home, ledger, settings_for(s3))
        good = [check async for check in stand.storage.check(settings_for(s3))]
        short = [check async for check in stand.storage.check(settings_for(s3, link_hours=2))]
        unset = [check async for check in stand.storage.check(settings_for(s3, bucket_region=""))]
    finally:
        await ledger.aclose()

    assert (good[-1].name, good[-1].ok) == ("Links", True)
    assert (short[-1].name, short[-1].ok) == ("Links", None)
    assert "too short" in short[-1].said
    assert [check.ok for check in unset] == [False]


async def test_tidy__deletes_what_no_other_task_needs(s3: S3Server, home: Path) -> None:
    s3.bucket()
    clip = blob(home.parent / "a.mp4", 1)
    ledger = await Ledger.open(home / "tasks.sqlite3")
    try:
        stand = Stand(home, ledger, settings_for(s3))
        url = await stand.address(clip)
        first, second = await stand.task(url), await stand.task(url)
        await stand.tidying.tidy(first)
        shared = s3.objects()
        await ledger.write(lambda store: store.given_up(second.id))
        await stand.tidying.tidy(first)
        after = s3.objects()
        new = await stand.address(clip)
    finally:
        await ledger.aclose()

    assert len(shared) == 1
    assert after == []
    assert len(s3.objects()) == 1
    assert new


async def test_tidy__an_object_that_a_later_take_was_given_stays(s3: S3Server, home: Path) -> None:
    s3.bucket()
    clip = blob(home.parent / "a.mp4", 1)
    ledger = await Ledger.open(home / "tasks.sqlite3")
    try:
        stand = Stand(home, ledger, settings_for(s3))
        task = await stand.task(await stand.address(clip))
        await stand.address(clip)  # for a take that is not written down yet
        await stand.tidying.tidy(task)
    finally:
        await ledger.aclose()

    assert len(s3.objects()) == 1


async def test_uploader__clears_away_what_nobody_went_on_with(s3: S3Server, home: Path) -> None:
    bucket = s3.bucket()
    ledger = await Ledger.open(home / "tasks.sqlite3")
    try:
        stand = Stand(home, ledger, settings_for(s3))
        async with ObjectStore(bucket) as store:
            upload_id = await store.begin("redub/old.mp4", kind="video/mp4")
            stand.storage.journal.note(
                Unfinished(where=bucket.base_url, key="redub/old.mp4", upload_id=upload_id, part_size=1)
            )
            await stand.storage.uploader()
            kept = await store.unfinished()
            for path in (home / "uploads").iterdir():
                os.utime(path, (1, 1))
            await stand.storage.uploader()
            cleared = await store.unfinished()
    finally:
        await ledger.aclose()

    assert (len(kept), cleared) == (1, [])


async def test_tidying__hears_of_a_task_that_is_done_when_it_is_wanted(s3: S3Server, home: Path) -> None:
    s3.bucket()
    clip = blob(home.parent / "a.mp4", 1)
    ledger = await Ledger.open(home / "tasks.sqlite3")
    try:
        stand = Stand(home, ledger, settings_for(s3))
        for wanted, left in ((False, 1), (True, 0)):
            await stand.preferences.change(delete_uploads=wanted)
            await _finished(stand, await stand.task(await stand.address(clip)))
            await stand.tidying.settle()
            assert len(s3.objects()) == left
    finally:
        await stand.tidying.aclose()
        await ledger.aclose()


async def _finished(stand: Stand, task: TaskRecord) -> None:
    link = "https://x.example/v.mp4"
    await stand.ledger.write(
        lambda store: store.reported(task.id, status=RemoteStatus.SUCCESS, media_url=link)
    )
    await stand.ledger.write(lambda store: store.done(task.id, result="/nowhere/n.mp4"))
