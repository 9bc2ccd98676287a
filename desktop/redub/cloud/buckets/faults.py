"""What an online storage refuses, in words: its code, or its HTTP status where it gives none."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import httpx

from redub.cloud.buckets.bucket import Bucket
from redub.cloud.faults import why_unreachable
from redub.core.errors import CloudFault, Refused, Unreachable
from redub.i18n import N_, _
from redub.log import without_secrets

CLOCK_LIMIT = 15 * 60
"""Seconds that a signature may be off (S3: RequestTimeTooSkewed)."""

_SETTINGS = N_("Correct it in the settings, on the page of the bucket.")
_KEY = N_("The key of the bucket was not accepted.")


class StorageRefused(Refused):
    """The storage answered with a refusal.

    :ivar name: its own word ("NoSuchBucket"), or "HTTP 418" where it gave none
    """

    def __init__(
        self, what: str, *, name: str, status: int, why: str, next_step: str, detail: str, retry: float | None
    ) -> None:
        super().__init__(what, why=why, next_step=next_step, detail=detail, retry_after=retry, status=status)
        self.name = name

    @property
    def may_pass(self) -> bool:
        """Say whether the same request may be taken a little later."""
        return (
            (self.status or 0) >= 500
            or self.status in {408, 429}
            or self.name in {"RequestTimeout", "SlowDown"}
        )


@dataclass(frozen=True, slots=True)
class _Words:
    what: str
    why: str
    next_step: str = _SETTINGS


_REGION = _Words(
    N_("The bucket lies in another region."), "The storage wants the request at another place{elsewhere}."
)
_BUSY = _Words(N_("The storage is too busy just now."), N_("It asks to wait."), N_("Try again in a moment."))
_WORDS = {
    "NoSuchBucket": _Words(
        N_("There is no bucket of this name there."),
        N_("{host} does not know “{bucket}”; at Tencent COS the name ends in the number of the account."),
    ),
    "InvalidBucketName": _Words(N_("The bucket's name is not written as one."), N_("It is “{bucket}”.")),
    "InvalidAccessKeyId": _Words(_KEY, N_("The access key id is not known to {host}.")),
    "SignatureDoesNotMatch": _Words(_KEY, N_("The secret does not belong to the access key id.")),
    "RequestTimeTooSkewed": _Words(
        N_("This computer's clock is wrong."),
        N_("{clock}The storage allows fifteen minutes."),
        N_("Set this computer's clock, then try again."),
    ),
    "AccessDenied": _Words(
        N_("The key may not do this in the bucket."),
        N_("The right is missing that is needed to {action}."),
        N_("Give the key this right in the storage's console (at Tencent COS: the policy of the sub-user)."),
    ),
    "PermanentRedirect": _REGION,
    "TemporaryRedirect": _REGION,
    "AuthorizationHeaderMalformed": _REGION,
    "IllegalLocationConstraintException": _REGION,
    "AuthorizationQueryParametersError": _REGION,
    "NoSuchUpload": _Words(
        N_("The upload was ended at the storage."), N_("It does not know it any more."), ""
    ),
    "NoSuchKey": _Words(N_("The file is not in the bucket."), N_("It was deleted there."), ""),
    "QuotaExceeded": _Words(
        N_("The bucket is full."), N_("The storage takes no more."), N_("Make space there.")
    ),
    "SlowDown": _BUSY,
    "ServiceUnavailable": _BUSY,
}
_UNKNOWN = _Words(N_("The storage refused to {action}."), N_("{host} says: {message}"), "")


def refusal(response: httpx.Response, bucket: Bucket, action: str, *, now: float) -> StorageRefused:
    """Return the error for an answer that is no success; its body has been read.

    :param action: what was to be done, to follow "to": "put a file there"
    """
    said = _said(response.content)
    name = said.get("Code") or _by_status(response)
    words = _WORDS.get(name, _UNKNOWN)
    skew = clock_skew(response, now)
    if skew is not None and abs(skew) > CLOCK_LIMIT and response.status_code in {400, 401, 403}:
        name, words = "RequestTimeTooSkewed", _WORDS["RequestTimeTooSkewed"]
    fills = {
        "host": response.url.host,
        "bucket": bucket.name,
        "action": action,
        "message": said.get("Message") or f"HTTP {response.status_code}",
        "elsewhere": _elsewhere(response, said),
        "clock": _("It is {n:.0f} minutes off. ").format(n=abs(skew) / 60) if skew is not None else "",
    }
    return StorageRefused(
        _(words.what).format(**fills),
        name=name,
        status=response.status_code,
        why=_(words.why).format(**fills),
        next_step=_(words.next_step).format(**fills) if words.next_step else "",
        detail=without_secrets(f"HTTP {response.status_code} {name} {said.get('Message', '')}".strip()),
        retry=_seconds(response.headers.get("Retry-After", "")),
    )


def broken(exc: Exception, bucket: Bucket) -> CloudFault:
    """Return the error for a request that got no answer."""
    host = httpx.URL(bucket.base_url).host
    detail = without_secrets(f"{type(exc).__name__}: {exc}")
    if isinstance(exc, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError | httpx.InvalidURL):
        why, next_step = why_unreachable(exc, host)
        return Unreachable(
            _("The storage could not be reached."), why=why, next_step=next_step, detail=detail
        )
    late = isinstance(exc, httpx.TimeoutException | TimeoutError)
    said = _("{host} did not answer in time.") if late else _("The connection to {host} broke off.")
    return CloudFault(
        _("The storage gave no answer."),
        why=said.format(host=host),
        next_step=_("Try again: what has arrived there is not sent twice."),
        detail=detail,
    )


def clock_skew(response: httpx.Response, now: float) -> float | None:
    """Return how many seconds this computer's clock is ahead of the storage's, or None when it does not say."""
    try:
        return now - parsedate_to_datetime(response.headers["Date"]).timestamp()
    except (KeyError, ValueError, TypeError):
        return None


def _by_status(response: httpx.Response) -> str:
    if response.status_code in {301, 302, 307, 308}:
        return "PermanentRedirect"
    known = {403: "AccessDenied", 404: "NoSuchKey", 429: "SlowDown", 503: "SlowDown"}
    return known.get(response.status_code, f"HTTP {response.status_code}")


def _elsewhere(response: httpx.Response, said: dict[str, str]) -> str:
    region = response.headers.get("x-amz-bucket-region") or said.get("Region") or said.get("Endpoint")
    return f": {region}" if region else ""


def _said(content: bytes) -> dict[str, str]:
    """Return the fields of an error's XML, {} for anything else (a proxy's page, an empty answer to HEAD)."""
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError:
        return {}
    if local_name(root) != "Error":
        return {}
    return {local_name(child): (child.text or "").strip() for child in root}


def local_name(element: ElementTree.Element) -> str:
    """Return an element's name without its namespace: storages differ in whether they give one."""
    return element.tag.rpartition("}")[2]


def _seconds(text: str) -> float | None:
    return float(text) if text.isdecimal() else None
