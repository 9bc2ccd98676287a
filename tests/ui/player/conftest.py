"""No test makes a noise, and none that needs libvlc fails where it is missing."""

from __future__ import annotations

import pytest

from redub.ui.player import vlclibrary


@pytest.fixture(autouse=True)
def _silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDUB_SILENT", "1")


@pytest.fixture
def libvlc() -> None:
    """Skip the test where libvlc is missing, with the sentence that the program says."""
    reason = vlclibrary.available()
    if reason:
        pytest.skip(reason)
