"""What the window remembers from one start to the next: its size and where its borders stand."""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec
from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QGuiApplication

from redub.core.errors import RedubError
from redub.paths import ensure
from redub.store.files import write_atomically
from redub.ui.window.mainwindow import MainWindow

log = logging.getLogger(__name__)

FILE_NAME = "window.json"
VERSION = 1
USUAL = QSize(1440, 900)


class _State(msgspec.Struct):
    version: int
    geometry: bytes
    borders: dict[str, bytes]
    hint_is_closed: bool = False
    task_columns: bytes = b""


class WindowMemory:
    """The small file with the window's state; a lost or damaged one only costs the places of borders."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._known = self._read()
        self.hint_is_closed = self._known is not None and self._known.hint_is_closed

    def keep_hint(self, *, closed: bool) -> None:
        """Do not show the first steps any more, or again."""
        self.hint_is_closed = closed

    def recall(self, window: MainWindow) -> None:
        """Give `window` the size and borders of the last time, or sensible ones."""
        size = _usual_size()
        window.resize(size)
        window.arrangement.settle(size.width(), size.height())
        if self._known is not None:
            window.restoreGeometry(QByteArray(self._known.geometry))
            window.arrangement.restore(self._known.borders)
            window.arrangement.tasks_table.restore_layout(self._known.task_columns)

    def keep(self, window: MainWindow) -> None:
        """Write down the size and borders of `window`; a disk that refuses is only logged."""
        state = _State(
            VERSION,
            bytes(window.saveGeometry().data()),
            window.arrangement.state(),
            self.hint_is_closed,
            window.arrangement.tasks_table.layout_state(),
        )
        try:
            ensure(self._path.parent)
            write_atomically(self._path, msgspec.json.encode(state))
        except (RedubError, OSError) as fault:
            log.warning("The window's size was not kept: %s", fault)

    def _read(self) -> _State | None:
        try:
            known = msgspec.json.decode(self._path.read_bytes(), type=_State)
        except (OSError, msgspec.DecodeError):
            return None
        return known if known.version == VERSION else None


def _usual_size() -> QSize:
    return USUAL.boundedTo(QGuiApplication.primaryScreen().availableSize())
