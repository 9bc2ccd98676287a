"""The window is on the screen before anything heavy is imported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

HEAVY = ("av", "numpy", "httpx", "vlc", "PIL", "keyring", "espeakng_loader")
PROGRAM = f"""
import asyncio, sys
from redub import app, paths
from redub.ui.notices import Notices
import qasync

async def show():
    program = app.Program(qt, paths.places(), Notices())
    program.show(None)
    print([name for name in {HEAVY!r} if name in sys.modules], program.tools.window.isVisible())
    await program.aclose()

qt = app.application()
with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(qt)) as runner:
    runner.run(show())
"""


def test_start__nothing_heavy_before_the_window(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=60,
        cwd=tmp_path,
    )

    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "[] True"
