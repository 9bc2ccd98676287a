from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from redub.ui.collecting import Collector


class _Ring:
    """Refers to itself, so that only the collector frees it; notes the thread in which that happens."""

    def __init__(self, freed_in: list[str]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: freed_in.append(threading.current_thread().name))


def make_rings(freed_in: list[str]) -> None:
    for _number in range(5000):
        _Ring(freed_in)


def test_collector__other_threads_free_nothing(qtbot: QtBot) -> None:
    freed_in: list[str] = []
    parent = QObject()
    collector = Collector(parent)
    collector.start()

    thread = threading.Thread(target=make_rings, args=(freed_in,), name="decoder")
    thread.start()
    thread.join()
    in_thread = list(freed_in)
    collector.collect()
    collector.stop()

    assert in_thread == []
    assert set(freed_in) == {threading.main_thread().name}
    assert gc.isenabled()
