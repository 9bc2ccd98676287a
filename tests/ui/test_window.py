from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QCheckBox,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot

from redub.ui.commands import COMMANDS, CommandActions, Situation
from redub.ui.findings import FindingsPanel
from redub.ui.notices import Notices
from redub.ui.options import OptionsPanel
from redub.ui.takes import TakesPanel
from redub.ui.tasks import TasksPanel
from redub.ui.voice import VoicePanel
from redub.ui.window import Arrangement, Header, MainWindow, Panels, WindowMemory
from redub.ui.window.keys import belongs_to
from ui.views import a_view, named

NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # drawing into memory, Qt has nobody to tell


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = a_window()
    qtbot.addWidget(made, before_close_func=let_close)
    return made


def a_window() -> MainWindow:
    panels = Panels(
        takes=TakesPanel(),
        voice=VoicePanel(),
        options=OptionsPanel(),
        findings=FindingsPanel(),
        tasks=TasksPanel({}),
    )
    return MainWindow(Header(), Arrangement(panels, QWidget()), Notices())


def let_close(window: QWidget) -> None:
    assert isinstance(window, MainWindow)
    window.may_close = True


def test_close__asks_and_stays_open(window: MainWindow, qtbot: QtBot) -> None:
    window.show()

    with qtbot.waitSignal(window.close_requested):
        window.close()

    assert window.isVisible()


def test_close__when_it_may(window: MainWindow) -> None:
    window.show()
    window.may_close = True

    assert window.close()
    assert not window.isVisible()


def test_title__name_and_sign_of_changes(window: MainWindow) -> None:
    window.show_view(replace(a_view(), unsaved=True), "interview")

    assert window.windowTitle() == "interview[*] - Redub"
    assert window.isWindowModified()
    assert named(window, QLabel, "Name of the shot").text() == "interview"


def test_drop__tells_all_local_files(window: MainWindow, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/films/a clip.mp4"), QUrl("https://a.example/b.mp4")])
    button = Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, mime, button, NONE)

    with qtbot.waitSignal(window.dropped) as dropped:
        window.dropEvent(event)

    assert dropped.args == [(Path("/films/a clip.mp4"),)]


@pytest.mark.parametrize(
    "kind, key, text, modifiers, belongs",
    [
        (QLineEdit, Qt.Key.Key_I, "i", NONE, True),
        (QLineEdit, Qt.Key.Key_I, "I", SHIFT, True),
        (QLineEdit, Qt.Key.Key_S, "", CTRL, False),
        (QLineEdit, Qt.Key.Key_Delete, "", NONE, True),
        (QPushButton, Qt.Key.Key_Space, " ", NONE, True),
        (QPushButton, Qt.Key.Key_I, "i", NONE, False),
        (QCheckBox, Qt.Key.Key_Space, " ", NONE, True),
        (QListView, Qt.Key.Key_Home, "", NONE, True),
        (QListView, Qt.Key.Key_Space, " ", NONE, False),
        (QListView, Qt.Key.Key_Delete, "", NONE, False),
        (QSlider, Qt.Key.Key_End, "", NONE, True),
        (QWidget, Qt.Key.Key_Space, " ", NONE, False),
    ],
)
def test_keys__belong_to_the_control_with_the_focus(
    qtbot: QtBot,
    kind: type[QWidget],
    key: Qt.Key,
    text: str,
    modifiers: Qt.KeyboardModifier,
    belongs: bool,
) -> None:
    focus = kind()
    qtbot.addWidget(focus)

    assert belongs_to(focus, QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers, text)) is belongs


def test_arrangement__stage_comes_later(window: MainWindow) -> None:
    window.resize(1280, 720)
    window.show()
    arrangement = window.arrangement
    preview, timeline, script, player = (QWidget() for _place in range(4))

    arrangement.put_stage(preview, timeline, script, player)

    assert preview.isVisible()
    assert not player.isVisible()
    assert arrangement.tabs.currentWidget() is script
    arrangement.show_player(True)
    assert arrangement.player_is_shown
    arrangement.show_panel("timeline")
    assert not arrangement.player_is_shown


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (3840, 2160)])
def test_arrangement__leaves_the_picture_the_most_room(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    arrangement = window.arrangement
    window.resize(*size)
    window.show()
    preview, timeline = QWidget(), QWidget()
    arrangement.put_stage(preview, timeline, QWidget(), QWidget())

    arrangement.settle(*size)

    qtbot.waitUntil(lambda: preview.width() > size[0] * 0.5)
    assert preview.height() > size[1] * 0.3


def test_memory__borders_and_size_come_back(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = a_window(), a_window()
    for each in (first, second):
        qtbot.addWidget(each, before_close_func=let_close)
    memory = WindowMemory(tmp_path / "config")
    memory.recall(first)
    first.resize(1100, 650)
    memory.keep_hint(closed=True)
    memory.keep(first)

    again = WindowMemory(tmp_path / "config")
    again.recall(second)

    assert second.size() == QSize(1100, 650)
    assert second.arrangement.state() == first.arrangement.state()
    assert again.hint_is_closed


def test_memory__a_damaged_file_costs_nothing(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "window.json").write_text("{half")

    WindowMemory(tmp_path).recall(window)

    assert window.width() > 1000


def test_window__every_control_says_what_it_is(window: MainWindow) -> None:
    actions = CommandActions(COMMANDS, _NoDesk(), Situation, print, window)
    window.bind(actions)
    actions.judge()
    window.header.show_service("rehearsal", "Rehearsal")
    window.show()

    unnamed = [
        each
        for each in window.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.window() is window  # not the list that a combo box opens
        and not isinstance(each.parent(), QAbstractSpinBox)  # its inner field is read out with the box
        and not (each.accessibleName() or words_of(each))
    ]
    assert unnamed == []


class _NoDesk:
    """Stands for verbs that nobody asks for."""

    def __getattr__(self, name: str) -> Any:  # stands for every family of verbs
        raise AssertionError(name)


def words_of(widget: QWidget) -> str:
    """Return what a control says by its own words."""
    return widget.text() if isinstance(widget, QAbstractButton) else ""
