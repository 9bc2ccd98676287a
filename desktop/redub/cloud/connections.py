"""Make the httpx clients that all here speak through: one place for certificates, proxies and patience."""

from __future__ import annotations

import functools
import ssl

import httpx

from redub import __version__
from redub.cloud.sites import is_loopback
from redub.core.errors import EnvironmentFault

USER_AGENT = f"redub/{__version__}"
_TIMEOUT = httpx.Timeout(connect=10.0, read=60.0, write=60.0, pool=10.0)


def open_client(
    base_url: str,
    *,
    transport: httpx.AsyncBaseTransport | None = None,
    keep_alive: bool = True,
    timeout: httpx.Timeout = _TIMEOUT,
) -> httpx.AsyncClient:
    """Return a client for `base_url`, which follows no redirect by itself.

    This computer's proxies are used, but never for this computer itself.

    :param keep_alive: False opens a fresh connection for every request: one that has been idle may be closed
        by the other side just as a request is sent, and then nobody knows whether it arrived
    :raises EnvironmentFault: the proxy that this computer names cannot be used
    """
    limits = httpx.Limits(max_connections=20, max_keepalive_connections=20 if keep_alive else 0)
    try:
        return httpx.AsyncClient(
            transport=transport,
            headers={"User-Agent": USER_AGENT},
            timeout=timeout,
            limits=limits,
            verify=_certificates(),
            trust_env=not is_loopback(base_url),
        )
    except (ImportError, ValueError) as exc:
        raise _proxy_fault(exc) from exc


@functools.cache
def _certificates() -> ssl.SSLContext:
    """Load the trusted certificates once: it takes longer than making all the clients."""
    return httpx.create_ssl_context()


def _proxy_fault(exc: Exception) -> EnvironmentFault:
    return EnvironmentFault(
        "The proxy that this computer names cannot be used.",
        why="It is of a kind that this program does not know (SOCKS, or an address that is none).",
        next_step="Check the environment variables HTTP_PROXY, HTTPS_PROXY and ALL_PROXY.",
        detail=f"{type(exc).__name__}: {exc}",
    )
