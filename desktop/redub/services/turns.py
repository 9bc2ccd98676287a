"""One at a time, also between two copies of the program: a lock with a name, waited for without holding up the loop."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import filelock

from redub.paths import ensure
from redub.store.files import disk_errors

LOOK_AGAIN = 0.25


class Turns:
    """Locks in one folder; the system itself lets go of those of a program that dies."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @asynccontextmanager
    async def alone(self, *names: str) -> AsyncIterator[None]:
        """Wait until nobody else is at what `names` name together, and keep everybody out meanwhile.

        :raises EnvironmentFault: the folder cannot be used
        """
        with disk_errors(self._folder, "could not be created"):
            folder = ensure(self._folder)
        path = folder / f"{hashlib.sha256('|'.join(names).encode()).hexdigest()[:32]}.lock"
        lock = filelock.FileLock(path, thread_local=False)
        while not _acquired(lock, path):  # noqa: ASYNC110 - another process lets it go
            await asyncio.sleep(LOOK_AGAIN)
        try:
            yield
        finally:
            with contextlib.suppress(OSError):  # Windows removes no open file; an empty one may stay there
                path.unlink()
            lock.release()


def _acquired(lock: filelock.BaseFileLock, path: Path) -> bool:
    with disk_errors(path, "could not be locked"):
        try:
            lock.acquire(blocking=False)
        except filelock.Timeout:  # an OSError as well, but no fault of the disk
            return False
    return True
