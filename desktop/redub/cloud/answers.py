"""Read what the service answers: the envelope, the clock of its Date header, and what to wait.

Parsing here never fails on surplus or wrongly typed values: what cannot be understood is absent.
"""

from __future__ import annotations

import email.utils
from collections.abc import Mapping
from dataclasses import dataclass

import httpx
import msgspec

from redub.log import without_secrets

_LONGEST_DETAIL = 2000
_LONGEST_BODY = 20_000
_LARGEST_WHOLE = 2**53  # beyond it JSON numbers lose digits; no field of the service comes near


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer of the service, as far as it can be understood.

    :ivar code: Header.Code, or None where there was no envelope
    :ivar payload: Payload, {} when it is missing
    :ivar detail: the service's own words, shortened, for copying
    :ivar body: what came back, word for word but without secrets, shortened
    :ivar retry_after: seconds that it asked to wait, or None
    :ivar skew: seconds that this computer's clock is ahead of the service's, or None
    """

    status: int
    code: int | None
    message: str
    request_id: str
    payload: Mapping[str, object]
    detail: str
    body: str = ""
    retry_after: float | None = None
    skew: float | None = None


def read_answer(response: httpx.Response, now: float) -> Answer:
    """Take `response` (its body read) apart; `now` is this computer's clock in Unix seconds."""
    content = _json(response.content)
    header = mapping(mapping(content).get("Header"))
    message = text(header.get("Message"))
    return Answer(
        status=response.status_code,
        code=whole(header.get("Code")),
        message=message,
        request_id=text(header.get("RequestID")),
        payload=mapping(mapping(content).get("Payload")),
        detail=without_secrets(_detail(response, header)),
        body=_words(response),
        retry_after=_retry_after(response.headers.get("Retry-After"), now),
        skew=_skew(response.headers.get("Date"), now),
    )


def mapping(value: object) -> Mapping[str, object]:
    """Return `value` when it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: object) -> list[object]:
    """Return `value` when it is a JSON array, else an empty one."""
    return value if isinstance(value, list) else []


def text(value: object) -> str:
    """Return `value` when it is a string, else ""."""
    return value if isinstance(value, str) else ""


def texts(value: object) -> tuple[str, ...]:
    """Return the strings of a JSON array."""
    return tuple(item for item in sequence(value) if isinstance(item, str) and item)


def whole(value: object) -> int | None:
    """Return `value` as a whole number: 3, 3.0 and "3" are one; True and "x" are none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
        return int(number) if number == int(number) and abs(number) <= _LARGEST_WHOLE else None
    except (ValueError, OverflowError):
        return None


def _json(content: bytes) -> object:
    try:
        return msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _words(response: httpx.Response) -> str:
    return without_secrets(response.content[:_LONGEST_BODY].decode("utf-8", errors="replace"))


def _detail(response: httpx.Response, header: Mapping[str, object]) -> str:
    """Write down what came back: the message with its code, or how a body that is no envelope begins."""
    if header:
        parts = (f"HTTP {response.status_code}", f"Code {header.get('Code')}", text(header.get("Message")))
        request = text(header.get("RequestID"))
        return ", ".join(part for part in (*parts, f"RequestID {request}" if request else "") if part)
    body = response.content[:_LONGEST_DETAIL].decode("utf-8", errors="replace").strip()
    return (
        f"HTTP {response.status_code} {response.reason_phrase}: {body}"
        if body
        else f"HTTP {response.status_code}"
    )


def _skew(date: str | None, now: float) -> float | None:
    """Compare this computer's clock with a Date header."""
    moment = _http_date(date)
    return None if moment is None else now - moment


def _retry_after(value: str | None, now: float) -> float | None:
    """Read Retry-After: seconds, or a date."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    moment = _http_date(value)
    return None if moment is None else max(0.0, moment - now)


def _http_date(value: str | None) -> float | None:
    if not value:
        return None
    try:
        return email.utils.parsedate_to_datetime(value).timestamp()
    except (ValueError, OverflowError):
        return None
