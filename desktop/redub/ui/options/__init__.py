"""The panel of options: everything that the API page knows beside script and voice, grouped by what it is for."""

from __future__ import annotations

from redub.ui.options.panel import OptionsPanel

__all__ = ["OptionsPanel"]
