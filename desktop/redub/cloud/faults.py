"""Map what can go wrong on the way to the service to the errors that a creator reads; only here is this done.

The one question that matters for a paid job is whether the request can have been taken:

    before the first byte was sent (no name, no connection, no certificate, no proxy)   Unreachable
    an answer with a code that says that nothing was made                               Refused
    401, 403 or 429 without a code: turned away at the door, before the job was read     Refused
    everything else after the first byte: lost, late, 5xx, 3xx, HTML, no code           Unclear

Questions (progress, voices) can be asked again at any time: there the last two are plain CloudFaults.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from urllib.parse import urlsplit

import httpx

from redub.cloud.answers import Answer
from redub.cloud.codes import interface_code
from redub.core.errors import CloudFault, Refused, Unclear, Unreachable
from redub.log import without_secrets

CLOCK_LIMIT_SECONDS = 300.0
"""The service refuses signatures that are further off than this (INT 62085)."""

FOREIGN = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, TimeoutError)
"""Whatever httpx and the layers under it may raise."""

_BEFORE_SENDING = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
_MAY_BE_MADE = "Look into your account, then say whether it was made; it is not sent again by itself."
_NOTHING_ORDERED = "Nothing was ordered by this; it can be tried again."
_ASK_AGAIN = "It can be tried again at any time; nothing was ordered by it."
_TURNED_AWAY = frozenset({401, 403, 429})


def transport_fault(exc: Exception, base_url: str, *, paid: bool) -> CloudFault:
    """Return the error for a foreign exception raised while speaking with `base_url`.

    :param paid: the request would make something that costs, so its outcome must be known
    """
    host = urlsplit(base_url).hostname or base_url
    detail = without_secrets(f"{type(exc).__name__}: {exc}")
    if isinstance(exc, _BEFORE_SENDING):
        return _unreachable(exc, host, detail)
    late = isinstance(exc, httpx.TimeoutException | TimeoutError)
    why = f"{host} did not answer in time." if late else f"The connection to {host} broke off."
    if paid:
        return Unclear(
            "It is not known whether the service took the job.",
            why=why,
            next_step=_MAY_BE_MADE,
            detail=detail,
        )
    return CloudFault("The service gave no answer.", why=why, next_step=_ASK_AGAIN, detail=detail)


def answer_fault(answer: Answer, base_url: str, *, paid: bool) -> CloudFault | None:
    """Return the error that `answer` stands for, or None when it says success (code 0 with a 2xx status)."""
    if answer.code == 0 and 200 <= answer.status < 300:
        return None
    if answer.code and answer.status < 500:
        return _coded(answer, paid=paid)
    return _without_code(answer, base_url, paid=paid)


def missing_fault(answer: Answer, missing: str, *, paid: bool) -> CloudFault:
    """Return the error for an answer that says success but lacks what was asked for."""
    why = f"It said that all is well, but left out {missing}."
    if paid:
        return Unclear(
            "It is not known whether the service took the job.",
            why=why,
            next_step=_MAY_BE_MADE,
            detail=answer.detail,
            status=answer.status,
            request_id=answer.request_id,
            answer=answer.body,
        )
    return CloudFault(
        "The service's answer is not complete.", why=why, next_step=_ASK_AGAIN, detail=answer.detail
    )


def clock_sentence(skew: float | None) -> str:
    """Say how far this computer's clock is off, or "" while it is near enough."""
    if skew is None or abs(skew) <= CLOCK_LIMIT_SECONDS:
        return ""
    direction = "ahead" if skew > 0 else "behind"
    return f"This computer's clock is {_span(abs(skew))} {direction}; the service allows five minutes."


def _span(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes} minutes" if minutes < 120 else f"{round(minutes / 60)} hours"


def _unreachable(exc: Exception, host: str, detail: str) -> Unreachable:
    why, next_step = why_unreachable(exc, host)
    return Unreachable(
        "The service could not be reached; nothing was sent.", why=why, next_step=next_step, detail=detail
    )


