"""Owners of background work: the only place that starts an asyncio task."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

log = logging.getLogger(__name__)
Failed = Callable[[str, BaseException], None]


class TaskScope:
    """Own the background work of one service or window: a failure is reported, closing cancels and awaits.

    Unlike `asyncio.TaskGroup`, one failing task leaves its siblings alone: a failed conversion must not
    stop the monitor.
    """

    def __init__(self, name: str, on_failure: Failed | None = None) -> None:
        self.name = name
        self._tasks: set[asyncio.Task[Any]] = set()
        self._on_failure = on_failure or _log_failure
        self._closed = False

    def start(self, work: Coroutine[Any, Any, Any], *, name: str) -> asyncio.Task[Any]:
        """Run `work` as a task of this scope; `name` appears in logs and leak reports."""
        if self._closed:
            work.close()
            raise RuntimeError(f"{self.name} is closed and cannot start {name}")
        task = asyncio.create_task(work, name=f"{self.name}: {name}")
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    @property
    def busy(self) -> bool:
        """Say whether anything runs."""
        return bool(self._tasks)

    async def aclose(self) -> None:
        """Cancel everything that runs, and wait for it."""
        self._closed = True
        running = [task for task in self._tasks if task is not asyncio.current_task()]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if task.cancelled():
            return
        failure = task.exception()
        if failure is not None:
            self._on_failure(task.get_name(), failure)


def _log_failure(name: str, failure: BaseException) -> None:
    log.error("%s failed", name, exc_info=failure)
