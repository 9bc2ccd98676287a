"""The queue of conversions: what is converted, in which order, what came of it, and how clips are converted."""

from __future__ import annotations

from redub.ui.conversions.panel import QueuePanel
from redub.ui.conversions.settings import ConversionSettings, Wishes
from redub.ui.conversions.window import QueueWindow

__all__ = ["ConversionSettings", "QueuePanel", "QueueWindow", "Wishes"]
