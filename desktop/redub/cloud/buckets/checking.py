"""Check a bucket step by step, and say of each step in words whether it is good: the first that is not says what to do.

It does what an upload does, with a file of a few bytes: reach it, put, read by a presigned address, delete.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from redub.cloud.buckets.bucket import Bucket
from redub.cloud.buckets.faults import StorageRefused
from redub.cloud.buckets.objects import ObjectStore
from redub.core.diagnosis import Step
from redub.core.errors import CloudFault, RedubError, Unreachable
from redub.i18n import _

_CONTENT = b"Redub checks this bucket; this file may be deleted."
_NAME = "redub-check-{token}.txt"


async def check_bucket(
    bucket: Bucket,
    *,
    clock: Callable[[], float] = time.time,
    transport: httpx.AsyncBaseTransport | None = None,
) -> AsyncIterator[Step]:
    """Yield each step of the check when it has been taken; after one that failed only what can still be told."""
    async with ObjectStore(bucket, clock=clock, transport=transport) as store:
        key = bucket.key(_NAME.format(token=secrets.token_hex(6)))
        putting = await _try(_("Put a file"), _("A file could be put there."), lambda: _put(store, key))
        steps = _reached(bucket, putting)
        for step in steps:
            yield step
        if steps[-1].ok:
            yield putting.check
        if putting.check.ok:
            said = _("It can be read by an address with a signature.")
            yield (await _try(_("Read it"), said, lambda: _read(store, key))).check
            said = _("It could be deleted again.")
            yield (await _try(_("Delete it"), said, lambda: store.delete(key))).check


@dataclass(frozen=True, slots=True)
class _Tried:
    check: Step
    fault: RedubError | None = None


async def _try(name: str, good: str, work: Callable[[], Awaitable[object]]) -> _Tried:
    try:
        await work()
    except CloudFault as fault:
        said = " ".join(part for part in (fault.what, fault.why) if part)
        return _Tried(Step(name, False, said, fault.next_step, fault.detail), fault)
    return _Tried(Step(name, True, good))


async def _put(store: ObjectStore, key: str) -> None:
    await store.put(key, _CONTENT, kind="text/plain")


async def _read(store: ObjectStore, key: str) -> None:
    if await store.get_first(key) != _CONTENT[:1]:
        raise CloudFault(
            _("Something else was read than was put there."),
            why=_("Another server may stand in between."),
            next_step=_("Step the endpoint in the settings."),
        )


def _reached(bucket: Bucket, tried: _Tried) -> tuple[Step, ...]:
    """Tell reach, clock, key and name apart in what the first request came to."""
    host = urlsplit(bucket.base_url).hostname or ""
    fault = tried.fault
    reach = Step(_("Reach it"), True, _("{host} answers.").format(host=host))
    if isinstance(fault, Unreachable) or (fault is not None and not isinstance(fault, StorageRefused)):
        return (Step(_("Reach it"), False, tried.check.said, fault.next_step, fault.detail),)
    name = fault.name if isinstance(fault, StorageRefused) else ""
    steps = [reach]
    for title, good, bad in (
        (_("Clock"), _("This computer's clock is right."), {"RequestTimeTooSkewed"}),
        (_("Region"), _("The region is right."), _REGION),
        (_("Key"), _("The storage knows the key."), {"InvalidAccessKeyId", "SignatureDoesNotMatch"}),
        (_("Bucket"), _("The bucket is there."), {"NoSuchBucket", "InvalidBucketName"}),
    ):
        if name in bad:
            return (*steps, Step(title, False, tried.check.said, tried.check.next_step, tried.check.detail))
        steps.append(Step(title, True, good))
    return tuple(steps)


_REGION = {
    "PermanentRedirect",
    "TemporaryRedirect",
    "AuthorizationHeaderMalformed",
    "IllegalLocationConstraintException",
    "AuthorizationQueryParametersError",
}
