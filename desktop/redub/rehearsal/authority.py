"""Who may ask: the signature of a request, checked to the letter of the page on signing."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from urllib.parse import unquote

from redub.rehearsal.codes import InterfaceCode
from redub.rehearsal.key import Key
from redub.rehearsal.refusal import Refusal

CLOCK_LIMIT = 300.0
_SECONDS = re.compile(r"\d{1,12}", re.ASCII)
_UNESCAPED = re.compile(r"[+/=]")


def check_signature(query: str, key: Key, now: float) -> None:
    """Check the raw query string of a request against `key` at Unix time `now`.

    :raises Refusal: UNAUTHORIZED, with what is wrong
    """
    raw = _pairs(query)
    _check_presence(raw)
    if _UNESCAPED.search(raw["signature"]):
        raise _unauthorized("the signature is not URL-encoded: + / = stand as %2B %2F %3D")
    fields = {name: unquote(value) for name, value in raw.items()}
    _check_clock(fields["timestamp"], now)
    if not hmac.compare_digest(fields["appkey"].encode(), key.appkey.encode()):
        raise _unauthorized("the appkey is not known here")
    if not hmac.compare_digest(fields["signature"].encode(), _expected(fields, key).encode()):
        raise _unauthorized("the signature does not match")


def _pairs(query: str) -> dict[str, str]:
    """Split a query without decoding it: decoding would hide what was not encoded."""
    pairs = [part.partition("=") for part in query.split("&") if part]
    names = [unquote(name) for name, _, _ in pairs]
    if len(set(names)) != len(names):
        raise _unauthorized("a query parameter is there twice")
    return {name: value for name, (_, _, value) in zip(names, pairs, strict=True)}


def _check_presence(fields: Mapping[str, str]) -> None:
    for name in ("appkey", "timestamp", "signature"):
        if not fields.get(name):
            raise _unauthorized(f"the query has no {name}")


def _check_clock(timestamp: str, now: float) -> None:
    if not _SECONDS.fullmatch(timestamp):
        raise _unauthorized("timestamp is not a number of seconds")
    if abs(int(timestamp) - now) > CLOCK_LIMIT:
        raise _unauthorized("timestamp is more than five minutes from the service's clock")


def _expected(fields: Mapping[str, str], key: Key) -> str:
    signed = sorted((name, value) for name, value in fields.items() if name != "signature")
    text = "&".join(f"{name}={value}" for name, value in signed)
    digest = hmac.new(key.accesstoken.encode(), text.encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode("ascii")


def _unauthorized(text: str) -> Refusal:
    return Refusal(InterfaceCode.UNAUTHORIZED, text)
