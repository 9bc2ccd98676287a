"""A second start hands its file to the running program and ends."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from journeys.windows import button, open_dialog, program_on
from redub.paths import places
from redub.ui.instance.claim import Claim
from support.clips import ClipFactory
from support.waiting import until

Run = Callable[[Coroutine[Any, Any, None]], None]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.qt_log_ignore("propagateSizeHints|raise"),  # drawing into memory, Qt has nobody to tell
]


def second_start(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Start the program once more, as a double click does; blocks until it has ended."""
    return subprocess.run(
        [sys.executable, "-m", "redub", *arguments],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_second_start__opens_its_file_in_the_running_program(
    qasync_run: Run, clip_factory: ClipFactory
) -> None:
    first, second = clip_factory(seconds=1.0), clip_factory(name="other.mp4", seconds=1.0)

    async def journey() -> None:
        async with program_on(first) as program:
            claim = Claim(places().runtime)
            assert claim.take()
            program.listen(claim)

            ran = await asyncio.to_thread(second_start, str(second))
            assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
            await until(lambda: program.tools.shot_name == "other")

            # What is not saved is asked about; who would rather stay, stays.
            program.desk.takes.add()
            ran = await asyncio.to_thread(second_start, str(first))
            assert ran.returncode == 0
            await until(lambda: open_dialog() is not None)
            dialog = open_dialog()
            assert dialog is not None
            button(dialog, "Cancel").click()
            await until(lambda: open_dialog() is None)
            assert program.tools.shot_name == "other"

            # A command is no window.
            ran = await asyncio.to_thread(second_start, "check", str(second))
            assert "The service would refuse this." in ran.stdout

        assert Claim(places().runtime).take()  # the ended program has let go

    qasync_run(journey())
