"""No test makes a noise."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDUB_SILENT", "1")
