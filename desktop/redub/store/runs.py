"""Tell a program that still runs from one that has died, by a lock file that only the living hold."""

from __future__ import annotations

import contextlib
import os
import uuid
from pathlib import Path

import filelock

from redub.store.files import disk_errors, make_folder


class Run:
    """One start of the program; its lock is let go by the system itself however the program ends.

    :ivar id: names this run in the database
    """

    def __init__(self, folder: Path) -> None:
        """Take the lock of a new run, kept in `folder`."""
        self.id = uuid.uuid4().hex
        self._folder = make_folder(folder)
        self._lock = _lock(self._path(self.id))
        with disk_errors(self._path(self.id), "could not be locked"):
            self._lock.acquire()

    def others(self) -> tuple[bool, bool]:
        """Say whether another run is alive, and whether one has died without ending in order."""
        ids = [path.stem for path in self._folder.glob("*.lock") if path.stem != self.id]
        dead = [self.is_dead(run_id) for run_id in ids]
        return not all(dead), any(dead)

    def is_dead(self, run_id: str) -> bool:
        """Say whether the run `run_id` has ended; its lock file is removed then."""
        if run_id == self.id:
            return False
        path = self._path(run_id)
        if not path.exists():
            return True
        lock = _lock(path)
        try:
            lock.acquire()
        except filelock.Timeout:
            return False
        lock.release()
        path.unlink(missing_ok=True)
        return True

    def end(self) -> None:
        """Let the lock go."""
        # Removed while it is held, so that nobody sees an unlocked file of a run that is ending; Windows
        # cannot remove an open file, there the next `is_dead` does it.
        with contextlib.suppress(OSError):
            if os.name != "nt":
                self._path(self.id).unlink(missing_ok=True)
        self._lock.release()

    def _path(self, run_id: str) -> Path:
        return self._folder / f"{run_id}.lock"


def _lock(path: Path) -> filelock.FileLock:
    # Not bound to a thread: the store is opened in one and may be closed in another.
    return filelock.FileLock(path, timeout=0, thread_local=False)
