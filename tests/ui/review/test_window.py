from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QSlider, QTableWidget, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from redub.core.review import Review, Verdict
from redub.ui.review.window import ReviewWindow
from redub.ui.review.wipe import WipeCanvas
from redub.ui.review.words import Layout
from support.clips import ClipFactory
from ui.player.pictures import number_in
from ui.review.panes import pane, session

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def window(qtbot: QtBot, clip_factory: ClipFactory) -> Iterator[ReviewWindow]:
    made = ReviewWindow()
    qtbot.addWidget(made)
    clip, other = clip_factory(name="a.mp4", seconds=3.0), clip_factory(name="b.mp4", seconds=3.0, gop=100)
    with qtbot.waitSignal(made.lockstep.opened, timeout=10_000):
        made.show_session(session(pane(clip), pane(other, "b")))
    made.show()
    qtbot.waitUntil(lambda: all(feed.picture is not None for feed in made.lockstep.feeds), timeout=10_000)
    yield made
    made.close_clips()


def verdicts(window: ReviewWindow) -> list[Verdict]:
    return [one.verdict for one in window.judging.review.sentences]


def test_space__plays_the_first_sentence_then_the_next(window: ReviewWindow, qtbot: QtBot) -> None:
    cursors = list[float]()
    window.lockstep.moved.connect(cursors.append)

    QTest.keyClick(window, Qt.Key.Key_Space)
    assert window.judging.place == 0
    assert window.lockstep.playing
    qtbot.waitUntil(lambda: not window.lockstep.playing, timeout=5_000)
    assert window.lockstep.frame == 22  # rests on the last picture of the sentence, which ends at 0.9 s
    QTest.keyClick(window, Qt.Key.Key_Space)

    assert window.judging.place == 1
    assert cursors[0] == pytest.approx(0.2)


def test_keys__judge_note_and_walk(window: ReviewWindow) -> None:
    told = list[Review]()
    window.review_changed.connect(lambda _id, review: told.append(review))

    QTest.keyClick(window, Qt.Key.Key_A)
    QTest.keyClick(window.judging.list, Qt.Key.Key_Down)
    QTest.keyClick(window, Qt.Key.Key_R)
    QTest.keyClick(window, Qt.Key.Key_N)
    QTest.keyClicks(window.judging.note, "a redo")
    QTest.keyClick(window.judging.note, Qt.Key.Key_Return)

    assert verdicts(window) == [Verdict.ACCEPTED, Verdict.REDO, Verdict.OPEN]
    assert told[-1].sentences[1].note == "a redo"
    assert window.lockstep.cursor == pytest.approx(1.0)
    QTest.keyClick(window, Qt.Key.Key_R)
    assert verdicts(window)[1] is Verdict.OPEN


def test_step__both_panes_show_the_same_picture(window: ReviewWindow, qtbot: QtBot) -> None:
    for _step in range(3):
        QTest.keyClick(window, Qt.Key.Key_Period)
    QTest.keyClick(window, Qt.Key.Key_Comma)

    def numbers() -> list[int]:
        shown = [one.canvas.picture for one in window.stage.panes]
        return [number_in(picture) for picture in shown if picture is not None]

    qtbot.waitUntil(lambda: numbers() == [2, 2], timeout=5_000)


def test_swap__one_is_heard(window: ReviewWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_S)
    assert window.lockstep.heard == 1
    QTest.keyClick(window, Qt.Key.Key_S)
    assert window.lockstep.heard == 0


def test_zoom__shows_the_part_around_the_mouth(window: ReviewWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_Z)

    canvas, feed = window.stage.panes[0].canvas, window.lockstep.feeds[0]
    assert canvas.picture is not None
    assert feed.picture is not None
    assert canvas.picture.width() == pytest.approx(feed.picture.width() * 0.4, abs=2)


def test_view__goes_round_and_a_wipe_has_both_pictures(window: ReviewWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_V)
    assert window.stage.layout_shown is Layout.STACKED
    QTest.keyClick(window, Qt.Key.Key_V)
    assert window.stage.wipe.isVisible()
    before = window.stage.wipe.split
    QTest.keyClick(window.stage.wipe, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert window.stage.wipe.split > before
    QTest.keyClick(window, Qt.Key.Key_V)
    assert not window.stage.wipe.isVisible()


def test_session__of_one_result_without_subtitles(
    window: ReviewWindow, qtbot: QtBot, clip_factory: ClipFactory
) -> None:
    alone = clip_factory(name="alone.mp4", seconds=1.0)
    with qtbot.waitSignal(window.lockstep.opened, timeout=10_000):
        window.show_session(session(pane(alone, "c", seconds=1.0), sentences=()))
    QTest.keyClick(window, Qt.Key.Key_A)
    QTest.keyClick(window, Qt.Key.Key_Space)

    assert window.lockstep.playing
    assert window.judging.review == Review()


def test_session__can_be_changed_many_times(
    window: ReviewWindow, qtbot: QtBot, clip_factory: ClipFactory
) -> None:
    clips = [clip_factory(name=f"{name}.mp4", seconds=1.0) for name in "cdef"]
    for count in (1, 4, 2, 3, 1, 4):
        with qtbot.waitSignal(window.lockstep.opened, timeout=10_000):
            panes = (pane(clip, clip.stem, seconds=1.0) for clip in clips[:count])
            window.show_session(session(*panes))

    assert len(window.stage.panes) == 4
    assert window.stage.findChildren(WipeCanvas) == [window.stage.wipe]


def test_hidden__is_silent(window: ReviewWindow) -> None:
    window.lockstep.play()
    QTest.keyClick(window, Qt.Key.Key_Escape)

    assert not window.isVisible()
    assert not window.lockstep.playing


def test_every_control__has_a_name(window: ReviewWindow) -> None:
    kinds = (QComboBox, QLineEdit, QPushButton, QSlider, QTableWidget, QToolButton)
    reached = [one for one in window.findChildren(QWidget) if isinstance(one, kinds) and one.isVisible()]

    assert len(reached) > 15
    for control in reached:
        if control.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert control.accessibleName() or control.property("text"), control
