"""Lead everything that nobody caught to the notices and the log: exceptions, failed tasks, Qt's own messages."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from redub.core.errors import RedubError
from redub.ui.notices.outlet import Notices

log = logging.getLogger(__name__)

_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


@contextmanager
def hooked(notices: Notices) -> Iterator[None]:
    """Lead uncaught exceptions and Qt's messages to `notices` and the log while the block runs."""
    old_hook, old_thread_hook = sys.excepthook, threading.excepthook

    def in_main(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        del trace
        if issubclass(kind, KeyboardInterrupt):
            old_hook(kind, error, error.__traceback__)
            return
        tell(notices, error, "an event")

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            tell(notices, args.exc_value, args.thread.name if args.thread else "a thread")

    sys.excepthook, threading.excepthook = in_main, in_thread
    old_qt = qInstallMessageHandler(_on_qt_message)
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = old_hook, old_thread_hook
        qInstallMessageHandler(old_qt)


def tell(notices: Notices, error: BaseException, where: str) -> None:
    """Log `error` and show it; one of our own errors is an answer, anything else a mistake with its trace."""
    if isinstance(error, RedubError):
        log.info("%s ended: %s", where, error)
    else:
        log.error("Uncaught in %s", where, exc_info=error)
    notices.post_error(error)


def watch_loop(loop: asyncio.AbstractEventLoop, notices: Notices) -> None:
    """Lead what asyncio reports (a callback that failed, a task nobody awaited) to `notices` and the log."""

    def on_trouble(
        _loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]
    ) -> None:  # asyncio's own shape
        error = context.get("exception")
        if isinstance(error, BaseException):
            tell(notices, error, str(context.get("message", "the loop")))
        else:
            log.error("The loop reports: %s", context.get("message"))

    loop.set_exception_handler(on_trouble)


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    logging.getLogger("redub.qt").log(_QT_LEVELS[kind], "%s (%s)", message, context.category or "qt")
