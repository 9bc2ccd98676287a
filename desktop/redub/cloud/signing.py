"""Sign a request to the service: HMAC-SHA256 over the sorted query, Base64, percent-encoded.

The body is not signed. The signature is made over raw values; only what goes into the address is
percent-encoded, once. Without that encoding authentication fails now and then: for signatures with a "+".
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Credentials:
    """An account's key pair: `appkey` is public, `accesstoken` is secret and never leaves this machine."""

    appkey: str
    accesstoken: str = field(repr=False)


def signature(text: str, accesstoken: str) -> str:
    """Return the Base64 signature of `text`; the accesstoken is used as it is written, not as hex."""
    digest = hmac.new(accesstoken.encode(), text.encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode("ascii")


def signed_query(appkey: str, accesstoken: str, timestamp: int) -> str:
    """Return the whole query string, ready for the address: appkey, timestamp (Unix seconds), signature."""
    sign = signature(f"appkey={appkey}&timestamp={timestamp}", accesstoken)
    return f"appkey={quote(appkey, safe='')}&timestamp={timestamp}&signature={quote(sign, safe='')}"
