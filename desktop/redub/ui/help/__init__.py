"""Where a person finds out more: what runs here."""

from __future__ import annotations

from redub.ui.help.about import AboutDialog

__all__ = ["AboutDialog"]
