"""Run a coroutine to its end as the whole program, and end it in order on Ctrl+C and on SIGTERM."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Coroutine
from typing import Any


def run(work: Coroutine[Any, Any, int]) -> int:
    """Run `work` and return its exit code.

    :raises KeyboardInterrupt: after Ctrl+C or SIGTERM, when `work` has ended in order
    """
    return asyncio.run(_until_told(work))


async def _until_told(work: Coroutine[Any, Any, int]) -> int:
    told = False

    def leave(task: asyncio.Task[Any]) -> None:
        nonlocal told
        told = True
        task.cancel()

    task = asyncio.current_task()
    if task is not None:
        with contextlib.suppress(NotImplementedError, RuntimeError):  # Windows has no SIGTERM handlers
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, leave, task)
    try:
        return await work
    except asyncio.CancelledError:
        if told:
            raise KeyboardInterrupt from None
        raise
