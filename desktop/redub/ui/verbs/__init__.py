"""The verbs: what commands and panels ask for, done with the services; one family a file, as in the command table.

A verb is a plain method: it changes the shot through `Editing`, or starts work in the window's `TaskScope`.
"""

from __future__ import annotations

from redub.ui.verbs.desk import WindowDesk
from redub.ui.verbs.tools import Stage, Tools

__all__ = ["Stage", "Tools", "WindowDesk"]
