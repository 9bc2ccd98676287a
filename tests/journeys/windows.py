"""Runs the whole program with its window inside a test, and finds controls in it as a person does: by their names."""

from __future__ import annotations

import asyncio
import gc
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from redub.app import Program, application
from redub.core.tasks import TaskState
from redub.media.sample import sample_clip
from redub.paths import places
from redub.ui.notices import Notices
from redub.ui.notices.hooks import watch_loop


@asynccontextmanager
async def starting_program() -> AsyncIterator[Program]:
    """Show the program's window for a block, with nothing opened yet, then end it in order."""
    gc.collect()  # widgets that earlier tests left to the collector must not be found by a decoding thread
    app = application()
    notices = Notices()
    watch_loop(asyncio.get_running_loop(), notices)
    program = Program(app, places(), notices)
    program.show((1280, 720))
    try:
        yield program
    finally:
        await program.aclose()


@asynccontextmanager
async def program_on(path: Path | None) -> AsyncIterator[Program]:
    """Run the program on `path` (the sample for None) for a block, then end it in order."""
    if path is None:
        put_sample(places().data / "sample")
    async with starting_program() as program:
        await program.open(path, None)
        yield program


def put_sample(folder: Path) -> None:
    """Put the sample clip into `folder`: drawn once for all tests, because that takes some ten seconds."""
    folder.mkdir(parents=True)
    drawn = sample_clip(Path(_drawn().name))
    shutil.copy(drawn, folder)


@cache
def _drawn() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="redub-sample-")


def button(parent: QWidget, name: str) -> QPushButton:
    """Return the visible button whose accessible name is `name`."""
    every = parent.findChildren(QPushButton)
    return next(each for each in every if each.accessibleName() == name and each.isVisible())


def open_dialog() -> QDialog | None:
    """Return the dialog that is open, or None."""
    every = QApplication.topLevelWidgets()
    return next((each for each in every if isinstance(each, QDialog) and each.isVisible()), None)


def states(program: Program) -> list[TaskState]:
    """Return the states of all tasks."""
    return [record.state for record in program.tools.feed.records]


def script(program: Program) -> str:
    """Return the script of the current take."""
    take = program.tools.editing.view.take
    return "" if take is None else take.script
