"""The service as a process: its port, its life, and how others find it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import FrameType

import msgspec
import uvicorn
from filelock import FileLock, Timeout
from starlette.types import ASGIApp, Receive, Scope, Send

from redub.core.errors import EnvironmentFault
from redub.paths import ensure
from redub.rehearsal.application import make_application
from redub.rehearsal.connection import CuttableProtocol
from redub.rehearsal.records import write_record
from redub.rehearsal.service import Service
from redub.rehearsal.settings import Settings

logger = logging.getLogger(__name__)

HOST = "127.0.0.1"
ADDRESS_FILE = "address.json"
_PORT_FILE = "port.json"
_QUIET_SECONDS = 10.0
_GRACE_SECONDS, _ASKED_GRACE_SECONDS = 3.0, 0.6
_KEEP_ALIVE = 4
_LOOK_EVERY = 0.2


@dataclass(frozen=True, slots=True)
class Address:
    """Where a service listens and with which key; one line of JSON."""

    base_url: str
    appkey: str
    accesstoken: str = field(repr=False)
    pid: int

    def line(self) -> str:
        """Return the line that a starter reads."""
        return json.dumps(asdict(self))


def serve(
    settings: Settings,
    *,
    port: int = 0,
    lifeline: bool = False,
    announce: Callable[[Address], None],
) -> None:
    """Serve until a signal comes, or, with `lifeline`, until stdin was closed and nobody asks any more; blocking.

    Where a service for the same folder runs already, its address is announced and nothing is started.

    :param port: 0 takes the one of last time where it is free, so that old addresses stay good, else any
    :param announce: is told the address once, when requests are answered
    :raises EnvironmentFault: the folder or the port cannot be used
    """
    lock = FileLock(_folder(settings) / "lock", timeout=0)
    try:
        with lock:
            _serve_alone(settings, port, lifeline, announce)
    except Timeout:
        announce(_running(settings.folder))


def _folder(settings: Settings) -> Path:
    try:
        return ensure(settings.folder)
    except OSError as exc:
        raise EnvironmentFault(
            "The rehearsal service cannot use its folder.",
            why=exc.strerror or "",
            next_step=f"Make {settings.folder} writable, or choose another folder.",
            detail=str(exc),
        ) from exc


def _serve_alone(settings: Settings, port: int, lifeline: bool, announce: Callable[[Address], None]) -> None:
    (settings.folder / ADDRESS_FILE).unlink(missing_ok=True)  # of a service that was killed
    with contextlib.closing(_listen(settings.folder, port)) as listener:
        service = Service(settings, f"http://{HOST}:{listener.getsockname()[1]}")
        address = Address(service.base_url, service.key.appkey, service.key.accesstoken, os.getpid())
        activity = Activity(make_application(service))
        server = _Server(activity, lambda: _ready(settings.folder, listener, address, announce))
        service.start()
        try:
            asyncio.run(_life(server, activity, listener, lifeline))
        finally:
            (settings.folder / ADDRESS_FILE).unlink(missing_ok=True)
            service.stop()


def _ready(
    folder: Path, listener: socket.socket, address: Address, announce: Callable[[Address], None]
) -> None:
    write_record(folder / _PORT_FILE, listener.getsockname()[1])
    write_record(folder / ADDRESS_FILE, address)
    announce(address)


def _running(folder: Path) -> Address:
    """Return the address of the service that holds the lock; it may just be starting."""
    end = time.monotonic() + _QUIET_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            return msgspec.json.decode((folder / ADDRESS_FILE).read_bytes(), type=Address)
        time.sleep(_LOOK_EVERY)
    raise EnvironmentFault(
        "Another rehearsal service holds this folder and does not say where it listens.",
        next_step="Wait a moment and try again.",
        detail=str(folder),
    )


def _listen(folder: Path, port: int) -> socket.socket:
    """Bind a socket on the loopback address."""
    wanted = [port] if port else [_last_port(folder), 0]
    for number in wanted:
        with contextlib.suppress(OSError):
            return _bound(number)
    raise EnvironmentFault(
        f"The rehearsal service cannot listen on port {port}.",
        why="Another program uses it, or this machine does not allow it.",
        next_step="Choose another port, or none.",
    )


def _bound(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        # Elsewhere than on Windows this only means: do not wait for connections of a former run to fade.
        exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)
        listener.setsockopt(socket.SOL_SOCKET, exclusive or socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
    except OSError:
        listener.close()
        raise
    return listener


def _last_port(folder: Path) -> int:
    try:
        port = msgspec.json.decode((folder / _PORT_FILE).read_bytes(), type=int)
    except (OSError, msgspec.MsgspecError):
        return 0
    return port if 1024 <= port <= 65535 else 0


class Activity:
    """Wraps the application and remembers when somebody asked last."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.last = 0.0
        self.open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        self.open += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self.open -= 1
            self.last = time.monotonic()


