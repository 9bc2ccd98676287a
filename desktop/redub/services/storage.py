"""The creator's own online storage: the bucket of the settings with its key, its check, and what becomes of uploads."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from redub.cloud.buckets import LONGEST_LINK, Bucket, ObjectStore, Unfinished, check_bucket
from redub.cloud.buckets.bucket import cos_endpoint
from redub.cloud.uploads import BucketUploader
from redub.core.diagnosis import Step
from redub.core.errors import RedubError, UserError
from redub.core.tasks import TaskState
from redub.i18n import _
from redub.services.ledger import Ledger
from redub.services.preferences import Preferences
from redub.store.secrets import Secrets
from redub.store.settings import Settings
from redub.store.tasks import TaskStore
from redub.store.unfinished import Begun, UnfinishedUploads

_HOUR = 3600
_MARGIN = 2.0
"""A link should live twice as long as the longest job so far: queues grow."""


class UploadJournal:
    """The uploads on disk, as the adapter writes them down."""

    def __init__(self, kept: UnfinishedUploads) -> None:
        """Keep them in `kept`."""
        self._kept = kept

    def find(self, where: str, key: str) -> Unfinished | None:
        """Return the upload of `key` to `where` that was begun, or None."""
        begun = self._kept.find(where, key)
        return None if begun is None else _upload(begun)

    def note(self, upload: Unfinished) -> None:
        """Write down how far an upload is."""
        self._kept.note(
            Begun(
                where=upload.where,
                key=upload.key,
                upload_id=upload.upload_id,
                part_size=upload.part_size,
                etags=dict(upload.etags),
            )
        )

    def forget(self, upload: Unfinished) -> None:
        """Take out an upload that has ended."""
        self._kept.forget(upload.where, upload.key)


class Storage:
    """The bucket that files are brought to when a service takes addresses only.

    :ivar is_closing: the program ends; an upload that is cut now goes on at the next start
    """

    is_closing = False

    def __init__(self, preferences: Preferences, secrets: Secrets, cache: Path, ledger: Ledger) -> None:
        self._preferences = preferences
        self._secrets = secrets
        self._ledger = ledger
        self._unfinished = UnfinishedUploads(cache)
        self.journal = UploadJournal(self._unfinished)

    @property
    def is_set_up(self) -> bool:
        """Say whether the settings name a bucket."""
        return bool(self._preferences.settings.bucket_name)

    async def bucket(self) -> Bucket | None:
        """Return the bucket of the settings, or None when they name none.

        :raises UserError: something is missing in the settings; it is named
        """
        settings = self._preferences.settings
        if not settings.bucket_name:
            return None
        secret = await asyncio.to_thread(self._secrets.get, secret_name(settings))
        return bucket_of(settings, secret or "")

    async def uploader(self) -> BucketUploader | None:
        """Return the way to the bucket, or None when there is none; leftovers of a week ago are cleared away."""
        bucket = await self.bucket()
        if bucket is None:
            return None
        await self._clear(bucket)
        hours = self._preferences.settings.link_hours
        return BucketUploader(
            bucket,
            self.journal,
            link_seconds=min(hours * _HOUR, LONGEST_LINK),
            keep=lambda: self.is_closing,
        )

    async def check(self, settings: Settings, secret: str = "") -> AsyncIterator[Step]:
        """Yield what works with the bucket of `settings`, and what does not; the last is how long links live.

        :param secret: as it was entered; "" takes the one that is kept
        """
        kept: str | None = secret or await asyncio.to_thread(self._secrets.get, secret_name(settings))
        try:
            bucket = bucket_of(settings, kept or "")
        except RedubError as fault:
            yield Step(_("Settings"), False, str(fault))
            return
        async for check in check_bucket(bucket):
            yield check
        yield await self._links(settings)

    async def save_secret(self, settings: Settings, secret: str) -> str:
        """Keep the secret half of the bucket's key; return a warning to be told, or ""."""
        return await asyncio.to_thread(self._secrets.put, secret_name(settings), secret)

    async def has_secret(self, settings: Settings) -> bool:
        """Say whether the secret half of the key in `settings` is kept."""
        return bool(await asyncio.to_thread(self._secrets.get, secret_name(settings)))

    async def _links(self, settings: Settings) -> Step:
        """Say whether links outlive queue and production, by the longest job in the history."""
        longest = await self._ledger.read(_longest_job)
        said = _("Links to uploaded files live {n} hours.").format(n=settings.link_hours)
        if settings.link_hours * _HOUR >= max(longest * _MARGIN, 24 * _HOUR):
            return Step(_("Links"), True, said)
        more = _(
            "That may be too short: a link must live until the service has taken the job out of its queue."
        )
        if longest * _MARGIN > settings.link_hours * _HOUR:
            more = _("The longest job so far took {n:.0f} hours.").format(n=longest / _HOUR)
        return Step(_("Links"), None, f"{said} {more}", _("Let links live for 168 hours (seven days)."))

    async def _clear(self, bucket: Bucket) -> None:
        """Let the storage forget uploads that nobody went on with."""
        for begun in await asyncio.to_thread(self._unfinished.left_over, bucket.base_url):
            async with ObjectStore(bucket) as store:
                await store.abort(begun.key, begun.upload_id)
            await asyncio.to_thread(self._unfinished.forget, begun.where, begun.key)


def secret_name(settings: Settings) -> str:
    """Return what the secret half of the bucket's key is kept under."""
    return f"bucket {_endpoint(settings)} {settings.bucket_access_key_id}"


def bucket_of(settings: Settings, secret: str) -> Bucket:
    """Return the bucket that `settings` describe.

    :raises UserError: something is missing, or is not written as it must be
    """
    missing = [
        name
        for name, value in (
            (_("the name of the bucket"), settings.bucket_name),
            (_("its region"), settings.bucket_region),
            (_("the access key id"), settings.bucket_access_key_id),
            (_("the secret"), secret),
        )
        if not value
    ]
    if missing:
        raise UserError(
            _("The bucket cannot be used yet."),
            why=_("Missing: {what}.").format(what=", ".join(missing)),
            next_step=_("Enter it in the settings."),
        )
    return Bucket(
        endpoint=_endpoint(settings),
        region=settings.bucket_region,
        name=settings.bucket_name,
        prefix=settings.bucket_prefix,
        addressing=settings.bucket_addressing,
        access_key_id=settings.bucket_access_key_id,
        secret=secret,
    )


def _endpoint(settings: Settings) -> str:
    return settings.bucket_endpoint.strip().rstrip("/") or cos_endpoint(settings.bucket_region)


def _longest_job(store: TaskStore) -> float:
    done = store.in_state(TaskState.DONE)
    return max((one.finished - one.created for one in done if one.finished is not None), default=0.0)


def _upload(begun: Begun) -> Unfinished:
    return Unfinished(
        where=begun.where,
        key=begun.key,
        upload_id=begun.upload_id,
        part_size=begun.part_size,
        etags=begun.etags,
    )
