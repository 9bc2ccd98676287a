"""A home of its own for every test, and nothing of the machine's settings in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
# Settings of the test run itself; they reach no program code.
_KEPT = ("REDUB_FOOTAGE", "REDUB_SOAK")


@pytest.fixture(autouse=True)
def redub_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point REDUB_HOME beneath the test's folder and take everything else away that could change an outcome."""
    for name in list(os.environ):
        if (name.startswith("REDUB_") and name not in _KEPT) or name.upper() in _PROXIES:
            monkeypatch.delenv(name)
    home = tmp_path / "redub-home"
    monkeypatch.setenv("REDUB_HOME", str(home))
    monkeypatch.setenv("LANGUAGE", "C")
    # Never the developer's own keyring; a test of the keyring brings its own backend.
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    return home