class _Server(uvicorn.Server):
    """Uvicorn with our own way to say that it is ready and to end with exit code 0."""

    def __init__(self, app: ASGIApp, ready: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                lifespan="off",
                ws="none",
                http=CuttableProtocol,
                log_config=None,
                access_log=False,
                server_header=False,
                date_header=False,
                timeout_keep_alive=_KEEP_ALIVE,
                timeout_graceful_shutdown=2,
            )
        )
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, then say so."""
        await super().startup(sockets)
        if self.started:
            self._ready()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End in order on SIGINT and SIGTERM, without raising the signal again afterwards."""

        def leave(_number: int, _frame: FrameType | None) -> None:
            self.should_exit = True

        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, leave) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


async def _life(server: _Server, activity: Activity, listener: socket.socket, lifeline: bool) -> None:
    async with asyncio.TaskGroup() as group:
        watch = group.create_task(_watch(server, activity)) if lifeline else None
        await server.serve(sockets=[listener])
        if watch:
            watch.cancel()


async def _watch(server: _Server, activity: Activity) -> None:
    """Wait until stdin is closed and everybody is quiet, then let the server end."""
    closed, grace = await _stdin_closed()
    while not _may_leave(server, activity, closed, grace):  # noqa: ASYNC110 - time itself is waited for
        await asyncio.sleep(_LOOK_EVERY)
    logger.info("The starter is gone and nobody asks: the service ends.")
    server.should_exit = True


def _may_leave(server: _Server, activity: Activity, closed: float, grace: float) -> bool:
    """Say whether nobody is left who needs the service, so that it may end `grace` seconds after stdin was `closed`.

    Whoever asks after the starter is gone is somebody else, and so is a connection that stays open; those that the
    starter left behind are closed after the keep-alive time.
    """
    now = time.monotonic()
    if activity.open or server.server_state.connections or now - closed < grace:
        return False
    return activity.last <= closed or now - activity.last >= _QUIET_SECONDS


async def _stdin_closed() -> tuple[float, float]:
    """Return the moment (monotonic) at which stdin was closed, and how many seconds to wait for others who ask.

    A starter that ends in order says "q" first, as to every child of it, and waits for us: others get less time.
    """
    loop, closed = asyncio.get_running_loop(), asyncio.Event()
    said = bytearray()

    def read() -> None:
        with contextlib.suppress(OSError, ValueError):
            while piece := os.read(sys.stdin.fileno(), 64):
                said[:] = piece
        with contextlib.suppress(RuntimeError):  # the loop has ended already
            loop.call_soon_threadsafe(closed.set)

    # A daemon: reading a pipe cannot be interrupted on every platform, and it must not keep the process alive.
    threading.Thread(target=read, name="rehearsal-lifeline", daemon=True).start()
    await closed.wait()
    return time.monotonic(), _ASKED_GRACE_SECONDS if said.endswith(b"q") else _GRACE_SECONDS
