"""The settings: a dialog that is made from their declaration (`redub.store.settings`)."""

from __future__ import annotations

from redub.ui.settings.dialog import SettingsDialog

__all__ = ["SettingsDialog"]
