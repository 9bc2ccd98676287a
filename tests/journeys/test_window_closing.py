"""Ending the program from its window: what is unsaved is asked about, what runs is drained, nothing is sent twice."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from journeys.windows import button, open_dialog, program_on, starting_program, states
from redub.app import Program, main
from redub.core import edits
from redub.core.history import Edit
from redub.core.shot import Shot, Source, Take
from redub.core.tasks import TaskState
from redub.paths import places
from redub.store import shotfile
from support.clips import ClipFactory
from support.waiting import until

Run = Callable[[Coroutine[Any, Any, None]], None]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.qt_log_ignore("propagateSizeHints"),  # drawing into memory, Qt has nobody to tell
]


@pytest.fixture
def saved_shot(clip_factory: ClipFactory, tmp_path: Path) -> Path:
    """Return a shot that lies on the disk."""
    clip = clip_factory(seconds=2.0)
    path = tmp_path / "interview.redub"
    take = Take(id="a", name="Intro", script="Hello there.")
    shotfile.save(Shot(reference=Source(path=str(clip)), takes=(take,)), path)
    return path


def change(program: Program) -> None:
    """Change the shot."""
    program.tools.apply(Edit("Mark still", lambda shot: edits.add_still(shot, 0.5, 1.0)))


async def answer(program: Program, name: str) -> None:
    """Ask the window to close, and press the button `name` of the question that comes."""
    program.tools.window.close()
    await until(lambda: open_dialog() is not None)
    dialog = open_dialog()
    assert dialog is not None
    QTest.mouseClick(button(dialog, name), Qt.MouseButton.LeftButton)
    await until(lambda: open_dialog() is None)


def test_close__nothing_unsaved_ends_at_once(qasync_run: Run, saved_shot: Path) -> None:
    async def journey() -> None:
        async with program_on(saved_shot) as program:
            program.tools.window.close()
            await until(program.ended.is_set)

    qasync_run(journey())


def test_close__cancel_keeps_the_program_running(qasync_run: Run, saved_shot: Path) -> None:
    async def journey() -> None:
        async with program_on(saved_shot) as program:
            change(program)
            await answer(program, "Cancel")
            assert program.tools.window.isVisible()
            assert not program.ended.is_set()

    qasync_run(journey())


def test_close__save_writes_the_shot(qasync_run: Run, saved_shot: Path) -> None:
    async def journey() -> None:
        async with program_on(saved_shot) as program:
            change(program)
            await answer(program, "Save")
            await until(program.ended.is_set)

    qasync_run(journey())
    assert len(shotfile.load(saved_shot).still_intervals) == 1


def test_close__do_not_save_leaves_the_file(qasync_run: Run, saved_shot: Path) -> None:
    before = saved_shot.read_bytes()

    async def journey() -> None:
        async with program_on(saved_shot) as program:
            change(program)
            await answer(program, "Do not save")
            await until(program.ended.is_set)

    qasync_run(journey())
    assert saved_shot.read_bytes() == before


def test_close__in_the_middle_of_a_task_goes_on_at_the_next_start(
    qasync_run: Run, clip_factory: ClipFactory
) -> None:
    clip = clip_factory(seconds=6.0, width=640, height=480)
    ids: list[str] = []

    async def first() -> None:
        async with program_on(clip) as program:
            await until(lambda: program.actions["take.make"].isEnabled())
            program.actions.run("take.make")
            await until(lambda: any(record.task_id for record in program.tools.feed.records), seconds=60)
            ids.extend(record.task_id for record in program.tools.feed.records)

    async def second() -> None:
        async with program_on(clip) as program:
            ended = {TaskState.DONE, TaskState.FAILED}
            await until(lambda: set(states(program)) <= ended, seconds=90)
            assert [record.task_id for record in program.tools.feed.records] == ids
            assert states(program) == [TaskState.DONE]

    qasync_run(first())
    qasync_run(second())


def test_close__while_everything_is_still_being_opened(qasync_run: Run, clip_factory: ClipFactory) -> None:
    clip = clip_factory(seconds=2.0)

    async def journey() -> None:
        async with starting_program() as program:
            program.tools.start(program.open(clip, None), "open")
            await until(lambda: program.tools.stage is not None)

    qasync_run(journey())


def test_start__services_that_cannot_be_opened_are_told(qasync_run: Run) -> None:
    settings = places().config / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"format": "redub-settings", "version": 1, "values": {"site": "moon"}}')

    async def journey() -> None:
        async with starting_program() as program:
            program.tools.start(program.open(None, None), "open")
            await until(lambda: len(program.tools.notices.shown) == 1)
            _number, notice = program.tools.notices.shown[0]
            assert notice.text == "The setting “site” cannot be used."

    qasync_run(journey())


def test_screenshot__a_picture_of_the_window_and_out(clip_factory: ClipFactory, tmp_path: Path) -> None:
    clip = clip_factory(seconds=2.0)
    target = tmp_path / "window.png"

    assert main(clip, places(), screenshot=target, size=(1280, 720)) == 0

    picture = QImage(str(target))
    assert picture.width() == round(1280 * picture.devicePixelRatio())
    colours = {picture.pixelColor(x, 160).name() for x in range(0, 1280, 4)}
    assert len(colours) > 10
