"""Let others go first: work that nobody waits for takes what the rest of the machine leaves.

Whole processes only: a thread of low priority would hold the interpreter's lock while it waits for the processor, and
the window with it.
"""

from __future__ import annotations

import contextlib
import os
import sys

_IDLE_PRIORITY_CLASS = 0x40  # of Windows
_LOWEST = 19


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
