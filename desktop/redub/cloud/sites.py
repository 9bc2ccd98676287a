"""The services that a creator can choose, as values: where they are and what they can do.

To add one: 1. give it a `Site` here and a place in SITES; 2. add its table in `redub.core.limits`;
3. name it in the settings' choices (`redub.store.settings`).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from urllib.parse import urlsplit

from redub.core.errors import UserError


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One service.

    :ivar name: stays the same in settings, shots and the task store
    :ivar title: what the creator reads
    :ivar base_url: scheme, host and port, "" while it is only known at run time
    :ivar shelf: the service takes files itself (PUT /shelf/…), so that no storage is needed
    """

    name: str
    title: str
    base_url: str
    shelf: bool = False


INTERNATIONAL = Site(
    name="international", title="Tencent Cloud International", base_url="https://gw-sg.tvs.qq.com"
)
CHINA = Site(name="china", title="Tencent Cloud China", base_url="https://gw.tvs.qq.com")
REHEARSAL = Site(name="rehearsal", title="Rehearsal", base_url="", shelf=True)

SITES: Mapping[str, Site] = MappingProxyType({site.name: site for site in (INTERNATIONAL, CHINA, REHEARSAL)})


def rehearsal(base_url: str) -> Site:
    """Return the rehearsal site at the address that its service has announced."""
    return replace(REHEARSAL, base_url=checked_base_url(base_url))


def custom(base_url: str) -> Site:
    """Return a site at any address.

    A service on this machine is taken to have a shelf, as the rehearsal service has; others have none.
    """
    checked = checked_base_url(base_url)
    return Site(name="custom", title=checked, base_url=checked, shelf=is_loopback(checked))


def checked_base_url(base_url: str) -> str:
    """Return `base_url` without a closing slash; UserError when it is not the address of a service."""
    cleaned = base_url.strip().rstrip("/")
    if _is_service_address(cleaned):
        return cleaned
    raise UserError(
        f"“{base_url}” is not the address of a service.",
        why="An address begins with https:// (or http://), followed by the name of the service.",
        next_step="Check the address in the settings, or choose one of the known services.",
    )


def is_loopback(url: str) -> bool:
    """Say whether `url` leads to this machine, where no proxy may stand in between."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_service_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        known_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    plain = not (parts.query or parts.fragment or parts.username) and not any(c.isspace() for c in text)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and known_port and plain
