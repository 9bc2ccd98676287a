"""Blocking work beside the loop that is told to stop, and awaited, when whoever asked for it is cancelled."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
Stopped = Callable[[], bool]


async def in_thread(work: Callable[[Stopped], T]) -> T:
    """Do `work` in a thread and return its result; it is given a function that says whether to stop early."""
    stop = threading.Event()
    future = asyncio.get_running_loop().run_in_executor(None, work, stop.is_set)
    try:
        return await asyncio.shield(future)
    except asyncio.CancelledError:
        stop.set()
        with contextlib.suppress(Exception, asyncio.CancelledError):
            await asyncio.wait([future])
        if not future.cancelled():
            future.exception()  # looked at: what broke off on our own request is no news
        raise
