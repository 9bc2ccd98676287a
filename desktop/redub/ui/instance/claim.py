"""Become the running program of a home folder, or hand the file over to the one that is.

The claim is a lock that the system itself lets go of when its program dies, so that nothing stale is ever in the way;
and whoever does not answer in time is not waited for any longer.
"""

from __future__ import annotations

import logging
import os
import time
from pathlib import Path

import filelock

from redub.paths import ensure
from redub.ui.instance.address import ANSWER, Wish, address, encode

log = logging.getLogger(__name__)

PATIENCE = 6.0
"""Seconds that a program which has the claim is given to answer: it may be starting, or busy."""
_LOOK_AGAIN = 0.05


class Claim:
    """The claim of one program to be the one of its home folder."""

    def __init__(self, runtime: Path) -> None:
        self.runtime = runtime
        self._lock: filelock.BaseFileLock | None = None
        self._is_possible = True

    @property
    def is_held(self) -> bool:
        """Say whether this program is the one that others hand their files to."""
        return self._lock is not None and self._lock.is_locked

    def take(self) -> bool:
        """Take the claim; False when another program has it, or the folder takes no locks."""
        try:
            lock = filelock.FileLock(ensure(self.runtime) / "window.lock", thread_local=False)
            lock.acquire(blocking=False)
        except filelock.Timeout:
            return False
        except (OSError, NotImplementedError) as fault:
            log.info("This run cannot be found by others: %s", fault)
            self._is_possible = False
            return False
        self._lock = lock
        return True

    def take_or_hand_over(self, path: Path | None, patience: float = PATIENCE) -> bool:
        """Take the claim, else hand `path` to the program that has it.

        :returns: True when it was handed over and this program has nothing left to do; False when a window is to be
            opened here, with the claim or (nobody answered in time) without it
        """
        end = time.monotonic() + patience
        while not self.take():
            if not self._is_possible:
                return False
            left = end - time.monotonic()
            if left <= 0:
                log.warning("The running program does not answer; a window of its own is opened.")
                return False
            if hand_over(self.runtime, path, left):
                return True
            time.sleep(_LOOK_AGAIN)
        return False

    def release(self) -> None:
        """Let another program have it."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def hand_over(runtime: Path, path: Path | None, patience: float) -> bool:
    """Ask the running program to open `path` (None: to come forward); False when nobody took it within `patience`."""
    from PySide6.QtNetwork import QLocalSocket

    wish = Wish(path=str(path.absolute()) if path else "", token=os.environ.get("XDG_ACTIVATION_TOKEN", ""))
    milliseconds = max(1, round(patience * 1000))
    try:
        line, name = encode(wish), address(runtime)
    except (OSError, UnicodeEncodeError) as fault:  # a file's name may hold bytes that are no text
        log.info("The file cannot be handed over: %s", fault)
        return False
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(milliseconds):
        return False
    socket.write(line)
    socket.flush()
    taken = socket.waitForReadyRead(milliseconds) and bytes(socket.readAll().data()) == ANSWER
    socket.abort()
    return taken
