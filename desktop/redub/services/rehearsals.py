"""The rehearsal service of this person: found when it runs, started when it does not, ended by its last user.

It is a process of its own. Its address lies in a state file, so that a second copy of the program uses the same
one, and every copy that uses it holds a lock of its own. Whoever leaves last ends it. When all were killed, its
lifeline (its stdin, which whoever started it holds) tells it that nobody is left, and it ends by itself. When it
dies, the next question starts it again, and the jobs that it had not finished go on there.

It is not run by `redub.media.process`, which lets no child outlive its starter: this one may, as long as another
copy of the program still uses it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import filelock
import msgspec

from redub.cloud import connections, faults
from redub.core.errors import EnvironmentFault
from redub.i18n import _
from redub.paths import Places, ensure
from redub.store.files import disk_errors, write_atomically
from redub.store.runs import Run

log = logging.getLogger(__name__)

STATE_NAME = "rehearsal.json"
LOG_NAME = "rehearsal.log"
SERVICE_NAME = "redub-rehearsal"
"""How it names itself (GET /health)."""
START_SECONDS = 60.0
STOP_SECONDS = 5.0
HEALTH_SECONDS = 3.0
LOOK_SECONDS = 0.5
_LOOK_AGAIN = 0.02
_PRIVATE = 0o600


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the service listens and the key that it takes."""

    base_url: str
    appkey: str
    accesstoken: str = field(repr=False)
    pid: int = 0


class _Health(msgspec.Struct):
    """What the service says about itself."""

    service: str = ""
    pid: int = 0


class Rehearsal:
    """The one rehearsal service of this person."""

    def __init__(self, places: Places, *, mark: bool = True, lips: bool = True, scenario: str = "") -> None:
        """Prepare; nothing is started before `ensure`.

        :param mark: results carry a small "REHEARSAL" mark
        :param lips: lips move with the speech, where this machine can look for faces
        :param scenario: what a service that is started here simulates: a name, the path of a file, "" for nothing
        """
        self._places = places
        self._mark = mark
        self._lips = lips
        self._scenario = scenario
        self._lock = asyncio.Lock()
        self._address: Address | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._user: Run | None = None

    @property
    def is_ours(self) -> bool:
        """Say whether the service was started here and still runs."""
        return self._child is not None and self._child.poll() is None

    async def ensure(self, *, port: int = 0) -> Address:
        """Return the address of the running service; it is started when there is none.

        :param port: where a new one listens; 0 lets the system choose
        :raises EnvironmentFault: it cannot be started
        """
        async with self._lock:
            if self._address is not None and (self.is_ours or await _answers(self._address)):
                return self._address
            async with self._alone():
                if self._user is None:
                    self._user = await asyncio.to_thread(Run, self._users)
                self._address = await self.find() or await self._start(port)
            return self._address

    async def find(self) -> Address | None:
        """Return the address of a service that somebody started and that answers."""
        address = await asyncio.to_thread(_read, self._state)
        return address if address is not None and await _answers(address) else None

    async def ended(self) -> str:
        """Wait for the service that was started here to end by itself, and return what it wrote last."""
        while self.is_ours:  # noqa: ASYNC110 - a process of its own sets no event
            await asyncio.sleep(LOOK_SECONDS)
        return await asyncio.to_thread(_last_words, self._log)

    async def aclose(self) -> None:
        """Use the service no more; it ends when nobody else uses it."""
        if self._user is None:
            return
        async with self._alone():
            others = await asyncio.to_thread(_others, self._users, self._user)
            await asyncio.to_thread(self._user.end)
            state = await asyncio.to_thread(_read, self._state)
            if not others and state is not None and state == self._address:
                await asyncio.to_thread(_end, state.pid)
                await asyncio.to_thread(_forget, self._state)
        if self._child is not None and self._child.stdin is not None:
            self._child.stdin.close()
        self._user = self._address = self._child = None

    @property
    def _state(self) -> Path:
        return self._places.runtime / STATE_NAME

    @property
    def _users(self) -> Path:
        return self._places.runtime / "rehearsal-users"

    @property
    def _log(self) -> Path:
        return self._places.logs / LOG_NAME

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        """Keep other copies of the program from starting or ending a service meanwhile."""
        with disk_errors(self._places.runtime, "could not be used"):
            path = ensure(self._places.runtime) / "rehearsal.lock"
            lock = filelock.FileLock(path, timeout=START_SECONDS, thread_local=False)
            try:
                await asyncio.to_thread(lock.acquire)
            except filelock.Timeout as exc:
                raise _no_start("Another copy of Redub is still starting it.", str(exc)) from exc
        try:
            yield
        finally:
            lock.release()

    async def _start(self, port: int) -> Address:
        child = await asyncio.to_thread(_spawn, self._command(port), self._log)
        line = await _first_line(child)
        try:
            address = msgspec.json.decode(line, type=Address)
        except msgspec.MsgspecError as exc:
            await asyncio.to_thread(_end, child.pid)
            detail = await asyncio.to_thread(_last_words, self._log)
            raise _no_start("It did not say where it listens.", detail or str(exc)) from exc
        if not await asyncio.to_thread(_stays, child, address.pid):
            return (
                address  # somebody else's, started by hand over the same folder: it is used, and left alone
            )
        data = msgspec.json.format(msgspec.json.encode(address))
        try:
            await asyncio.to_thread(write_atomically, self._state, data, mode=_PRIVATE)
        except BaseException:
            await asyncio.to_thread(_end, child.pid)  # nobody would find it to end it
            raise
        self._child = child
        log.info("The rehearsal service listens at %s", address.base_url)
        return address

    def _command(self, port: int) -> list[str]:
        module = ["rehearsal-service"] if getattr(sys, "frozen", False) else ["-m", "redub.rehearsal"]
        with disk_errors(self._places.data, "could not be created"):
            home = str(ensure(self._places.data))
        options = ["--home", home, "--port", str(port), "--lifeline", *([] if self._mark else ["--no-mark"])]
        lips = [] if self._lips else ["--no-lips"]
        scenario = ["--scenario", self._scenario] if self._scenario else []
        return [sys.executable, *module, *options, *lips, *scenario]


