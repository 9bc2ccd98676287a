"""A bucket as a value: where it is, who may use it, and the address of each object in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import parse_qs, quote, unquote, urlsplit

from redub.core.errors import UserError

LONGEST_LINK = 7 * 24 * 3600
"""Seconds after which every presigned address ends at the latest (AWS Signature Version 4)."""

_ADDRESSINGS = ("virtual", "path")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """One bucket with the key to it.

    :ivar endpoint: scheme and host of the storage, without the bucket: ``https://cos.ap-singapore.myqcloud.com``
    :ivar name: the bucket; at Tencent COS with the number behind it ("clips-1250000000")
    :ivar prefix: what every object's name begins with, "" or ending in a slash
    :ivar addressing: "virtual" puts the bucket before the host (COS wants it so), "path" behind it
    :ivar access_key_id: the public half of the key (SecretId at COS)
    :ivar secret: the secret half (SecretKey at COS)
    """

    endpoint: str
    region: str
    name: str
    prefix: str = ""
    addressing: str = "virtual"
    access_key_id: str
    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be spoken to."""
        if self.addressing not in _ADDRESSINGS:
            raise ValueError(self.addressing)
        parts = urlsplit(self.endpoint)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
            raise UserError(
                f"“{self.endpoint}” is not the address of an online storage.",
                why="It begins with https://, followed by a host and nothing behind it.",
                next_step="Correct the endpoint in the settings; for Tencent COS leave it empty.",
            )

    @property
    def base_url(self) -> str:
        """Return scheme and host of all requests to this bucket."""
        parts = urlsplit(self.endpoint)
        host = f"{self.name}.{parts.netloc}" if self.addressing == "virtual" else parts.netloc
        return f"{parts.scheme}://{host}"

    def path(self, key: str = "") -> str:
        """Return the percent-encoded path of the object `key`, or of the bucket itself."""
        encoded = quote(key, safe="/-_.~")
        return f"/{encoded}" if self.addressing == "virtual" else f"/{quote(self.name)}/{encoded}".rstrip("/")

    def key(self, name: str) -> str:
        """Return the key of an object called `name`."""
        prefix = self.prefix.strip("/")
        return f"{prefix}/{name}" if prefix else name

    def key_at(self, url: str) -> str | None:
        """Return the key of the object that `url` leads to, or None when it lies elsewhere."""
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" != self.base_url:
            return None
        before = self.path().rstrip("/") + "/"
        mine = before + quote(self.key(""), safe="/-_.~").lstrip("/")
        return unquote(parts.path.removeprefix(before)) if parts.path.startswith(mine) else None


def cos_endpoint(region: str) -> str:
    """Return the endpoint of Tencent COS in `region` ("ap-singapore", "accelerate")."""
    return f"https://cos.{region}.myqcloud.com"


def life_of(url: str) -> int | None:
    """Return for how many seconds a presigned address was made, or None for one that says nothing about it."""
    told = parse_qs(urlsplit(url).query).get("X-Amz-Expires", [""])[0]
    return int(told) if told.isdecimal() else None


def seconds_left(url: str, now: float) -> float | None:
    """Return how long a presigned address still lives, or None for one that says nothing about it."""
    life, told = life_of(url), parse_qs(urlsplit(url).query).get("X-Amz-Date", [""])[0]
    if life is None:
        return None
    try:
        signed = datetime.strptime(told, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return signed.timestamp() + life - now
