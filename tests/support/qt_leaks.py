"""The timers, animations and windows of Qt that a test leaves running or open."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QAbstractAnimation, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget

# Everything started since the last check, with the line that started it.
_started: weakref.WeakKeyDictionary[Any, str] = weakref.WeakKeyDictionary()


def _noting(original: Callable[..., Any]) -> Callable[..., Any]:
    def start(self: Any, *args: Any) -> Any:
        caller = sys._getframe(1)
        _started[self] = f"{caller.f_code.co_filename}:{caller.f_lineno}"
        return original(self, *args)

    return start


for _kind in (QTimer, QAbstractAnimation):
    _kind.start = _noting(_kind.start)  # type: ignore[method-assign]  # noted, then done as before


def forget_timers() -> None:
    """Start a new account."""
    _started.clear()


def _runs(thing: Any) -> bool:
    if not shiboken6.isValid(thing):
        return False
    if isinstance(thing, QTimer):
        return thing.isActive()
    return bool(thing.state() == QAbstractAnimation.State.Running)


def running_timers() -> list[str]:
    """Name the timers and animations that still run, with the line that started each; stop them."""
    left = [(thing, place) for thing, place in list(_started.items()) if _runs(thing)]
    if left:
        _let_go()
    still = [(thing, place) for thing, place in left if _runs(thing)]
    for thing, _place in still:
        thing.stop()
    return [f"{type(thing).__name__} {thing.objectName()!r} started at {place}" for thing, place in still]


def windows() -> set[int]:
    """Return the addresses of all windows there are now."""
    return {shiboken6.getCppPointer(each)[0] for each in _top_level()}


def new_windows(before: set[int]) -> list[str]:
    """Name the windows that were not there `before`; close them."""
    if not windows() - before:
        return []
    _let_go()
    left = [each for each in _top_level() if shiboken6.getCppPointer(each)[0] not in before]
    names = [f"{type(each).__name__} {each.objectName() or each.windowTitle()!r}" for each in left]
    for each in left:
        each.close()
        each.deleteLater()
    del left
    _let_go()
    return sorted(names)


def _top_level() -> list[QWidget]:
    if not isinstance(QApplication.instance(), QApplication):
        return []
    return [each for each in QApplication.topLevelWidgets() if shiboken6.isValid(each)]


def _let_go() -> None:
    """Carry out every deleteLater() and drop what only waits for the collector."""
    gc.collect()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
