"""The colours of problems, by how much they matter."""

from __future__ import annotations

from redub.core.findings import Level

_WAVES = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "info"}


def wave(level: Level) -> str:
    """Return the colour token of the wave under a problem."""
    return _WAVES[level]
