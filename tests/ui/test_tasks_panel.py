from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from redub.core.jobs import ConversionJob, JobState
from redub.core.progress import Progress, Stage
from redub.core.tasks import TaskRecord, TaskState
from redub.ui.icons import names
from redub.ui.tasks import TasksFeed, TasksPanel
from redub.ui.tasks.columns import COLUMNS
from redub.ui.tasks.details import details
from redub.ui.tasks.rows import ago, left, length, size, task_row
from redub.ui.tasks.states import state_sign, state_word
from redub.ui.tasks.table import TasksTable
from redub.ui.theme import load
from ui.views import named

NOW = 1_000_000.0
TITLES = {"rehearsal": "Rehearsal", "international": "Tencent Cloud International"}


def a_record(**fields: Any) -> TaskRecord:
    known: dict[str, Any] = {
        "id": "1",
        "state": TaskState.MAKING,
        "shot": "interview",
        "take_name": "Intro",
        "site": "rehearsal",
        "created": NOW - 90,
    }
    return TaskRecord(**(known | fields))


@pytest.fixture
def panel(qtbot: QtBot) -> TasksPanel:
    made = TasksPanel(TITLES, clock=lambda: NOW)
    qtbot.addWidget(made)
    made.resize(1200, 200)
    made.show()
    return made


@pytest.mark.parametrize("state", list(TaskState))
def test_states__have_a_word_and_a_sign(state: TaskState) -> None:
    sign, role = state_sign(state)

    assert state_word(state)
    assert sign in names()
    assert role in load("dark").colours


@pytest.mark.parametrize(
    "seconds, said",
    [
        (0, "now"),
        (59, "now"),
        (60, "1 min"),
        (3599, "59 min"),
        (7200, "2 h"),
        (86400, "1 day"),
        (259200, "3 days"),
    ],
)
def test_ago(seconds: float, said: str) -> None:
    assert ago(seconds) == said


@pytest.mark.parametrize(
    "seconds, said", [(None, ""), (0.2, "1 s left"), (42, "42 s left"), (150, "2 min left")]
)
def test_left(seconds: float | None, said: str) -> None:
    assert left(seconds) == said


@pytest.mark.parametrize(
    "seconds, guess, said",
    [(None, False, ""), (18.44, False, "18.4 s"), (64.2, False, "1:04"), (5, True, "≈ 5.0 s")],
)
def test_length(seconds: float | None, guess: bool, said: str) -> None:
    assert length(seconds, guess) == said


def test_row__running_shows_its_news_and_an_expected_length() -> None:
    progress = Progress(stage=Stage.MAKE, done=4, total=10, note="speaking", seconds_left=50)

    row = task_row(a_record(expected_seconds=21.2), NOW, TITLES, progress)

    assert (row.state, row.what, row.service, row.age) == (
        "Being made",
        "interview · Intro",
        "Rehearsal",
        "1 min",
    )
    assert (row.news, row.left, row.length, row.ratio) == ("speaking", "50 s left", "≈ 21.2 s", 0.4)


def test_row__queued_says_its_place() -> None:
    queued, waiting = a_record(state=TaskState.QUEUED, ahead=2), a_record(state=TaskState.WAITING)

    assert task_row(queued, NOW, TITLES, None).place == "2 ahead"
    assert task_row(waiting, NOW, TITLES, None, waiting=0).place == "next"
    assert task_row(waiting, NOW, TITLES, None, waiting=3).place == "3 before it"


def test_row__on_its_way_says_what_is_done_here() -> None:
    row = task_row(a_record(state=TaskState.INTENDED), NOW, TITLES, Progress(stage=Stage.CONVERT))

    assert row.state == "Converting"


def test_row__done_ignores_an_old_progress() -> None:
    record = a_record(state=TaskState.DONE, duration=13.12, result="/r/a.mp4")

    row = task_row(record, NOW, TITLES, Progress(stage=Stage.VERIFY, done=1, total=2))

    assert (row.ratio, row.news, row.length) == (None, "", "13.1 s")


def test_row__a_paid_result_is_kept_for_seven_days() -> None:
    paid = task_row(a_record(site="international", finished=0.0), NOW, TITLES, None)

    assert paid.kept.startswith("1970-01-0")
    assert task_row(a_record(finished=0.0), NOW, TITLES, None).kept == ""


@pytest.mark.parametrize(
    "count, said",
    [(None, ""), (0, ""), (512, "512 B"), (1500, "1.5 kB"), (12.34e6, "12.3 MB"), (2e9, "2.0 GB")],
)
def test_size(count: float | None, said: str) -> None:
    assert size(count) == said


def test_panel__newest_first(panel: TasksPanel) -> None:
    panel.show_tasks([a_record(id="old", take_name="Old", created=1), a_record(id="new", take_name="New")])

    assert [cell(panel, row, "take") for row in range(2)] == ["New", "Old"]


def test_panel__filter(panel: TasksPanel) -> None:
    panel.show_tasks([a_record(id="a"), a_record(id="b", state=TaskState.FAILED)])

    QTest.keyClicks(named(panel, QLineEdit, "Filter the tasks"), "failed")

    assert table(panel).model().rowCount() == 1


