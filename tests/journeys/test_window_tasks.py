"""The table of tasks and the settings in the whole window: what is done there reaches the disk and comes back."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu, QSpinBox

from journeys.windows import button, open_dialog, program_on
from redub.app import Program
from redub.core.tasks import RemoteStatus, TaskRecord, TaskState
from redub.paths import places
from redub.services.workbench import settings_path
from redub.store import settingsfile as settings_file
from redub.store.tasks import Intent
from redub.ui.notices import NoticeAction
from redub.ui.settings import SettingsDialog
from redub.ui.tasks.menu import deed_word
from redub.ui.tasks.story import StoryDialog
from redub.ui.verbs.deeds import possible
from support.clips import ClipFactory
from support.storage import S3Server
from support.waiting import until
from ui.views import named

Run = Callable[[Coroutine[Any, Any, None]], None]

pytestmark = [
    pytest.mark.slow,
    # Drawing into memory, Qt has nobody to tell, and no menu to bring to the front.
    pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)", "grabbing the keyboard"),
]


@pytest.fixture
def clip(clip_factory: ClipFactory) -> Path:
    return clip_factory(seconds=2.0)


async def a_task(program: Program, number: int = 1, *, end: str = "failed") -> TaskRecord:
    """Put a task into the history that has come to an end."""
    bench = await program.tools.bench
    intent = Intent(
        request=f'{{"Header":{{}},"Payload":{{"RefVideoUrl":"https://a.example/a.mp4?sign=s3cret","N":{number}}}}}',
        shot="interview",
        take_id=f"take{number}",
        take_name=f"Take {number}",
        site="china",
        base_url="https://gw.tvs.qq.com",
        appkey="AK",
        expected_seconds=3.0,
        folder="/nowhere",
        name=f"n{number}",
    )
    record = await bench.ledger.write(lambda store: store.intend(intent))
    if end == "unclear":
        return await bench.ledger.write(lambda store: store.unclear(record.id, message="It was cut."))
    await bench.ledger.write(lambda store: store.accepted(record.id, f"T{number}"))
    if end == "making":
        return await bench.ledger.write(lambda store: store.reported(record.id, status=RemoteStatus.MAKING))
    return await bench.ledger.write(
        lambda store: store.failed(record.id, message="It could not be fetched.", fail_code=801010)
    )


async def menu_of(program: Program, *ids: str) -> QMenu:
    """Choose tasks, and open what can be done with them."""
    panel = program.tools.panels.tasks
    panel.table.clearSelection()
    panel.choose(ids[0])
    if len(ids) > 1:
        panel.table.selectAll()
    panel.menu_wanted.emit(panel.chosen, QPoint(10, 10))
    await until(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def press(menu: QMenu, name: str) -> None:
    action = next(each for each in menu.actions() if each.text() == deed_word(name))
    menu.close()
    action.trigger()


def undo(program: Program) -> NoticeAction | None:
    """Return the way back from forgetting, as its notice offers it."""
    notices = [one for _id, one in program.tools.notices.shown if one.replace == "forget"]
    return notices[-1].actions[0] if notices else None


def _is_copied(word: str) -> bool:
    return word in QGuiApplication.clipboard().text()


def shown(program: Program) -> list[str]:
    model = program.tools.panels.tasks.table.model()
    return [model.index(row, 2).data() for row in range(model.rowCount())]


def test_tasks__forgotten_and_brought_back(qasync_run: Run, clip: Path) -> None:
    async def journey() -> None:
        async with program_on(clip) as program:
            tasks = [await a_task(program, number) for number in (1, 2, 3)]
            await until(lambda: len(shown(program)) == 3)
            press(await menu_of(program, *(task.id for task in tasks)), "forget")
            await until(lambda: shown(program) == [])
            await until(lambda: undo(program) is not None)
            bring_back = undo(program)
            assert bring_back is not None
            bring_back.do()
            await until(lambda: len(shown(program)) == 3)

    qasync_run(journey())


def test_tasks__everything_about_one_and_no_secret(qasync_run: Run, clip: Path) -> None:
    async def journey() -> None:
        async with program_on(clip) as program:
            task = await a_task(program)
            await until(lambda: len(shown(program)) == 1)
            press(await menu_of(program, task.id), "details")
            await until(lambda: isinstance(open_dialog(), StoryDialog))
            dialog = open_dialog()
            assert isinstance(dialog, StoryDialog)
            assert all(
                word in dialog.said for word in ("801010", "T1", "It could not be fetched.", "RefVideoUrl")
            )
            assert "s3cret" not in dialog.said
            for name, word in (("Copy as JSON", "redub-take-record"), ("Copy as cURL", "curl")):
                QGuiApplication.clipboard().clear()
                QTest.mouseClick(button(dialog, name), Qt.MouseButton.LeftButton)
                await until(partial(_is_copied, word))
                assert "s3cret" not in QGuiApplication.clipboard().text()
            QTest.mouseClick(button(dialog, "Close"), Qt.MouseButton.LeftButton)
            await until(lambda: open_dialog() is None)

    qasync_run(journey())


def test_tasks__an_unclear_one_is_given_up(qasync_run: Run, clip: Path) -> None:
    async def journey() -> None:
        async with program_on(clip) as program:
            task = await a_task(program, end="unclear")
            program.deeds.settle(task)
            await until(lambda: open_dialog() is not None)
            dialog = open_dialog()
            assert dialog is not None
            QTest.mouseClick(button(dialog, "Give up"), Qt.MouseButton.LeftButton)
            await until(lambda: [one.state for one in program.tools.feed.records] == [TaskState.GIVEN_UP])

    qasync_run(journey())


@pytest.mark.parametrize("answer, ends", [("Stay", False), ("Quit", True)])
def test_quit__with_work_in_flight_says_what_goes_on(
    qasync_run: Run, clip: Path, answer: str, ends: bool
) -> None:
    async def journey() -> None:
        async with program_on(clip) as program:
            await a_task(program, end="making")
            await until(lambda: program.tools.window.windowTitle().startswith("(1) "))
            program.leave()
            await until(lambda: open_dialog() is not None)
            dialog = open_dialog()
            assert dialog is not None
            assert "1 task goes on at the service" in dialog.accessibleDescription()
            QTest.mouseClick(button(dialog, answer), Qt.MouseButton.LeftButton)
            await until(lambda: open_dialog() is None)
            if ends:
                await until(program.ended.is_set)
            assert program.ended.is_set() is ends

    qasync_run(journey())


def test_settings__count_at_once_and_are_on_the_disk(qasync_run: Run, clip: Path, s3: S3Server) -> None:
    s3.bucket()

    async def journey() -> None:
        async with program_on(clip) as program:
            program.desk.settings.open("bucket")
            await until(lambda: isinstance(open_dialog(), SettingsDialog))
            dialog = open_dialog()
            assert isinstance(dialog, SettingsDialog)
            colours = named(dialog, QComboBox, "Colours")
            colours.setCurrentIndex(colours.findData("light"))
            colours.activated.emit(colours.currentIndex())
            named(dialog, QSpinBox, "Links live").setValue(72)
            values = {
                "Bucket": "clips",
                "Region": "us-east-1",
                "Endpoint": s3.base_url,
                "Access key id": "test",
            }
            for name, text in values.items():
                field = named(dialog, QLineEdit, name)
                field.setText(text)
                QTest.keyClick(field, Qt.Key.Key_Return)
            addressing = named(dialog, QComboBox, "Addressing")
            addressing.activated.emit(addressing.findData("path"))
            bench = await program.tools.bench
            await until(lambda: bench.settings.bucket_addressing == "path")
            await until(lambda: program.tools.theme.choice.value == "light")

            named(dialog, QLineEdit, "Secret").setText("test")
            QTest.mouseClick(button(dialog, "Check bucket"), Qt.MouseButton.LeftButton)
            await until(lambda: any("Links" in said for said in dialog.bucket.said))
            assert "Delete it It could be deleted again." in dialog.bucket.said
            dialog.accept()
            await until(lambda: open_dialog() is None)
        kept = settings_file.load(settings_path(places()))
        assert (kept.theme, kept.link_hours, kept.bucket_name) == ("light", 72, "clips")

    qasync_run(journey())


def test_possible__only_what_makes_sense_for_all() -> None:
    done = TaskRecord(id="1", state=TaskState.DONE, result="/r/a.mp4", request="{}")
    failed = TaskRecord(id="2", state=TaskState.FAILED, task_id="T")
    held = TaskRecord(id="3", state=TaskState.WAITING, held=True)

    assert {"play", "folder", "details", "relocate", "forget", "copy_json", "copy_curl"} <= possible((done,))
    assert possible((done, failed)) == {"forget", "submit_again"}
    assert {"first", "release", "withdraw"} <= possible((held,))
    assert "hold" not in possible((held,))
    assert "pause_queue" in possible((held,))
    assert "resume_queue" in possible((held,), frozenset({held.account}))
    assert possible((done, held)) == frozenset()
