"""Whether the libraries for faces are there: an optional part that some systems cannot have."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache

from redub.core.errors import EnvironmentFault

_PARTS = {"mediapipe": "MediaPipe", "cv2": "OpenCV"}


@cache
def missing() -> tuple[str, ...]:
    """Return the names of the libraries that are not installed; nothing is imported."""
    return tuple(title for module, title in _PARTS.items() if importlib.util.find_spec(module) is None)


def need() -> None:
    """Raise EnvironmentFault when faces cannot be looked for on this machine."""
    absent = missing()
    if absent:
        raise EnvironmentFault(
            "Faces cannot be looked for on this machine.",
            why=f"The optional part “faces” is not installed ({' and '.join(absent)} missing).",
            next_step=_how_to_get_it(),
        )


def _how_to_get_it() -> str:
    if getattr(sys, "frozen", False):
        return "This copy of Redub was packed without it; use one that carries it."
    return "Start “python3 packaging/setup.py run”; it installs the part where it exists."
