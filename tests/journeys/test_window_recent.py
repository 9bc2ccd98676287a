"""What was opened is opened again: from the menu and from the command palette."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu

from journeys.windows import open_dialog, program_on
from redub.app import Program
from support.clips import ClipFactory
from support.waiting import until

Run = Callable[[Coroutine[Any, Any, None]], None]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.qt_log_ignore("propagateSizeHints"),  # drawing into memory, Qt has nobody to tell
]


def lines(program: Program) -> list[str]:
    menu = program.actions["file.open_recent"].menu()
    assert isinstance(menu, QMenu)
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def test_recent__menu_and_palette(qasync_run: Run, clip_factory: ClipFactory) -> None:
    first, second = clip_factory(seconds=1.0), clip_factory(name="other.mp4", seconds=1.0)

    async def journey() -> None:
        async with program_on(first) as program:
            await program.files.open_path(second)
            await until(lambda: len(lines(program)) == 3)
            assert "other.mp4" in lines(program)[0]

            program.desk.recent.open(first)
            await until(lambda: program.tools.shot_name == first.stem)

            program.actions.run("help.palette")
            await until(lambda: open_dialog() is not None)
            palette = open_dialog()
            assert palette is not None
            typed = palette.findChild(QLineEdit)
            assert typed is not None
            QTest.keyClicks(typed, "other.mp4")
            QTest.keyClick(typed, Qt.Key.Key_Return)
            await until(lambda: program.tools.shot_name == "other")

            program.desk.recent.clear()
            await until(lambda: lines(program) == ["Nothing was opened yet."])

    qasync_run(journey())
