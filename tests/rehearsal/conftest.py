from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from redub.rehearsal.application import make_application
from redub.rehearsal.service import Service
from redub.rehearsal.settings import Settings
from rehearsal.caller import Caller
from rehearsal.processes import Process, Start

NOW = 1_700_000_000
BASE = "http://127.0.0.1:4567"

Calling = Callable[[Service], AbstractAsyncContextManager[Caller]]


class Clock:
    def __init__(self) -> None:
        self.now = float(NOW)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make_service(tmp_path: Path, clock: Clock) -> Iterator[Callable[..., Service]]:
    """Return a function that makes a service; services that were started are stopped in the end."""
    made: list[Service] = []

    def make(**settings: Any) -> Service:
        chosen: dict[str, Any] = {"home": tmp_path / "home", "clock": clock, "lips": False, **settings}
        made.append(Service(Settings(**chosen), BASE))
        return made[-1]

    yield make
    for service in made:
        service.stop()


@pytest.fixture
def service(make_service: Callable[..., Service]) -> Service:
    """Return a service whose lanes do not run: what it accepts stays in the queue."""
    return make_service()


@pytest.fixture
def calling(clock: Clock) -> Calling:
    """Return a caller of a service in this process, through its ASGI application."""

    @asynccontextmanager
    async def open_caller(service: Service) -> Any:
        transport = httpx.ASGITransport(make_application(service), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as http:
            yield Caller(http, service.key.appkey, service.key.accesstoken, round(clock.now))

    return open_caller


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Return a function that starts a service in the test's folder."""
    started: list[Process] = []

    def begin(*options: str) -> Process:
        started.append(Process(tmp_path / "home", *options))
        return started[-1]

    yield begin
    for process in started:
        if process.child.poll() is None:
            process.end(signal.SIGKILL)
