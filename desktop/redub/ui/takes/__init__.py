"""The panel of takes: every thing to say over the one reference clip."""

from __future__ import annotations

from redub.ui.takes.panel import TakesPanel

__all__ = ["TakesPanel"]
