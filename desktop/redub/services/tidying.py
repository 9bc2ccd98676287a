"""Delete what was uploaded for a task once its result is home, when the creator wants that.

A file that another task still needs stays until that one has ended.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

import msgspec

from redub.cloud.buckets import Bucket, ObjectStore
from redub.core.errors import CloudFault, UserError
from redub.core.tasks import TaskRecord, TaskState
from redub.services.ledger import Ledger
from redub.services.preferences import Preferences
from redub.services.scope import TaskScope
from redub.services.storage import Storage
from redub.services.uploading import Uploading

log = logging.getLogger(__name__)

_ENDED = frozenset(
    {TaskState.DONE, TaskState.FAILED, TaskState.EXPIRED, TaskState.REFUSED, TaskState.GIVEN_UP}
)


class Tidying:
    """Listens to the history, and deletes from the bucket what is not needed any more."""

    def __init__(
        self,
        ledger: Ledger,
        storage: Storage,
        preferences: Preferences,
        uploading: Uploading,
    ) -> None:
        self._ledger = ledger
        self._storage = storage
        self._preferences = preferences
        self._uploading = uploading
        self._scope = TaskScope("tidying", on_failure=_told)
        self._running: set[asyncio.Task[None]] = set()
        ledger.changes.listen(self._hear)

    async def aclose(self) -> None:
        """Stop; what was not deleted stays in the bucket."""
        await self._scope.aclose()

    async def settle(self) -> None:
        """Wait until everything that is being deleted is."""
        await asyncio.gather(*self._running, return_exceptions=True)

    def _hear(self, record: TaskRecord) -> None:
        if record.state is TaskState.DONE and self._preferences.settings.delete_uploads:
            task = self._scope.start(self.tidy(record), name=record.id)
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def tidy(self, record: TaskRecord) -> None:
        """Delete what was uploaded for `record` and is needed by nobody else."""
        bucket = await self._storage.bucket()
        mine = _keys(record, bucket) if bucket is not None else set()
        if bucket is None or not mine:
            return
        others = await self._ledger.read(lambda store: store.all())
        for other in others:
            if other.id != record.id and other.state not in _ENDED:
                mine -= _keys(other, bucket)
        async with ObjectStore(bucket) as store:
            for key in sorted(mine):
                if (self._uploading.handed_out(key) or 0.0) <= record.created:
                    await store.delete(key)
                    await self._uploading.forget(key)


def _told(_name: str, failure: BaseException) -> None:
    if isinstance(failure, CloudFault | UserError):
        log.warning("An uploaded file could not be deleted: %s", failure)
    else:
        log.error("Deleting uploaded files failed", exc_info=failure)


def _keys(record: TaskRecord, bucket: Bucket) -> set[str]:
    """Return the keys of the objects in `bucket` that the request of a task names."""
    try:
        request = msgspec.json.decode(record.request)
    except msgspec.MsgspecError:
        return set()
    return {key for key in map(bucket.key_at, _texts(request)) if key}


def _texts(value: object) -> Iterator[str]:
    """Yield every text in a JSON value that can be an address."""
    if isinstance(value, str):
        if value.startswith(("http://", "https://")):
            yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
