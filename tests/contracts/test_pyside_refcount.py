"""The installed PySide6 does not lose references: 6.12.0 drops one to None in every void call.

On Python 3.11 that aborts the program after a few thousand calls ("none_dealloc: deallocating None"). From 3.12 on
None, True and False are immortal and nothing is to be seen; the version bound in pyproject.toml holds there too.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

_CALLS = 400
_NOISE = 40  # references that other threads and the test itself may move meanwhile


class _Sender(QObject):
    happened = Signal(bool)


def _references() -> tuple[int, int, int]:
    return sys.getrefcount(None), sys.getrefcount(True), sys.getrefcount(False)


def _moved(call: Callable[[], object]) -> list[int]:
    call()
    before = _references()
    for _ in range(_CALLS):
        call()
    return [abs(now - then) for now, then in zip(_references(), before, strict=True)]


@pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="None, True and False are immortal from Python 3.12 on."
)
@pytest.mark.parametrize("kind", ["void", "text", "toggle", "emit", "connect", "start", "stop"])
def test_qt_call__keeps_the_references(qapp: QApplication, kind: str) -> None:
    sender, label, button, timer = _Sender(), QLabel(), QPushButton(), QTimer()
    button.setCheckable(True)
    sender.happened.connect(label.setEnabled)
    calls: dict[str, Callable[[], object]] = {
        "void": lambda: sender.setObjectName("x"),
        "text": lambda: label.setText("x"),
        "toggle": button.toggle,
        "emit": lambda: sender.happened.emit(True),
        "connect": lambda: (
            sender.happened.connect(label.setVisible),
            sender.happened.disconnect(label.setVisible),
        ),
        "start": lambda: timer.start(1000),
        "stop": timer.stop,
    }

    moved = _moved(calls[kind])
    timer.stop()

    assert max(moved) < _NOISE, f"references to None, True, False moved by {moved} in {_CALLS} calls"
