"""The queue in its window: what it says, what it asks for, and how clips are converted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from redub.core.conversion import EncodeSettings
from redub.core.jobs import ConversionJob, JobState
from redub.core.progress import Progress, Stage
from redub.ui.conversions import ConversionSettings, QueuePanel, QueueWindow, Wishes
from redub.ui.conversions.model import QueueModel
from redub.ui.conversions.rows import quiet_line, summary

WAITING = ConversionJob(
    id="w", source="/clips/b.mov", name="b.mov", kind="re_encode", likely=90.0, asked=True
)
RUNNING = replace(
    WAITING,
    id="r",
    name="a.mov",
    state=JobState.RUNNING,
    progress=Progress(stage=Stage.CONVERT, done=30, total=100, seconds_left=50),
)
DONE = replace(
    WAITING, id="d", state=JobState.DONE, result="/out/c.mp4", folder="/out", said="No frame has moved."
)
FAILED = replace(WAITING, id="f", state=JobState.FAILED, said="The disk is full.")


@pytest.fixture
def panel(qtbot: QtBot) -> QueuePanel:
    made = QueuePanel()
    qtbot.addWidget(made)
    made.show()
    return made


def button(panel: QWidget, name: str) -> QAbstractButton:
    found = [one for one in panel.findChildren(QAbstractButton) if one.accessibleName().startswith(name)]
    return found[-1]


@pytest.mark.parametrize(
    "job, said",
    [
        (WAITING, "Waits · Encoded anew · takes 2 min"),
        (RUNNING, "Encoded anew · 30% · 50 s left"),
        (DONE, "Done · in /out · No frame has moved."),
        (FAILED, "The disk is full."),
        (replace(FAILED, said=""), "Stopped"),
        (replace(WAITING, kind="remux", likely=0.2), "Waits · New container, frames as they are · takes 1 s"),
    ],
)
def test_rows__say_where_a_job_stands(job: ConversionJob, said: str) -> None:
    assert quiet_line(job) == said


def test_summary__counts_what_is_to_do_and_for_how_long() -> None:
    assert summary((DONE, FAILED), False) == ""
    assert summary((RUNNING, WAITING, DONE), True) == "2 to do · 2 min left · paused"


def test_panel__shows_the_running_one_first_chosen_and_keeps_the_choice(panel: QueuePanel) -> None:
    panel.show_jobs((DONE, RUNNING, WAITING), False)
    assert panel.chosen == RUNNING

    panel.choose("w")
    panel.show_jobs((DONE, RUNNING), False)
    panel.show_jobs((RUNNING, WAITING, DONE), False)

    assert panel.chosen is not None


def test_panel__what_is_possible_depends_on_the_state(panel: QueuePanel) -> None:
    names = ("Earlier", "Stop", "Try again", "Show in its folder")
    panel.show_jobs((RUNNING, WAITING, DONE, FAILED), False)
    possible = {}
    for job in (RUNNING, WAITING, DONE, FAILED):
        panel.choose(job.id)
        possible[job.id] = [name for name in names if button(panel, name).isEnabled()]

    assert possible == {
        "r": ["Stop"],
        "w": ["Earlier", "Stop"],
        "d": ["Show in its folder"],
        "f": ["Try again"],
    }


@pytest.mark.parametrize(
    "name, signal, job",
    [
        ("Stop", "stop_wanted", WAITING),
        ("Try again", "retry_wanted", FAILED),
        ("Show in its folder", "folder_wanted", DONE),
        ("Copy the ffmpeg command", "command_wanted", WAITING),
    ],
)
def test_panel__asks_for_one_job(
    panel: QueuePanel, qtbot: QtBot, name: str, signal: str, job: ConversionJob
) -> None:
    panel.show_jobs((job,), False)

    with qtbot.waitSignal(getattr(panel, signal)) as wanted:
        button(panel, name).click()

    assert wanted.args == [job.id]


def test_panel__pause_and_clear(panel: QueuePanel, qtbot: QtBot) -> None:
    panel.show_jobs((RUNNING, DONE), False)
    with qtbot.waitSignal(panel.pause_wanted) as wanted:
        button(panel, "Pause").click()
    assert wanted.args == [True]

    panel.show_jobs((RUNNING, DONE), True)
    with qtbot.waitSignal(panel.pause_wanted) as wanted:
        button(panel, "Go on").click()
    assert wanted.args == [False]
    with qtbot.waitSignal(panel.clear_wanted):
        button(panel, "Take what has ended").click()


def test_panel__earlier_and_later(panel: QueuePanel, qtbot: QtBot) -> None:
    panel.show_jobs((RUNNING, WAITING, replace(WAITING, id="x")), False)
    panel.choose("x")

    with qtbot.waitSignal(panel.move_wanted) as wanted:
        button(panel, "Earlier").click()

    assert wanted.args == ["x", 1]


def test_model__a_dragged_row_is_asked_for(qtbot: QtBot) -> None:
    model = QueueModel()
    model.put((RUNNING, WAITING, DONE))
    moves: list[tuple[str, int]] = []
    model.move_wanted.connect(lambda job, place: moves.append((job, place)))
    dragged: QMimeData = model.mimeData([model.index(2)])

    taken = model.dropMimeData(dragged, Qt.DropAction.MoveAction, 1, 0, QModelIndex())
    model.dropMimeData(model.mimeData([model.index(0)]), Qt.DropAction.MoveAction, 3, 0, QModelIndex())

    assert not taken  # the queue moves it, not the view
    assert moves == [("d", 1), ("r", 2)]


def test_panel__empty_queue_offers_to_add(panel: QueuePanel, qtbot: QtBot) -> None:
    panel.show_jobs((), False)

    with qtbot.waitSignal(panel.add_wanted):
        next(
            one for one in panel.findChildren(QPushButton) if one.isVisible() and "Add" in one.text()
        ).click()


def test_panel__every_button_has_a_name(panel: QueuePanel) -> None:
    assert all(one.accessibleName() for one in panel.findChildren(QToolButton) if one.isVisible())


def test_window__closing_hides_it(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    window = QueueWindow(parent)

    window.show_up()
    assert window.isVisible()
    assert not window.isModal()
    window.close()
    assert not window.isVisible()


def test_settings__show_what_is_wished_and_return_what_was_chosen(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    wish = Wishes(EncodeSettings(preset="slow", crf=20, longest=1920, rate=30.0), "{name}")
    dialog = ConversionSettings(parent, wish, ("medium", "slow"), ("libx264", "h264_nvenc"))

    assert dialog.wishes == wish

    combo = next(one for one in dialog.findChildren(QComboBox) if one.findData("h264_nvenc") >= 0)
    combo.setCurrentIndex(combo.findData("h264_nvenc"))
    next(one for one in dialog.findChildren(QLineEdit) if one.text() == "{name}").setText("x")
    assert dialog.wishes == Wishes(replace(wish.encode, encoder="h264_nvenc"), "x")

    button(dialog, "Usual values").click()
    assert dialog.wishes.encode == EncodeSettings()
