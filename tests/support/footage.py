"""The real clips that some tests want; they are no part of the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_CHECKOUT = Path(__file__).resolve().parents[2]


def footage_folder() -> Path:
    """Return where the real clips are looked for: REDUB_FOOTAGE, else ``shared/footage`` beside the checkout."""
    return Path(os.environ.get("REDUB_FOOTAGE") or _CHECKOUT.parent / "shared" / "footage")


@pytest.fixture(scope="session")
def footage() -> Path:
    """Return the folder of real clips, or skip the test with a sentence."""
    folder = footage_folder()
    if not folder.is_dir():
        pytest.skip("The real footage is not here; set REDUB_FOOTAGE to its folder to run this test.")
    return folder
