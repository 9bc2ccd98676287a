"""The panel of tasks: every paid or rehearsed job, what runs now, and the finished videos."""

from __future__ import annotations

from redub.ui.tasks.announcing import Announcer
from redub.ui.tasks.conversions import ConversionLine
from redub.ui.tasks.feed import TasksFeed
from redub.ui.tasks.panel import TasksPanel

__all__ = ["Announcer", "ConversionLine", "TasksFeed", "TasksPanel"]
