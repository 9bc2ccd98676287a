"""The rows of the table of limits: the API page's rules, one each, with field, bounds and sentences.

To add one: 1. add a row to `mediarows` or `takerows` (and, where the China site differs, to `CHINA`); 2. use it by
its key in `redub.core.checks`; 3. give a row with numbers its case in tests/core/test_limit_table.py, which asks for
one; 4. run ``redub check --limits``, and put what it prints into the README (a test compares them).
"""

from __future__ import annotations

from collections.abc import Mapping

from redub.core.mediarows import MEDIA_ROWS
from redub.core.takerows import TAKE_ROWS

ROWS = MEDIA_ROWS + TAKE_ROWS

CHINA: Mapping[str, Mapping[str, object]] = {
    "reference.duration": {
        "high": 1200,
        "exclusive_high": None,
        "rule": "The reference clip must last 1 second to 20 minutes.",
    },
    "recording.duration": {
        "high": 1200,
        "exclusive_high": None,
        "rule": "The voice recording must last 1 second to 20 minutes.",
    },
}
"""What the China page (January 2026) says otherwise."""
