from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from redub.ui.player.panel import PlayerPanel
from redub.ui.verbs.results import saved_picture
from support.clips import ClipFactory

SUBTITLES = "1\n00:00:00,000 --> 00:00:01,000\nHello there.\n\n2\n00:00:01,500 --> 00:00:02,500\n再见。\n"


@pytest.fixture
def panel(qtbot: QtBot) -> PlayerPanel:
    made = PlayerPanel()
    qtbot.addWidget(made, before_close_func=lambda _widget: made.close_clip())
    made.resize(700, 560)
    made.show()
    qtbot.waitExposed(made)
    return made


def _opened(panel: PlayerPanel, clip: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.playback.opened, timeout=10_000):
        panel.open(clip, "Intro", play=False)


def test_open__shows_the_subtitles_of_the_moment(
    panel: PlayerPanel, clip_factory: ClipFactory, qtbot: QtBot
) -> None:
    clip = clip_factory(seconds=3.0)
    clip.with_suffix(".srt").write_text(SUBTITLES, "utf-8")

    _opened(panel, clip, qtbot)
    said = []
    for moment in (0.5, 1.2, 2.0):
        panel.playback.seek(moment)
        said.append(panel.subtitle)

    assert said == ["Hello there.", "", "再见。"]


def test_open__without_subtitles_has_no_line_for_them(
    panel: PlayerPanel, clip_factory: ClipFactory, qtbot: QtBot
) -> None:
    _opened(panel, clip_factory(seconds=1.0), qtbot)

    assert panel.subtitle == ""


def test_seek_bar__a_click_goes_there(panel: PlayerPanel, clip_factory: ClipFactory, qtbot: QtBot) -> None:
    _opened(panel, clip_factory(seconds=4.0), qtbot)
    bar = panel.seek_bar

    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() // 2, bar.height() // 2))

    assert panel.playback.cursor == pytest.approx(2.0, abs=0.1)


def test_keys__step_by_pictures_and_go_back(
    panel: PlayerPanel, clip_factory: ClipFactory, qtbot: QtBot
) -> None:
    _opened(panel, clip_factory(seconds=1.0), qtbot)

    QTest.keyClick(panel, Qt.Key.Key_Period)
    QTest.keyClick(panel, Qt.Key.Key_Period)
    assert panel.playback.frame == 2

    with qtbot.waitSignal(panel.closed):
        QTest.keyClick(panel, Qt.Key.Key_Escape)


def test_picture__is_that_of_the_cursor_in_full_size_and_writes_over_nothing(
    panel: PlayerPanel, clip_factory: ClipFactory, qtbot: QtBot
) -> None:
    clip = clip_factory(seconds=1.0, width=640, height=360)
    _opened(panel, clip, qtbot)
    panel.playback.seek(0.5)
    with qtbot.waitSignal(panel.picture_wanted) as wanted:
        panel.take_picture()
    path, seconds = wanted.args
    saved = [saved_picture(path, seconds), saved_picture(path, seconds)]

    assert (path, seconds) == (clip, pytest.approx(0.5, abs=0.05))
    assert None not in saved
    assert saved[0] != saved[1]
    picture = QImage(str(saved[0]))
    assert (picture.width(), picture.height()) == (640, 360)


@pytest.mark.slow
def test_open__plays_at_once(
    panel: PlayerPanel, clip_factory: ClipFactory, qtbot: QtBot, libvlc: None
) -> None:
    panel.open(clip_factory(seconds=1.0), "Intro")

    qtbot.waitUntil(lambda: panel.playback.playing, timeout=10_000)
    qtbot.waitUntil(lambda: panel.playback.cursor > 0.3, timeout=20_000)
    assert panel.canvas.picture is not None
