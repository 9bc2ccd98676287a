"""What surrounds the table of tasks: its columns, its filters, what is announced, and what quitting says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from redub.core.tasks import TaskRecord, TaskState
from redub.ui.tasks import Announcer, TasksPanel
from redub.ui.tasks.announcing import ended_words, running_words
from redub.ui.tasks.columns import PLACES
from redub.ui.tasks.filters import FilterBar
from redub.ui.verbs.quitting import what_goes_on

NOW = 1_000_000.0
DAY = 86400.0


def a_record(id: str, state: TaskState = TaskState.MAKING, **fields: object) -> TaskRecord:
    known: dict[str, object] = {"id": id, "state": state, "take_name": f"Take {id}", "created": NOW}
    return TaskRecord(**(known | fields))  # type: ignore[arg-type]  # names of TaskRecord's fields


@pytest.fixture
def panel(qtbot: QtBot) -> TasksPanel:
    made = TasksPanel({}, clock=lambda: NOW)
    qtbot.addWidget(made)
    made.resize(1200, 240)
    made.show()
    return made


def filters(panel: TasksPanel) -> list[str]:
    bar = panel.findChild(FilterBar)
    assert bar is not None
    return [each.text() for each in bar.findChildren(QPushButton) if not each.isHidden()]


def test_filters__have_counts_and_hide_when_empty(panel: TasksPanel) -> None:
    assert filters(panel) == ["All"]
    panel.show_tasks([a_record("1"), a_record("2", TaskState.DONE), a_record("3", TaskState.DONE)])
    assert filters(panel) == ["All 3", "Running 1", "Done 2"]

    panel.show_filter("done")
    assert panel.table.model().rowCount() == 2
    panel.change_tasks([a_record("1", TaskState.FAILED)])
    assert filters(panel) == ["All 3", "Done 2", "With a problem 1"]
    panel.show_filter("problem")
    assert panel.table.model().rowCount() == 1


def test_search__without_a_result_says_so_and_leads_back(panel: TasksPanel) -> None:
    panel.show_tasks([a_record("1")])
    search = panel.findChild(QLineEdit)
    assert search is not None
    search.setText("nothing of the kind")
    back = next(each for each in panel.findChildren(QPushButton) if each.text() == "Show all tasks")
    assert back.isVisible()

    back.click()
    assert panel.table.isVisible()
    assert panel.table.model().rowCount() == 1


def test_table__several_rows_and_their_menu(panel: TasksPanel, qtbot: QtBot) -> None:
    panel.show_tasks([a_record("1"), a_record("2"), a_record("3")])
    panel.table.selectAll()
    with qtbot.waitSignal(panel.menu_wanted) as wanted:
        panel.table.customContextMenuRequested.emit(QPoint(5, 5))
    assert [record.id for record in wanted.args[0]] == ["1", "2", "3"]

    with qtbot.waitSignal(panel.forget_wanted) as forgotten:
        QTest.keyClick(panel.table, Qt.Key.Key_Delete)
    assert len(forgotten.args[0]) == 3


def test_table__the_choice_survives_what_comes_and_the_filter(panel: TasksPanel) -> None:
    panel.show_tasks([a_record("1"), a_record("2", created=NOW - 5)])
    panel.choose("2")
    panel.change_tasks([a_record("9", created=NOW + 5)])
    assert [record.id for record in panel.chosen] == ["2"]

    search = panel.findChild(QLineEdit)
    assert search is not None
    search.setText("take 2")
    assert [record.id for record in panel.chosen] == ["2"]


def test_table__columns_can_be_chosen_and_are_kept(panel: TasksPanel, qtbot: QtBot) -> None:
    menu = panel.table.columns_menu()
    actions = {action.text(): action for action in menu.actions()}
    assert not actions["State"].isEnabled()
    actions["Size"].trigger()
    actions["Service"].trigger()
    panel.table.sortByColumn(PLACES["take"], Qt.SortOrder.DescendingOrder)
    menu.close()

    other = TasksPanel({}, clock=lambda: NOW)
    qtbot.addWidget(other)
    other.show_tasks([a_record("1"), a_record("2")])
    other.table.restore_layout(panel.table.layout_state())
    other.table.restore_layout(b"nonsense")

    assert not other.table.isColumnHidden(PLACES["size"])
    assert other.table.isColumnHidden(PLACES["service"])
    assert other.table.model().index(0, PLACES["take"]).data() == "Take 2"


def test_announcer__tells_together_and_only_what_is_wanted(qtbot: QtBot) -> None:
    window, wants = QWidget(), [(True, False)]
    qtbot.addWidget(window)
    announcer = Announcer(window, wants=lambda: wants[0])
    announcer.ended("Intro", True)
    announcer.ended("Outro", False)
    assert announcer.tell() == ("Redub: 1 video is ready, 1 was not made", "Intro, Outro")
    assert announcer.tell() is None

    wants[0] = (False, False)
    announcer.ended("Intro", True)
    assert announcer.tell() is None
    announcer.end()


def test_announcer__words() -> None:
    assert ended_words([("Intro", True)]) == ("Redub", "“Intro” is ready.")
    assert ended_words([("Intro", False)]) == ("Redub", "“Intro” was not made.")
    assert (running_words(0), running_words(2)) == ("Redub", "Redub: 2 tasks run")


def test_quitting__says_each_kind_once_and_nothing_when_all_has_ended() -> None:
    records = [
        a_record("1", TaskState.QUEUED),
        a_record("2", TaskState.MAKING),
        a_record("3", TaskState.WAITING),
        a_record("4", TaskState.MADE, finished=NOW - 6.5 * DAY),
        a_record("5", TaskState.DONE),
        a_record("6", TaskState.INTENDED),
    ]
    said = what_goes_on(records, converting=True, now=NOW)

    assert len(said) == 6
    assert said[0].startswith("2 tasks go on at the service")
    assert any("from the same byte" in line for line in said)
    assert any("sent at the next start" in line for line in said)
    assert said[-1].startswith("1 result is deleted by the service within a day")
    assert what_goes_on([a_record("5", TaskState.DONE)], now=NOW) == ()
