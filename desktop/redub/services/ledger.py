"""The history of paid jobs for the loop: the store's steps in a thread, and everybody told after each of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from redub.core.tasks import TaskRecord
from redub.services.changes import Changes
from redub.store.salvage import Salvaged, open_or_salvage
from redub.store.tasks import TaskStore

T = TypeVar("T")


class Ledger:
    """The task store, asked without holding up the loop.

    :ivar store: the store itself, for blocking code that runs in a thread anyway
    :ivar salvaged: what was saved from a damaged history when this one was opened, else None
    :ivar changes: tells every TaskRecord that was changed through this ledger, after it is on the disk
    """

    def __init__(self, store: TaskStore, salvaged: Salvaged | None = None) -> None:
        self.store = store
        self.salvaged = salvaged
        self.changes: Changes[TaskRecord] = Changes()
        self._running: set[asyncio.Future[object]] = set()

    @classmethod
    async def open(cls, path: Path) -> Ledger:
        """Open or create the store at `path`; a damaged one is kept beside a new one that has what could be read.

        :raises UserError: it was made by a newer version
        :raises EnvironmentFault: it cannot be opened
        """
        return cls(*await asyncio.to_thread(open_or_salvage, path))

    async def read(self, question: Callable[[TaskStore], T]) -> T:
        """Return the store's answer to `question`."""
        return await asyncio.to_thread(question, self.store)

    async def write(self, step: Callable[[TaskStore], TaskRecord]) -> TaskRecord:
        """Take one step of a task, and tell everybody when it is on the disk.

        A step that was begun is finished even when the caller is cancelled: a TaskId that came back from the
        service must not be lost because a window was closed.
        """
        return await self.step(step)

    async def step(self, work: Callable[[TaskStore], T]) -> T:
        """Do what changes any number of tasks, finished like `write`; every task that is returned is told."""
        future: asyncio.Future[T] = asyncio.get_running_loop().run_in_executor(None, work, self.store)
        self._running.add(future)  # type: ignore[arg-type]  # only waited for, whatever it returns
        future.add_done_callback(self._running.discard)
        result = await asyncio.shield(future)
        for record in result if isinstance(result, tuple) else (result,):
            if isinstance(record, TaskRecord):
                self.changes.tell(record)
        return result

    async def refresh(self, id: str) -> TaskRecord:
        """Read one task again, because another program may have changed it, and tell everybody."""
        record = await self.read(lambda store: store.get(id))
        self.changes.tell(record)
        return record

    async def aclose(self) -> None:
        """Wait for what is being written, then close the store."""
        if self._running:
            await asyncio.wait(self._running)
        await asyncio.to_thread(self.store.close)
