"""Reads what the lanes show of a clip, in a named thread: the latest clip wins, closing cancels and waits."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from redub.core.errors import RedubError

log = logging.getLogger(__name__)

Work = Callable[[Callable[[], bool]], Iterator[Any]]
"""Yields pieces (whatever its listener draws) until it is done or the function that it was given says to stop."""


class Loader(QObject):
    """One row of pieces that are read in the background.

    Signals: `piece` with whatever the work yields, `finished` when all was read, `failed` with a sentence; all on the
    thread of the window, and only for the work that was asked for last.
    """

    piece = Signal(object)
    finished = Signal()
    failed = Signal(str)
    _brought = Signal(object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._brought.connect(self._on_brought, Qt.ConnectionType.QueuedConnection)

    def start(self, work: Work) -> None:
        """Begin `work`; what ran before is told to stop and its pieces are no longer handed on."""
        self.cancel()
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        self._stop = threading.Event()
        thread = threading.Thread(target=self._run, args=(work, self._stop), name=self._name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def cancel(self) -> None:
        """Tell what runs to stop."""
        self._stop.set()

    def close(self) -> None:
        """Stop, and wait until no thread is left."""
        self.cancel()
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def _run(self, work: Work, stop: threading.Event) -> None:
        try:
            for piece in work(stop.is_set):
                if stop.is_set():
                    return
                self._brought.emit(stop, ("piece", piece))
            self._brought.emit(stop, ("finished", None))
        except RedubError as problem:
            self._brought.emit(stop, ("failed", str(problem)))
        except Exception as problem:
            log.exception("%s failed", self._name)
            self._brought.emit(stop, ("failed", str(problem)))

    def _on_brought(self, stop: threading.Event, brought: tuple[str, Any]) -> None:
        if stop is not self._stop or stop.is_set():
            return
        kind, piece = brought
        if kind == "piece":
            self.piece.emit(piece)
        elif kind == "finished":
            self.finished.emit()
        else:
            self.failed.emit(piece)
