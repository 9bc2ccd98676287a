from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QPushButton
from pytestqt.qtbot import QtBot

from redub.core.shot import DriverType, Shot, Source
from redub.core.tasks import TaskRecord, TaskState
from redub.services.editing import ShotView
from redub.ui.takes import TakesPanel
from redub.ui.takes.rows import newest_tasks, take_rows
from ui.views import a_take, a_view


def a_task(take_id: str, state: TaskState, created: float) -> TaskRecord:
    return TaskRecord(id=f"{take_id}{created}", state=state, take_id=take_id, created=created)


@pytest.mark.parametrize(
    "fields, words",
    [
        ({"script": 'Hello <break time="400ms"/>there &amp; then'}, "Hello there & then"),
        ({"script": ""}, "Nothing written yet"),
        ({"driver": DriverType.ORIGINAL_VOICE}, "No recording chosen yet"),
        ({"driver": DriverType.ORIGINAL_VOICE, "recording": Source(path="/a/voice.wav")}, "voice.wav"),
    ],
)
def test_rows__say_what_is_said(fields: dict[str, object], words: str) -> None:
    shot = Shot(takes=(a_take(**fields),))

    assert take_rows(shot, {})[0].words == words


def test_rows__the_newest_task_counts() -> None:
    records = [a_task("a", TaskState.DONE, 2.0), a_task("a", TaskState.FAILED, 1.0)]

    row = take_rows(Shot(takes=(a_take(),)), newest_tasks(records))[0]
    assert row.state is TaskState.DONE


def test_panel__shows_the_current_take_chosen(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)

    panel.show_view(a_view(a_take(id="b", name="Second"), a_take()))

    found = panel.findChild(QListView)
    assert isinstance(found, QListView)
    assert found.currentIndex().data() == "Second"
    assert "Second, Hello there." in found.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)


def test_panel__choosing_by_keyboard_tells_the_take(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    panel.show_view(a_view(a_take(), a_take(id="b", name="Second")))
    found = panel.findChild(QListView)
    assert isinstance(found, QListView)

    with qtbot.waitSignal(panel.take_chosen) as chosen:
        QTest.keyClick(found, Qt.Key.Key_Down)

    assert chosen.args == ["b"]


def test_panel__showing_a_view_chooses_nothing_by_itself(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    told: list[str] = []
    panel.take_chosen.connect(told.append)

    panel.show_view(a_view(a_take(), a_take(id="b")))
    panel.show_tasks([a_task("b", TaskState.MAKING, 1.0)])

    assert told == []


def test_panel__empty_shot_says_what_to_do(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    panel.show_view(ShotView(shot=Shot()))
    add = next(each for each in panel.findChildren(QPushButton) if each.text() == "Add a take")

    with qtbot.waitSignal(panel.add_wanted):
        QTest.mouseClick(add, Qt.MouseButton.LeftButton)


def a_panel(qtbot: QtBot) -> TakesPanel:
    panel = TakesPanel()
    qtbot.addWidget(panel)
    panel.show()
    return panel
