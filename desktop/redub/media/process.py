"""Run a child process that never outlives us: asked to stop, then told to, then killed, and always reaped."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from dataclasses import dataclass

from redub.core.errors import EnvironmentFault

log = logging.getLogger(__name__)

LAST_LINES = 40
PATIENCE = 3.0
"""Seconds between asking a child to stop, terminating it, and killing it."""
_LINE_LIMIT = 1024 * 1024
_TIE = (
    "import ctypes,os,signal,sys;ctypes.CDLL(None).prctl(1,signal.SIGKILL);"
    "os.getppid()==int(sys.argv[1]) or sys.exit(1);os.execv(sys.argv[2],sys.argv[2:])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a child ended.

    :ivar label: what it was for, in the creator's words
    :ivar argv: what was run
    :ivar returncode: 0 when all went well; negative: ended by that signal
    :ivar last_lines: the last lines that it wrote to stderr
    :ivar seconds: how long it ran
    """

    label: str
    argv: tuple[str, ...]
    returncode: int
    last_lines: tuple[str, ...]
    seconds: float

    @property
    def ok(self) -> bool:
        """Say whether the child did what it was asked to."""
        return self.returncode == 0

    @property
    def detail(self) -> str:
        """Return the command and the child's last words, for copying."""
        return "\n".join((command_line(self.argv), *self.last_lines))

    def __str__(self) -> str:
        """Say in one line how it ended."""
        end = "done" if self.ok else f"failed with {self.returncode}"
        last = "" if self.ok or not self.last_lines else f": {self.last_lines[-1]}"
        return f"{self.label}: {end} after {self.seconds:.1f} s{last}"


def command_line(argv: Sequence[str]) -> str:
    """Return `argv` as it can be pasted into a terminal of this system."""
    return subprocess.list2cmdline(argv) if os.name == "nt" else shlex.join(argv)


async def run(
    argv: Sequence[str],
    *,
    on_line: Callable[[str], None] | None = None,
    label: str,
    patience: float = PATIENCE,
) -> Outcome:
    """Run `argv` to its end and return how it ended; a failing child raises nothing.

    When the caller is cancelled the child gets "q" (ffmpeg closes its file then), after `patience` seconds a
    request to terminate, after as many more it is killed; it is gone before the cancellation goes on.

    :param on_line: is given each line of stdout, without its end
    :raises EnvironmentFault: the program is missing or may not be run
    """
    begun = time.monotonic()
    child = await _start(argv, label)
    lines: deque[str] = deque(maxlen=LAST_LINES)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(_each_line(child.stdout, on_line or _forget))
            group.create_task(_each_line(child.stderr, lines.append))
            group.create_task(child.wait())
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from errors
    finally:
        await _stop(child, patience)
    outcome = Outcome(
        label=label,
        argv=tuple(argv),
        returncode=child.returncode if child.returncode is not None else -1,
        last_lines=tuple(lines),
        seconds=time.monotonic() - begun,
    )
    log.info("%s", outcome)
    return outcome


async def lines(argv: Sequence[str], *, label: str) -> AsyncGenerator[str, None]:
    """Run `argv` and yield each line of its stdout; closing the generator ends the child as cancelling `run` does.

    Its reader sets the pace: a child that writes faster than its lines are taken waits.

    :raises EnvironmentFault: the program is missing or may not be run, or it ended with another code than 0
    """
    child = await _start(argv, label)
    last: deque[str] = deque(maxlen=LAST_LINES)
    listening = asyncio.ensure_future(_each_line(child.stderr, last.append))  # noqa: TID251 - ended below
    try:
        async for line in _lines(child.stdout):
            yield line
        await listening
        if await child.wait() != 0:
            raise EnvironmentFault(
                f"{label} was broken off.",
                why="The program for it ended before it was done.",
                next_step="Try again; if that does not help, copy the details and report them.",
                detail="\n".join((command_line(argv), *last)),
            )
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await _stop(child, PATIENCE)


async def _start(argv: Sequence[str], label: str) -> asyncio.subprocess.Process:
    program = shutil.which(argv[0])
    if program is None:
        raise _cannot_run(argv, label, "it is missing or may not be run")
    pipe = asyncio.subprocess.PIPE
    full = _tied([program, *argv[1:]])
    try:
        if os.name == "nt":
            return await asyncio.create_subprocess_exec(
                *full, stdin=pipe, stdout=pipe, stderr=pipe, limit=_LINE_LIMIT
            )
        # A group of its own: Ctrl+C in the terminal reaches us, and we stop the child in order.
        return await asyncio.create_subprocess_exec(
            *full, stdin=pipe, stdout=pipe, stderr=pipe, limit=_LINE_LIMIT, process_group=0
        )
    except OSError as exc:
        raise _cannot_run(argv, label, str(exc)) from exc


def _cannot_run(argv: Sequence[str], label: str, reason: str) -> EnvironmentFault:
    return EnvironmentFault(
        f"{label}: the program for it cannot be started.",
        why=f"{argv[0]}: {reason}.",
        next_step="Run “redub doctor” to see what is missing and how to get it.",
        detail=command_line(argv),
    )


def _tied(argv: list[str]) -> list[str]:
    """Let Linux kill the child when we are killed (PR_SET_PDEATHSIG).

    By a tiny program in between that becomes the child, because `preexec_fn` runs Python between fork and
    exec, which may lock up beside threads and warns since Python 3.12.
    """
    if not sys.platform.startswith("linux"):
        return argv
    setpriv = shutil.which("setpriv")
    if setpriv:
        return [setpriv, "--pdeathsig", "KILL", "--", *argv]
    if getattr(sys, "frozen", False):
        return argv
    return [sys.executable, "-I", "-S", "-c", _TIE, str(os.getpid()), *argv]


async def _each_line(stream: asyncio.StreamReader | None, take: Callable[[str], object]) -> None:
    async for line in _lines(stream):
        take(line)


async def _lines(stream: asyncio.StreamReader | None) -> AsyncIterator[str]:
    while stream is not None:
        try:
            line = await stream.readline()
        except ValueError:  # a line over the limit; readline has thrown it away
            continue
        if not line:
            return
        yield line.decode("utf-8", "replace").rstrip("\r\n")


async def _stop(child: asyncio.subprocess.Process, patience: float) -> None:
    """End `child` in order if it still runs, and wait for it; a second cancellation shortens the order."""
    try:
        for ask in (_ask_to_quit, _terminate):
            if child.returncode is not None:
                break
            ask(child)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(patience):
                    await child.wait()
    finally:
        if child.returncode is None:
            _kill(child)
        await _reap(child)


async def _reap(child: asyncio.subprocess.Process) -> None:
    """Wait until the child is gone and its pipes are closed, cancelled or not."""
    cancelled = False
    while True:
        try:
            await child.wait()
            await asyncio.gather(*(pipe.read() for pipe in (child.stdout, child.stderr) if pipe))
            break
        except asyncio.CancelledError:
            cancelled = True
    if child.stdin is not None:
        child.stdin.close()
    if cancelled:
        raise asyncio.CancelledError


def _ask_to_quit(child: asyncio.subprocess.Process) -> None:
    if child.stdin is not None and not child.stdin.is_closing():
        child.stdin.write(b"q")
        child.stdin.close()


def _terminate(child: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        child.terminate()


def _kill(child: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if os.name == "nt":
            child.kill()
        else:
            os.killpg(child.pid, signal.SIGKILL)


def _forget(_line: str) -> None:
    """Take a line that nobody wants."""
