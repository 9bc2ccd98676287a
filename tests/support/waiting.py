"""Waits on a condition instead of sleeping for a guessed time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

_STEP = 0.01


def wait_until(holds: Callable[[], bool], *, seconds: float = 10.0) -> bool:
    """Return True as soon as `holds()` does, False when it did not within `seconds`."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() >= end:
            return False
        time.sleep(_STEP)
    return True


async def until(holds: Callable[[], bool], *, seconds: float = 10.0) -> None:
    """Return as soon as `holds()` does, letting the loop run meanwhile; fail when it did not within `seconds`."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - what a test waits for has no event
            await asyncio.sleep(_STEP)
