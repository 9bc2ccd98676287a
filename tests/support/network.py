"""No test reaches anything but this machine: every other address is refused, and the test that tried fails.

It guards Python's sockets in the test process; what Qt, libvlc or a child program opens is not seen here.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest

_attempts: list[str] = []
_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex
_getaddrinfo = socket.getaddrinfo


class NetworkUsed(RuntimeError):
    """Raised in place of a connection that would leave this machine."""


def _is_local_host(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name is None or name in ("", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(str(name).partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _refuse(host: object) -> None:
    _attempts.append(str(host))
    raise NetworkUsed(f"A test tried to reach {host!s}: tests speak to loopback only.")


def _guarded(original: Callable[..., Any]) -> Callable[..., Any]:
    def call(self: socket.socket, address: Any) -> Any:
        inet = self.family in (socket.AF_INET, socket.AF_INET6)
        if inet and not _is_local_host(address[0]):
            _refuse(address[0])
        return original(self, address)

    return call


def _guarded_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
    if not _is_local_host(host):
        _refuse(host)
    return _getaddrinfo(host, *args, **kwargs)


def pytest_configure() -> None:
    """Put the guards in place for the whole run, collection included."""
    for name, original in (("connect", _connect), ("connect_ex", _connect_ex)):
        setattr(socket.socket, name, _guarded(original))
    socket.getaddrinfo = _guarded_getaddrinfo


def pytest_unconfigure() -> None:
    """Take the guards away."""
    for name, original in (("connect", _connect), ("connect_ex", _connect_ex)):
        setattr(socket.socket, name, original)
    socket.getaddrinfo = _getaddrinfo


@pytest.fixture(autouse=True)
def _loopback_only() -> Iterator[None]:
    """Fail the test that tried to leave, even where the code under test swallowed the refusal."""
    _attempts.clear()
    yield
    tried = sorted(set(_attempts))
    if tried:
        pytest.fail(
            f"The test tried to reach {', '.join(tried)}: tests speak to loopback only.", pytrace=False
        )
