"""How many tasks an account may have at the service, and how long to wait after a refusal for want of a place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from redub.cloud.codes import Retry, interface_code
from redub.core.errors import CloudFault, Refused, Unreachable
from redub.store.accountbook import AccountNote

VIDEO_PLACES = 5
"""Places of an account that has bought none (FAQ of the service)."""
QUOTA_EXCEEDED = 100008
"""Header.Code: all places are taken."""

_TOO_MANY_REQUESTS = 429
_FORGET_AFTER = 3600.0
_FIRST_REST, _LONGEST_REST = 5.0, 300.0
_LIMIT_IN_WORDS = re.compile(r"(?:超过限制|limit)\D{0,12}?(\d{1,4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rest:
    """Seconds in which nothing is sent; `places` where the refusal tells how many there are."""

    seconds: float
    places: int | None = None


def place_limit(note: AccountNote, now: float) -> int:
    """Return how many tasks the account may have; what was learned an hour ago is tried anew."""
    if note.places is None or note.learned is None or now - note.learned > _FORGET_AFTER:
        return VIDEO_PLACES
    return note.places


def may_be_queued(fault: CloudFault, *, has_waited: bool) -> bool:
    """Say whether a refused task may be sent again by itself: only when it is certain that nothing was made.

    :param has_waited: nobody sits in front of it; then it also waits for a service that is out of reach
    """
    if isinstance(fault, Unreachable):
        return has_waited
    if not isinstance(fault, Refused):
        return False
    if fault.code:
        meaning = interface_code(fault.code)
        return meaning.refusal and meaning.retry is Retry.SAFE_TO_QUEUE
    return fault.status == _TOO_MANY_REQUESTS


def rest_after(fault: CloudFault, rests: int, taken: int) -> Rest:
    """Return how long to wait after a refusal, longer each time; Retry-After goes before.

    :param rests: refusals before this one, without a success in between
    :param taken: places that are taken by tasks known here
    """
    seconds = min(_LONGEST_REST, _FIRST_REST * 2.0 ** min(rests, 16))
    seconds = max(seconds, fault.retry_after or 0.0)
    if fault.code != QUOTA_EXCEEDED:
        return Rest(seconds)
    said = _LIMIT_IN_WORDS.search(f"{fault.answer} {fault.detail}")
    if said:
        return Rest(seconds, max(1, int(said[1])))
    # Somebody else may take places too: what runs from here is as much as there was room for.
    return Rest(seconds, taken if taken > 0 else None)
