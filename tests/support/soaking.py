"""How often the long tests repeat: a little in the ordinary run, thoroughly under ``setup.py soak``."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

SOAKING = bool(os.environ.get("REDUB_SOAK"))


def count(ordinary: int, full: int) -> int:
    """Return how often a long test repeats in this run."""
    return full if SOAKING else ordinary


# The ordinary run is the same every time, so that a failure is about the change; the soak looks for new ones.
settings.register_profile("ordinary", derandomize=True, deadline=None, database=None, print_blob=True)
settings.register_profile(
    "soak",
    max_examples=3000,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("soak" if SOAKING else "ordinary")
