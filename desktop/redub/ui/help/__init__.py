"""Where a person finds out more: what runs here, and every command with its keys."""

from __future__ import annotations

from redub.ui.help.about import AboutDialog
from redub.ui.help.keyboard import KeyboardDialog

__all__ = ["AboutDialog", "KeyboardDialog"]
