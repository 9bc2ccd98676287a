"""Keep the computer from falling asleep while something long runs; a screen that goes dark does no harm.

Linux asks logind (``systemd-inhibit``), macOS ``caffeinate``, Windows SetThreadExecutionState. Where that is not
possible the work goes on all the same.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import logging
import shutil
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from redub.core.errors import RedubError
from redub.media import process

log = logging.getLogger(__name__)

_PATIENCE = 0.3
_CONTINUOUS, _SYSTEM_REQUIRED = 0x80000000, 0x00000001


@asynccontextmanager
async def awake(
    why: str, *, platform: str = sys.platform, which: Callable[[str], str | None] = shutil.which
) -> AsyncIterator[None]:
    """Keep the computer awake inside of ``async with``; `why` is shown by the system."""
    if platform == "win32":
        _windows(_CONTINUOUS | _SYSTEM_REQUIRED)
        try:
            yield
        finally:
            _windows(_CONTINUOUS)
        return
    argv = command(why, platform=platform, which=which)
    try:
        async with asyncio.TaskGroup() as group:
            guard = group.create_task(_hold(argv)) if argv else None
            try:
                yield
            finally:
                if guard:
                    guard.cancel()
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None


def command(
    why: str, *, platform: str = sys.platform, which: Callable[[str], str | None] = shutil.which
) -> list[str]:
    """Return the program that keeps this computer awake as long as it runs; [] where there is none."""
    if platform == "darwin":
        program = which("caffeinate")
        return [program, "-i"] if program else []
    program = which("systemd-inhibit")
    if program is None:
        return []
    # cat ends when its input is closed, and with it the request.
    return [program, "--what=sleep:idle", "--who=Redub", f"--why={why}", "--mode=block", "cat"]


async def _hold(argv: list[str]) -> None:
    try:
        outcome = await process.run(argv, label="Keeping the computer awake", patience=_PATIENCE)
        log.info("the computer may fall asleep: %s", outcome)
    except RedubError as error:
        log.info("the computer may fall asleep: %s", error)


def _windows(state: int) -> None:
    with contextlib.suppress(AttributeError, OSError):
        ctypes.windll.kernel32.SetThreadExecutionState(state)  # type: ignore[attr-defined]  # on Windows only
