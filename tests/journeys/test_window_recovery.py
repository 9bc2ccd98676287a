"""The program dies with unsaved changes; the next start offers them, and they can be declined and found again."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from journeys.windows import button, open_dialog, program_on
from redub.app import Program
from redub.core import edits
from redub.core.history import Edit
from redub.paths import places
from support.clips import ClipFactory
from support.waiting import until

Run = Callable[[Coroutine[Any, Any, None]], None]

pytestmark = [pytest.mark.slow, pytest.mark.qt_log_ignore("propagateSizeHints")]


@pytest.fixture
def clip(clip_factory: ClipFactory) -> Path:
    return clip_factory(seconds=2.0)


def change(program: Program) -> None:
    program.tools.apply(Edit("Mark still", lambda shot: edits.add_still(shot, 0.5, 1.0)))


async def press(name: str) -> None:
    """Wait for a dialog, and press one of its buttons."""
    await until(lambda: open_dialog() is not None)
    dialog = open_dialog()
    assert dialog is not None
    QTest.mouseClick(button(dialog, name), Qt.MouseButton.LeftButton)
    await until(lambda: open_dialog() is None)


async def ended_by_the_system(clip: Path) -> None:
    """Change a shot, and end without anybody being asked."""
    async with program_on(clip) as program:
        change(program)


def test_recovery__goes_on_where_it_was(qasync_run: Run, clip: Path) -> None:
    async def journey() -> None:
        await ended_by_the_system(clip)
        async with program_on(clip) as program:
            assert program.tools.editing.view.shot.still_intervals == ()
            await press("Recover")
            await until(lambda: bool(program.tools.editing.view.shot.still_intervals))
            view = program.tools.editing.view
            assert [(one.start, one.end) for one in view.shot.still_intervals] == [(0.5, 1.0)]
            assert view.unsaved

    qasync_run(journey())


def test_recovery__declined_and_found_again(qasync_run: Run, clip: Path) -> None:
    async def journey() -> None:
        await ended_by_the_system(clip)
        async with program_on(clip):
            await press("Not now")
            await until(lambda: any((places().data / "drafts" / "declined").glob("*.draft")))
        async with program_on(clip) as program:
            assert open_dialog() is None
            program.actions.run("file.recover")
            await press("Recover")
            await until(lambda: len(program.tools.editing.view.shot.still_intervals) == 1)

    qasync_run(journey())
