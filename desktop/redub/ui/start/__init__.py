"""The first start: the sample is loaded, and a line says what to do with it."""

from __future__ import annotations

from redub.ui.start.hint import StartHint

__all__ = ["StartHint"]