_children: dict[int, subprocess.Popen[bytes]] = {}
"""What was started by this process, by id: it is waited for here, whoever ends it."""


def _spawn(argv: list[str], log_path: Path) -> subprocess.Popen[bytes]:
    """Start the service in a group of its own: Ctrl+C in a terminal is for us; blocks."""
    with disk_errors(log_path, "could not be written"):
        ensure(log_path.parent)
        # Not a pipe: nobody would read it when the starter is gone.
        with log_path.open("wb") as words:
            child = subprocess.Popen(
                argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=words, **_own_group()
            )
    _children[child.pid] = child
    return child


def _own_group() -> dict[str, Any]:
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"process_group": 0}


async def _first_line(child: subprocess.Popen[bytes]) -> bytes:
    """Return the first line that the service writes, b"" when it ends or takes too long."""
    if child.stdout is None:
        return b""
    reading = asyncio.get_running_loop().run_in_executor(None, child.stdout.readline)
    try:
        async with asyncio.timeout(START_SECONDS):
            return await asyncio.shield(reading)
    except TimeoutError:
        child.kill()
        return b""
    except asyncio.CancelledError:
        child.kill()
        await asyncio.to_thread(_end, child.pid)
        raise
    finally:
        await asyncio.wait([reading])
        child.stdout.close()


def _stays(child: subprocess.Popen[bytes], pid: int) -> bool:
    """Say whether `child` is the service itself; one that finds another running names that one and ends; blocks."""
    if child.pid == pid:
        return True
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        return True  # a starter that stays in front of the program, as on Windows
    _end(child.pid)
    return False


def _others(users: Path, own: Run) -> bool:
    """Say whether another copy of the program uses the service; blocks."""
    others = [lock.stem for lock in users.glob("*.lock") if lock.stem != own.id]
    dead = [id for id in others if own.is_dead(id)]  # every one is asked, because asking clears the dead away
    return len(dead) < len(others)


def _end(pid: int) -> None:
    """Ask the service `pid` to end in order, and wait until it is gone; blocks."""
    with contextlib.suppress(OSError):
        os.kill(pid, signal.SIGTERM)
    child = _children.pop(pid, None)
    end = time.monotonic() + STOP_SECONDS
    while time.monotonic() < end:
        if child.poll() is not None if child else not _runs(pid):
            break
        time.sleep(_LOOK_AGAIN)
    if child is not None:
        child.kill()  # without effect on one that has ended
        child.wait()
        if child.stdin is not None:
            child.stdin.close()


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def _last_words(path: Path) -> str:
    """Return the end of the service's log; blocks."""
    try:
        return path.read_bytes()[-2000:].decode("utf-8", errors="replace").strip()
    except OSError:
        return ""


async def _answers(address: Address) -> bool:
    """Say whether the service at `address` is there (GET /health), and not another program at its old port."""
    try:
        async with asyncio.timeout(HEALTH_SECONDS), connections.open_client(address.base_url) as client:
            response = await client.get(f"{address.base_url}/health")
            health = msgspec.json.decode(response.content, type=_Health)
    except (*faults.FOREIGN, msgspec.MsgspecError):
        return False
    return bool(response.is_success) and (health.service, health.pid) == (SERVICE_NAME, address.pid)


def _read(state: Path) -> Address | None:
    try:
        return msgspec.json.decode(state.read_bytes(), type=Address)
    except (OSError, msgspec.MsgspecError):
        return None


def _forget(state: Path) -> None:
    with contextlib.suppress(OSError):
        state.unlink()


def _no_start(why: str, detail: str) -> EnvironmentFault:
    return EnvironmentFault(
        _("The rehearsal service could not be started."),
        why=why,
        next_step=_("Try it again; the details say what it wrote last."),
        detail=detail,
    )
