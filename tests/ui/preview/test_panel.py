from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from redub.core.shot import MakeType, Selection, Shot, Source
from redub.core.times import Notation
from redub.media.probe import probe
from redub.services.editing import ShotView
from redub.ui.preview.panel import PreviewPanel
from support.clips import ClipFactory
from ui.player.pictures import number_in


@pytest.fixture
def panel(qtbot: QtBot) -> PreviewPanel:
    made = PreviewPanel()
    qtbot.addWidget(made, before_close_func=lambda _widget: made.close_clip())
    made.resize(760, 520)
    made.show()
    qtbot.waitExposed(made)
    return made


def view_of(clip: Path) -> ShotView:
    return ShotView(shot=Shot(reference=Source(path=str(clip))), facts=probe(clip))


def show(panel: PreviewPanel, clip: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.playback.opened, timeout=10_000):
        panel.show_view(view_of(clip))


def shows(panel: PreviewPanel, number: int, qtbot: QtBot) -> None:
    def is_shown() -> bool:
        return panel.canvas.picture is not None and number_in(panel.canvas.picture) == number

    qtbot.waitUntil(is_shown, timeout=10_000)


@pytest.mark.parametrize(
    "fields",
    [
        {"gop": 250, "seconds": 6.0},
        {"rotation": 90, "width": 240, "height": 320, "seconds": 6.0},
        {"codec": "hevc", "seconds": 6.0, "fps": 30},
    ],
)
def test_seek__shows_the_frame_that_is_on_screen_at_that_time(
    panel: PreviewPanel, clip_factory: ClipFactory, qtbot: QtBot, fields: dict[str, object]
) -> None:
    show(panel, clip_factory(**fields), qtbot)
    fps = int(str(fields.get("fps", 25)))

    for moment in (0.0, 3.24, 1.519, 5.9):
        panel.seek(moment)
        shows(panel, int(moment * fps + 1e-6), qtbot)

    assert panel.cursor == 5.9


def test_typed_time__goes_to_the_frame_in_every_notation(
    panel: PreviewPanel, clip_factory: ClipFactory, qtbot: QtBot
) -> None:
    show(panel, clip_factory(seconds=4.0), qtbot)

    for typed, number in (("1.2", 30), ("0:02.000", 50), ("f61", 61), ("00:00:03:02", 77)):
        panel.go_to_time()
        panel.transport.time.setText(typed)
        QTest.keyClick(panel.transport.time, Qt.Key.Key_Return)
        shows(panel, number, qtbot)


def test_frames__of_a_variable_rate_are_counted_not_reckoned(
    panel: PreviewPanel, clip_factory: ClipFactory, qtbot: QtBot
) -> None:
    show(panel, clip_factory(times=(0.0, 0.04, 0.5, 0.54, 1.2, 1.24), audio=False), qtbot)
    panel.set_notation(Notation.FRAMES)

    panel.go_to_time()
    panel.transport.time.setText("f4")
    QTest.keyClick(panel.transport.time, Qt.Key.Key_Return)

    assert panel.cursor == pytest.approx(1.2, abs=0.001)
    assert panel.transport.time.text() == "f4"


def test_typed_time__nonsense_moves_nothing(
    panel: PreviewPanel, clip_factory: ClipFactory, qtbot: QtBot
) -> None:
    show(panel, clip_factory(seconds=4.0), qtbot)
    panel.seek(1.0)

    panel.transport.time.setText("soon")
    QTest.keyClick(panel.transport.time, Qt.Key.Key_Return)

    assert panel.cursor == 1.0
    assert panel.transport.time.property("role") == "bad"


def test_keys__step_and_jump(panel: PreviewPanel, clip_factory: ClipFactory, qtbot: QtBot) -> None:
    show(panel, clip_factory(seconds=2.0), qtbot)
    panel.setFocus()

    for key, number in (
        (Qt.Key.Key_Period, 1),
        (Qt.Key.Key_Period, 2),
        (Qt.Key.Key_Comma, 1),
        (Qt.Key.Key_End, 49),
        (Qt.Key.Key_Home, 0),
    ):
        QTest.keyClick(panel, key)
        shows(panel, number, qtbot)


def test_transport__buttons_move_the_cursor(
    panel: PreviewPanel, clip_factory: ClipFactory, qtbot: QtBot
) -> None:
    show(panel, clip_factory(seconds=2.0), qtbot)
    moved = list[float]()
    panel.cursor_moved.connect(moved.append)

    panel.transport.pressed.emit("forward")
    panel.transport.pressed.emit("to_end")
    panel.transport.pressed.emit("back")
    panel.transport.pressed.emit("to_start")

    assert moved == pytest.approx([0.04, 1.96, 1.92, 0.0])


