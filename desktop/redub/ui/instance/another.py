"""A second window: the program once more, on its own, so that each can end without the other."""

from __future__ import annotations

import sys

from PySide6.QtCore import QProcess


def start_another() -> bool:
    """Start the program with a window of its own; False when the system refuses.

    It is no child that does something for this run, but the person's own program, and stays when this one ends.
    """
    module = [] if getattr(sys, "frozen", False) else ["-m", "redub"]
    started, _process_id = QProcess.startDetached(sys.executable, [*module, "--new-window"])
    return bool(started)