def why_unreachable(exc: Exception, host: str) -> tuple[str, str]:
    """Say what stood in the way, from the innermost exception that tells."""
    chain = _chain(exc)
    words = " ".join(f"{type(link).__name__} {link}" for link in chain).lower()
    if "certificate" in words:
        return (
            f"The identity of {host} could not be confirmed (its certificate is not trusted here).",
            "Check this computer's date, and whether a company network or virus scanner reads your traffic.",
        )
    if "ssl" in words or any(isinstance(link, ssl.SSLError) for link in chain):
        return (f"{host} offers no secure connection (TLS).", "Check the service's address in the settings.")
    if isinstance(exc, httpx.ProxyError):
        return (
            "The proxy of this network did not let the connection through.",
            "Check the proxy settings of this computer.",
        )
    if (
        "name or service" in words
        or "getaddrinfo" in words
        or "nodename" in words
        or "name resolution" in words
    ):
        return (
            f"The name {host} could not be found.",
            "Check the internet connection and the service's address.",
        )
    if isinstance(exc, httpx.TimeoutException):
        return (
            f"{host} did not take the connection in time.",
            "Check the internet connection, then try again.",
        )
    if isinstance(exc, httpx.UnsupportedProtocol | httpx.InvalidURL):
        return ("The service's address is not written as one.", "Check the address in the settings.")
    return (f"{host} does not take connections.", "Check the internet connection, then try again.")


def _chain(exc: BaseException) -> list[BaseException]:
    links: list[BaseException] = []
    link: BaseException | None = exc
    while link is not None and link not in links:
        links.append(link)
        link = link.__cause__ or link.__context__
    return links


def _coded(answer: Answer, *, paid: bool) -> CloudFault:
    """Map an answer with a code by the table of interface codes."""
    code = answer.code or 0
    meaning = interface_code(code)
    kind: Callable[..., CloudFault] = CloudFault
    why, next_step = meaning.why, meaning.next_step
    if paid:
        kind = Refused if meaning.refusal else Unclear
    elif not meaning.refusal:
        why, next_step = "", _NOTHING_ORDERED
    if clock_sentence(answer.skew):
        why, next_step = clock_sentence(answer.skew), "Set this computer's clock, then try again."
    return kind(
        meaning.what,
        why=why,
        next_step=next_step,
        detail=answer.detail,
        code=code,
        retry_after=answer.retry_after,
        status=answer.status,
        request_id=answer.request_id,
        answer=answer.body,
    )


def _without_code(answer: Answer, base_url: str, *, paid: bool) -> CloudFault:
    """Map an answer that has no code, or one that a broken server cannot be trusted with."""
    what, why, next_step = _status_sentences(answer, urlsplit(base_url).hostname or base_url)
    if not paid:
        kind: Callable[..., CloudFault] = CloudFault
    elif answer.status in _TURNED_AWAY:
        kind = Refused
    else:
        kind, next_step = Unclear, f"{next_step} {_MAY_BE_MADE}".strip()
    return kind(
        what,
        why=why,
        next_step=next_step,
        detail=answer.detail,
        code=answer.code,
        retry_after=answer.retry_after,
        status=answer.status,
        request_id=answer.request_id,
        answer=answer.body,
    )


def _status_sentences(answer: Answer, host: str) -> tuple[str, str, str]:
    """Return what, why and next step for an answer that only its HTTP status explains."""
    status = answer.status
    if status in {401, 403}:
        clock = clock_sentence(answer.skew)
        why = clock or "The appkey and the accesstoken were not accepted."
        next_step = "Set this computer's clock, then try again." if clock else "Check both in the settings."
        return ("The service did not let this account in.", why, next_step)
    if status == 429:
        return (
            "The service was asked too often.",
            "It takes only so many requests at a time.",
            "Wait a moment.",
        )
    if 300 <= status < 400:
        return (
            "Something other than the service answered.",
            f"{host} sends the request elsewhere; a network's sign-in page does that.",
            "Open a page in the browser to see whether this network wants you to sign in.",
        )
    if status in {404, 405}:
        return (
            "The service was not found at this address.",
            f"{host} answers, but does not know this request.",
            "Check the service's address in the settings.",
        )
    if status >= 500:
        return ("The service is out of order.", f"{host} reports a fault of its own (HTTP {status}).", "")
    return ("The service's answer could not be understood.", f"{host} did not answer in the agreed form.", "")
