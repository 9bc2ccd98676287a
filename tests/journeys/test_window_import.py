"""Scripts out of files in the whole window: what is dropped, what comes of it, and one undo for all of it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from journeys.windows import button, open_dialog, program_on, script
from redub.ui.importing.dialog import ImportDialog
from support.waiting import until

Run = Callable[[Coroutine[Any, Any, None]], None]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.qt_log_ignore("This plugin does not support"),  # drawing into memory, Qt has nobody to tell
]


def test_import__five_thousand_rows_are_one_step(qasync_run: Run, tmp_path: Path) -> None:
    table = tmp_path / "many.csv"
    rows = "".join(f'Take {number},"This is what take number {number} says."\n' for number in range(5000))
    table.write_text("name,text\n" + rows, "utf-8")

    async def journey() -> None:
        async with program_on(None) as program:
            editing = program.tools.editing
            before = editing.view.shot
            program.tools.window.dropped.emit((table,))
            await until(lambda: isinstance(open_dialog(), ImportDialog), seconds=60)
            dialog = open_dialog()
            assert isinstance(dialog, ImportDialog)
            button(dialog, "Add 5000 takes").click()
            await until(lambda: len(editing.view.shot.takes) == 5002, seconds=60)

            assert script(program) == "This is what take number 0 says."
            editing.undo()
            assert editing.view.shot == before
            assert editing.view.redo_label == "Import 5000 takes"

    qasync_run(journey())


def test_import__subtitles_go_into_the_current_take(qasync_run: Run, tmp_path: Path) -> None:
    subtitles = tmp_path / "a.srt"
    subtitles.write_text("1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n00:00:03,000 --> 00:00:04,000\nyou\n")
    broken = tmp_path / "b.docx"
    broken.write_bytes(b"no document")

    async def journey() -> None:
        async with program_on(None) as program:
            before = script(program)
            program.tools.window.dropped.emit((subtitles,))
            await until(lambda: script(program) == 'Hello<break time="1000ms"/> you')
            program.tools.editing.undo()
            assert script(program) == before

            program.tools.window.dropped.emit((broken,))
            notices = program.tools.notices
            await until(lambda: any("“b.docx”" in notice.text for _n, notice in notices.shown))
            assert script(program) == before

    qasync_run(journey())
