"""Runs one coroutine on the loop that the window uses: Qt's events and asyncio's tasks in one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
import qasync
from PySide6.QtWidgets import QApplication

from support.async_tests import LoopWatch

QasyncRun = Callable[[Coroutine[Any, Any, None]], None]


@pytest.fixture
def qasync_run(qapp: QApplication) -> QasyncRun:
    """Return a function that runs one coroutine on a qasync loop and fails the test if tasks outlive it."""
    # Closing the last window would stop the loop under the coroutine.
    qapp.setQuitOnLastWindowClosed(False)

    def run(test: Coroutine[Any, Any, None]) -> None:
        watch = LoopWatch()
        with qasync.QEventLoop(qapp) as loop:
            try:
                loop.run_until_complete(watch.run(test))
                loop.run_until_complete(loop.shutdown_asyncgens())
            finally:
                asyncio.set_event_loop(None)
        watch.verdict()

    return run
