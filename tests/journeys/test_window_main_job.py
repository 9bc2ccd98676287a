"""The whole program in a real window: open a clip, mark it, write, rehearse, and see the result listed."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from journeys.windows import button, program_on, script, states
from redub.app import Program
from redub.core.shot import MakeType
from redub.core.tasks import TaskRecord, TaskState
from support.clips import ClipFactory
from support.waiting import until

Run = Callable[[Coroutine[Any, Any, None]], None]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.qt_log_ignore("propagateSizeHints"),  # drawing into memory, Qt has no window manager to tell
]


def test_main_job__rehearsed_in_the_window(qasync_run: Run, clip_factory: ClipFactory) -> None:
    clip = clip_factory(seconds=12.0, width=640, height=480, gop=25)
    made: list[TaskRecord] = []

    async def journey() -> None:
        async with program_on(clip) as program:
            await until(lambda: program.tools.editing.view.facts is not None)
            drag_a_segment(program)
            picked = program.tools.editing.view.shot.selection
            assert picked.make_type is MakeType.CUSTOM
            assert picked.start == pytest.approx(1, abs=0.2)
            assert picked.end == pytest.approx(9, abs=0.2)

            program.tools.window.activateWindow()
            program.tools.window.arrangement.show_panel("script")
            await until(lambda: QApplication.focusWidget() is not None)
            type_over("Hello from the window.")
            await until(lambda: "Hello from the window." in script(program))

            make = button(program.tools.window, "Rehearse")
            await until(make.isEnabled)
            QTest.mouseClick(make, Qt.MouseButton.LeftButton)
            await until(lambda: states(program) == [TaskState.DONE], seconds=90)

            made.extend(program.tools.feed.records)
            assert program.tools.editing.view.undo_label

    qasync_run(journey())
    assert Path(made[0].result).is_file()
    assert Path(made[0].subtitles).is_file()


def drag_a_segment(program: Program) -> None:
    """Draw a segment from about 1 s to about 9 s with the mouse."""
    stage = program.tools.stage
    assert stage is not None
    lane, scale = stage.timeline.lanes.segment, stage.timeline.scale
    middle = lane.height() // 2
    drag(lane, QPoint(round(scale.x(1.0)), middle), QPoint(round(scale.x(9.0)), middle))


def drag(widget: Any, start: QPoint, end: QPoint) -> None:
    """Press at `start`, move to `end` in a few steps, release."""
    left = Qt.MouseButton.LeftButton
    QTest.mouseMove(widget, start)
    QTest.mousePress(widget, left, Qt.KeyboardModifier.NoModifier, start)
    for step in range(1, 6):
        QTest.mouseMove(widget, start + (end - start) * step / 5)
    QTest.mouseRelease(widget, left, Qt.KeyboardModifier.NoModifier, end)


def type_over(words: str) -> None:
    """Replace what stands in the field with the focus."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(focus, words)