def test_notation__changes_how_the_time_is_written(
    panel: PreviewPanel, clip_factory: ClipFactory, qtbot: QtBot
) -> None:
    show(panel, clip_factory(seconds=4.0), qtbot)
    panel.seek(1.2)

    written = []
    for notation in Notation:
        panel.set_notation(notation)
        written.append(panel.transport.time.text())

    assert written == ["1.200", "00:01.200", "00:00:01:05", "f30"]


def test_cursor__stays_when_something_else_of_the_shot_changes(
    panel: PreviewPanel, clip_factory: ClipFactory, qtbot: QtBot
) -> None:
    clip = clip_factory(seconds=4.0)
    show(panel, clip, qtbot)
    panel.seek(2.0)

    panel.show_view(replace(view_of(clip), undo_label="Move segment"))

    assert panel.cursor == 2.0


def test_empty__says_what_to_do_and_asks_for_a_clip(panel: PreviewPanel, qtbot: QtBot) -> None:
    panel.show_view(ShotView(shot=Shot()))

    assert not panel.transport.isEnabled()
    assert not panel.canvas.isVisible()


def test_trouble__is_shown_instead_of_the_picture(
    panel: PreviewPanel, clip_factory: ClipFactory, qtbot: QtBot
) -> None:
    show(panel, clip_factory(seconds=1.0), qtbot)

    panel.show_view(ShotView(shot=Shot(reference=Source(path="/gone.mp4")), trouble="The file is gone."))

    assert not panel.canvas.isVisible()
    assert panel.canvas.picture is None


def test_segment__is_played_once_and_rests_on_its_last_picture(
    panel: PreviewPanel, clip_factory: ClipFactory, qtbot: QtBot
) -> None:
    view = view_of(clip_factory(seconds=7.0))
    picked = Selection(make_type=MakeType.CUSTOM, start=1.0, end=6.2)
    with qtbot.waitSignal(panel.playback.opened, timeout=10_000):
        panel.show_view(replace(view, shot=replace(view.shot, selection=picked)))
    panel.playback.set_speed(8.0)

    panel.transport.segment_button.click()
    assert panel.cursor == 1.0
    qtbot.waitUntil(lambda: not panel.playback.playing, timeout=20_000)

    shows(panel, 154, qtbot)


def test_loop__button_and_command_agree(panel: PreviewPanel, clip_factory: ClipFactory, qtbot: QtBot) -> None:
    show(panel, clip_factory(seconds=2.0), qtbot)

    panel.transport.set_loop(True)
    panel.toggle_loop()
    assert not panel.transport.loops
    panel.toggle_loop()
    assert panel.transport.loops


@pytest.mark.slow
def test_shuttle__forward_faster_stop_backward(
    panel: PreviewPanel, clip_factory: ClipFactory, qtbot: QtBot
) -> None:
    show(panel, clip_factory(seconds=6.0), qtbot)
    panel.setFocus()

    QTest.keyClick(panel, Qt.Key.Key_L)
    QTest.keyClick(panel, Qt.Key.Key_L)
    assert panel.playback.rate == 2.0

    QTest.keyClick(panel, Qt.Key.Key_K)
    assert panel.playback.rate == 0.0

    panel.seek(3.0)
    QTest.keyClick(panel, Qt.Key.Key_J)
    QTest.keyClick(panel, Qt.Key.Key_J)
    assert panel.playback.rate == -2.0
    assert "2×" in panel.transport.rate
    qtbot.waitUntil(lambda: panel.cursor < 2.8, timeout=10_000)
    QTest.keyClick(panel, Qt.Key.Key_Space)
    assert not panel.playback.playing


def test_sound_alone__is_said_and_another_clip_is_asked_for(
    panel: PreviewPanel, clip_factory: ClipFactory, qtbot: QtBot
) -> None:
    view = view_of(clip_factory(seconds=1.0))
    assert view.facts is not None

    panel.show_view(replace(view, facts=replace(view.facts, video=None)))

    said = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert any("It has no picture" in words for words in said)
    with qtbot.waitSignal(panel.relink_wanted):
        next(
            button
            for button in panel.findChildren(QPushButton)
            if button.text() == "Relink…" and button.isVisible()
        ).click()
