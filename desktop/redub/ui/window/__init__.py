"""The window as a whole: header, arrangement of the panels, drops, keys, and what it remembers."""

from __future__ import annotations

from redub.ui.window.arrangement import Arrangement, Panels
from redub.ui.window.header import Header
from redub.ui.window.mainwindow import MainWindow
from redub.ui.window.memory import WindowMemory

__all__ = ["Arrangement", "Header", "MainWindow", "Panels", "WindowMemory"]