def test_panel__return_plays_the_chosen_result(panel: TasksPanel, qtbot: QtBot) -> None:
    record = a_record(state=TaskState.DONE, result="/r/a.mp4")
    panel.show_tasks([record])
    panel.choose("1")

    with qtbot.waitSignal(panel.play_wanted) as wanted:
        QTest.keyClick(table(panel), Qt.Key.Key_Return)

    assert wanted.args == [record]


def test_panel__buttons_follow_the_choice(panel: TasksPanel) -> None:
    panel.show_tasks([a_record()])
    play, copy = (
        named(panel, QToolButton, name) for name in ("Play the result", "Copy the details of this task")
    )
    assert (play.isEnabled(), copy.isEnabled()) == (False, False)

    panel.choose("1")
    assert (play.isEnabled(), copy.isEnabled()) == (False, True)

    panel.show_tasks([a_record(state=TaskState.DONE, result="/r/a.mp4")])
    assert (play.isEnabled(), copy.isEnabled()) == (True, True)


def test_panel__copies_details(panel: TasksPanel) -> None:
    panel.show_tasks([a_record(task_id="T-1")])
    panel.choose("1")

    named(panel, QToolButton, "Copy the details of this task").click()

    assert "TaskId: T-1" in QGuiApplication.clipboard().text()


def test_panel__choice_survives_news(panel: TasksPanel) -> None:
    panel.show_tasks([a_record(id="a", created=1), a_record(id="b", created=2)])
    panel.choose("a")

    panel.show_progress({"b": Progress(stage=Stage.MAKE, done=1, total=2)})

    chosen = table(panel).chosen
    assert chosen is not None
    assert chosen.id == "a"


def test_panel__folds_to_its_head(panel: TasksPanel) -> None:
    panel.fold(True)

    assert panel.maximumHeight() < 40
    assert named(panel, QToolButton, "Unfold the tasks").isVisible()


def test_conversions__say_how_far_and_can_be_stopped(panel: TasksPanel, qtbot: QtBot) -> None:
    line = panel.conversions
    moving = Progress(stage=Stage.CONVERT, done=43, total=100, seconds_left=130)
    waiting = ConversionJob(id="2", source="/b.mov", name="b.mov", likely=60)
    running = replace(waiting, id="1", name="a.mov", state=JobState.RUNNING, progress=moving)
    done = replace(waiting, id="3", state=JobState.DONE)
    line.show_jobs((done, waiting, running))
    assert line.said == "Converting a.mov · 43% · 3 min left · 1 more waits"

    with qtbot.waitSignal(line.cancel_wanted) as wanted:
        named(line, QToolButton, "Stop this conversion").click()

    assert wanted.args == ["1"]
    line.show_jobs((done,))
    assert not line.isVisible()


def test_feed__passes_changes_on_together(qtbot: QtBot) -> None:
    feed = TasksFeed()
    seen: list[tuple[TaskRecord, ...]] = []
    feed.records_changed.connect(seen.append)

    with qtbot.waitSignal(feed.records_changed):
        for state in (TaskState.QUEUED, TaskState.MAKING, TaskState.MADE):
            feed.tell(a_record(state=state))

    assert [[record.state for record in records] for records in seen] == [[TaskState.MADE]]


def test_feed__tells_every_move_at_once(qtbot: QtBot) -> None:
    feed = TasksFeed()
    moves: list[tuple[TaskState | None, TaskState]] = []
    feed.record_moved.connect(lambda old, new: moves.append((old.state if old else None, new.state)))

    feed.begin_with([a_record()])
    feed.tell(a_record(state=TaskState.DONE))

    assert moves == [(TaskState.MAKING, TaskState.DONE)]
    feed.pass_on()


def test_feed__drafts_come_and_go(qtbot: QtBot) -> None:
    feed = TasksFeed()
    draft = a_record(id="draft:a", state=TaskState.INTENDED)

    feed.prepare(draft, Progress(stage=Stage.UPLOAD))
    assert list(feed.records) == [draft]

    feed.prepare(draft, None)
    assert not feed.records
    with qtbot.waitSignal(feed.records_changed):
        pass


def test_feed__a_draft_goes_when_its_record_comes(qtbot: QtBot) -> None:
    feed = TasksFeed()
    draft = a_record(id="draft:a", take_id="a", state=TaskState.INTENDED)
    record = a_record(id="7", take_id="a", state=TaskState.QUEUED)

    feed.prepare(draft, Progress(stage=Stage.SUBMIT))
    feed.tell(record)
    feed.prepare(draft, Progress(stage=Stage.SUBMIT, done=1, total=1))

    assert list(feed.records) == [record]
    with qtbot.waitSignal(feed.records_changed):
        feed.prepare(draft, None)


def test_details__leave_out_what_is_not_known() -> None:
    said = details(replace(a_record(), message="Sorry."))

    assert "Message: Sorry." in said
    assert "FailCode" not in said


def test_details__hold_no_secret() -> None:
    said = details(a_record(request='{"RefVideoUrl": "https://b.example/a.mp4?X-Amz-Signature=s3cret"}'))

    assert "https://b.example/a.mp4" in said
    assert "s3cret" not in said


def table(panel: TasksPanel) -> TasksTable:
    found = panel.findChild(TasksTable)
    assert isinstance(found, TasksTable)
    return found


def cell(panel: TasksPanel, row: int, name: str) -> str:
    place = next(place for place, column in enumerate(COLUMNS) if column.name == name)
    return str(table(panel).model().index(row, place).data())
