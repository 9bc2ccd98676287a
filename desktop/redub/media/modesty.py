"""Let others go first: work that nobody waits for takes what the rest of the machine leaves."""

from __future__ import annotations

import contextlib
import os
import sys
import threading

_IDLE_PRIORITY_CLASS = 0x40  # of Windows
_LOWEST = 19
_LOWER = 10


def hold_back_process() -> None:
    """Give this whole process the lowest priority there is."""
    with contextlib.suppress(OSError, AttributeError):
        if sys.platform == "win32":
            import ctypes

            kernel = ctypes.windll.kernel32
            kernel.SetPriorityClass(kernel.GetCurrentProcess(), _IDLE_PRIORITY_CLASS)
        else:
            os.nice(_LOWEST)
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def hold_back_thread() -> None:
    """Let the other threads of this process go first, where threads have priorities of their own (Linux)."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LOWER)
