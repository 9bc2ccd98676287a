"""Make the httpx clients that all here speak through: one place for certificates, proxies and patience."""

from __future__ import annotations

import functools
import ssl
from dataclasses import dataclass

import httpx

from redub import __version__
from redub.cloud.sites import is_loopback
from redub.core.errors import EnvironmentFault

USER_AGENT = f"redub/{__version__}"
_TIMEOUT = httpx.Timeout(connect=10.0, read=60.0, write=60.0, pool=10.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """How this program speaks to other computers.

    :ivar allowed: False keeps it to itself: only this computer may be spoken to
    :ivar proxy: address of a proxy for all connections, "" for what the computer names
    :ivar ca_file: PEM file of certificates that are trusted besides the usual ones, "" for none
    """

    allowed: bool = True
    proxy: str = ""
    ca_file: str = ""


_network = Network()


def use_network(network: Network) -> None:
    """Let every client that is opened from now on speak through `network`; for the composition root."""
    global _network
    _network = network


def open_client(
    base_url: str,
    *,
    transport: httpx.AsyncBaseTransport | None = None,
    keep_alive: bool = True,
    timeout: httpx.Timeout = _TIMEOUT,
) -> httpx.AsyncClient:
    """Return a client for `base_url`, which follows no redirect by itself.

    The proxy of the settings or else this computer's is used, but never for this computer itself.

    :param keep_alive: False opens a fresh connection for every request: one that has been idle may be closed
        by the other side just as a request is sent, and then nobody knows whether it arrived
    :raises EnvironmentFault: the network is switched off, or proxy or certificates cannot be used
    """
    near = is_loopback(base_url)
    if not (near or _network.allowed):
        raise _switched_off()
    limits = httpx.Limits(max_connections=20, max_keepalive_connections=20 if keep_alive else 0)
    try:
        return httpx.AsyncClient(
            transport=transport,
            headers={"User-Agent": USER_AGENT},
            timeout=timeout,
            limits=limits,
            verify=_certificates("" if near else _network.ca_file),
            proxy=None if near or transport is not None else _network.proxy or None,
            trust_env=not near,
        )
    except (ImportError, ValueError) as exc:
        raise _proxy_fault(exc) from exc


@functools.cache
def _certificates(ca_file: str) -> ssl.SSLContext:
    """Load the trusted certificates once: it takes longer than making all the clients."""
    context = httpx.create_ssl_context()
    if ca_file:
        try:
            context.load_verify_locations(cafile=ca_file)
        except (OSError, ssl.SSLError) as exc:
            raise EnvironmentFault(
                "The file of certificates cannot be used.",
                why=f"{ca_file} is not there, or holds no certificates in PEM form.",
                next_step="Choose another file in the settings, on the page of the network.",
                detail=f"{type(exc).__name__}: {exc}",
            ) from exc
    return context


def _switched_off() -> EnvironmentFault:
    return EnvironmentFault(
        "Nothing was sent: the network is switched off.",
        why="This program was told to speak to this computer only.",
        next_step="Allow the network in the settings, and start without --disable-networking.",
    )


def _proxy_fault(exc: Exception) -> EnvironmentFault:
    return EnvironmentFault(
        "The proxy of this computer cannot be used.",
        why="It is of a kind that this program does not know (SOCKS, or an address that is none).",
        next_step="Check the proxy in the settings, and the variables HTTP_PROXY, HTTPS_PROXY and ALL_PROXY.",
        detail=f"{type(exc).__name__}: {exc}",
    )
