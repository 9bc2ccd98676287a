"""What every test gets: a home of its own, no network, and a check that it leaves nothing behind."""

from __future__ import annotations

import os
import signal
import sys

# Chosen before Qt is imported by anybody: without a screen Qt draws into memory.
if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

# A shell starts what runs in the background with Ctrl+C ignored; programs that a test interrupts would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

pytest_plugins = [
    "support.soaking",
    "support.homes",
    "support.network",
    "support.logs",
    "support.leaks",
    "support.async_tests",
    "support.qt_loop",
    "support.footage",
    "support.clips",
    "support.storage",
    "support.presenting",
]
