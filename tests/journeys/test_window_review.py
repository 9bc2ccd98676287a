"""A rehearsed result judged in its window: by sentence, beside its reference; the redo list is the next take."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from journeys.windows import program_on, states
from redub.app import Program
from redub.core import edits
from redub.core.history import Edit
from redub.core.review import Verdict
from redub.core.tasks import TaskState
from redub.ui.review.window import ReviewWindow
from redub.ui.tasks.columns import NEWS
from redub.ui.tasks.menu import deed_word
from support.clips import ClipFactory
from support.waiting import until

Run = Callable[[Coroutine[Any, Any, None]], None]

pytestmark = [
    pytest.mark.slow,
    # Drawing into memory, Qt has nobody to tell, and no menu to bring to the front.
    pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)", "grabbing the keyboard"),
]

SCRIPT = "One is here now. Two is over there. Three is gone again."


async def rehearse(program: Program) -> None:
    """Let the current take say `SCRIPT`, and rehearse it."""
    editing = program.tools.editing
    await until(lambda: editing.view.facts is not None)
    take_id = editing.view.take_id
    program.tools.apply(Edit("Write", lambda shot: edits.set_script(shot, take_id, SCRIPT)))
    program.desk.takes.make()
    await until(lambda: states(program) == [TaskState.DONE], seconds=90)


def news(program: Program) -> str:
    """Return what the table of tasks says of the only task."""
    model = program.tools.panels.tasks.table.model()
    return str(model.data(model.index(0, NEWS)))


async def reviewing() -> ReviewWindow:
    """Return the window of the review, once its pictures are there."""

    def shown() -> list[ReviewWindow]:
        every = QApplication.topLevelWidgets()
        return [one for one in every if isinstance(one, ReviewWindow) and one.isVisible()]

    await until(lambda: bool(shown()))
    window = shown()[0]
    await until(lambda: all(feed.picture is not None for feed in window.lockstep.feeds))
    return window


def test_review__redo_list_becomes_the_next_take_and_verdicts_stay(
    qasync_run: Run, clip_factory: ClipFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDUB_SILENT", "1")

    async def journey() -> None:
        async with program_on(clip_factory(seconds=6.0, width=640, height=480, gop=25)) as program:
            await rehearse(program)
            program.desk.review.open()
            window = await reviewing()
            assert [feed.pane.key == "reference" for feed in window.lockstep.feeds] == [False, True]

            QTest.keyClick(window, Qt.Key.Key_A)
            QTest.keyClick(window, Qt.Key.Key_Space)
            QTest.keyClick(window, Qt.Key.Key_Space)
            QTest.keyClick(window, Qt.Key.Key_R)
            QTest.keyClick(window, Qt.Key.Key_N)
            QTest.keyClicks(window.judging.note, "louder")
            QTest.keyClick(window.judging.note, Qt.Key.Key_Return)
            before = program.tools.editing.view.shot
            window.judging.redo_wanted.emit()

            made = program.tools.editing.view.take
            assert made is not None
            assert made.script == "Two is over there."
            program.desk.edit.undo()
            assert program.tools.editing.view.shot == before

            await until(lambda: news(program) == "Review: 1 sentence to redo")

            await from_the_table(program)
            again = await reviewing()
            verdicts = [one.verdict for one in again.judging.review.sentences]
            assert verdicts == [Verdict.ACCEPTED, Verdict.REDO, Verdict.OPEN]
            assert again.judging.review.sentences[1].note == "louder"

    async def from_the_table(program: Program) -> None:
        window = await reviewing()
        QTest.keyClick(window, Qt.Key.Key_Escape)
        panel = program.tools.panels.tasks
        panel.choose(program.tools.feed.records[0].id)
        panel.menu_wanted.emit(panel.chosen, QPoint(10, 10))
        await until(lambda: QApplication.activePopupWidget() is not None)
        menu = QApplication.activePopupWidget()
        assert menu is not None
        next(one for one in menu.actions() if one.text() == deed_word("review")).trigger()
        menu.close()

    qasync_run(journey())
