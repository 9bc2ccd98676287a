"""What was kept of one shot begins another."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from journeys.windows import button, open_dialog, program_on, script
from redub.core import edits
from redub.core.history import Edit
from redub.ui.verbs import files
from support.clips import ClipFactory
from support.waiting import until

Run = Callable[[Coroutine[Any, Any, None]], None]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.qt_log_ignore("propagateSizeHints"),  # drawing into memory, Qt has nobody to tell
]


async def answer(text: str) -> None:
    """Type into the one line of the dialog that is open, and press Return."""
    await until(lambda: open_dialog() is not None)
    dialog = open_dialog()
    assert dialog is not None
    line = dialog.findChild(QLineEdit)
    assert line is not None
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)
    await until(lambda: open_dialog() is not dialog)


def test_template__from_one_clip_to_another(
    qasync_run: Run, clip_factory: ClipFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = clip_factory(seconds=1.0), clip_factory(name="other.mp4", seconds=1.0)

    async def choose(*_asked: object) -> Path:
        return second

    monkeypatch.setattr(files, "ask_open", choose)  # the dialog of the system

    async def journey() -> None:
        async with program_on(first) as program:
            editing, desk = program.tools.editing, program.desk
            take_id = editing.view.take_id
            editing.apply(Edit("Write", lambda shot: edits.set_script(shot, take_id, "Kept words.")))
            await program.tools.bench

            desk.templates.save()
            await answer("Weekly")
            await until(lambda: any("“Weekly”" in one.text for _n, one in program.tools.notices.shown))

            desk.templates.begin()
            await answer("week")
            await until(lambda: open_dialog() is not None)  # what is not saved is asked about
            dialog = open_dialog()
            assert dialog is not None
            button(dialog, "Do not save").click()
            await until(lambda: program.tools.shot_name == "other")

            assert script(program) == "Kept words."
            assert editing.view.take_id != take_id
            assert (editing.view.path, editing.view.unsaved) == (None, True)

    qasync_run(journey())
