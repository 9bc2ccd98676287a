from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from redub.core.clip import ClipFacts, VideoFacts
from redub.core.shot import Options, Shot, Source, StillInterval, Take, VideoLoop
from redub.core.splice import Jump, MeasuredSplice, splices_of
from redub.media.wordtimes import Word
from redub.services.deriving import plan_of
from redub.services.editing import ShotView
from redub.ui.timeline.resultstrip import ResultStrip
from redub.ui.timeline.resultwords import ResultNotes, here, quoted
from redub.ui.timeline.scale import PADDING

VIDEO = VideoFacts(codec="h264", width=1280, height=720, shown_width=1280, shown_height=720, frame_rate=25.0)
FACTS = ClipFacts(path="/clip.mp4", container="mp4", size=1, duration=6.0, video=VIDEO)
WORDS = tuple(Word(text, at, at + 0.4) for text, at in (("Hello", 0.2), ("there", 1.2), ("again", 7.0)))
VISIBLE = Jump(shift=0.02, light=0.001, change=0.2)


def view_of(seconds: float = 9.0, loop: VideoLoop = VideoLoop.FORWARD) -> ShotView:
    take = Take(id="t", name="1", script="Hello there again.", options=Options(loop=loop))
    stills = (StillInterval(1.0, 2.0),)
    shot = Shot(reference=Source(path="/clip.mp4"), takes=(take,), still_intervals=stills)
    return ShotView(shot=shot, take_id="t", facts=FACTS, plan=plan_of(shot, take, FACTS, seconds))


def measured(view: ShotView, jump: Jump = VISIBLE) -> tuple[MeasuredSplice, ...]:
    assert view.plan is not None
    return tuple(MeasuredSplice(one, jump) for one in splices_of(view.plan))


@pytest.fixture
def strip(qtbot: QtBot) -> ResultStrip:
    made = ResultStrip()
    qtbot.addWidget(made)
    made.resize(624 + round(PADDING) * 2, 46)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_words__those_under_still_parts_and_the_end_of_the_speech_are_said(strip: ResultStrip) -> None:
    strip.show_view(view_of())

    strip.show_words(WORDS)

    assert "speech ends at 7.40 s" in strip.summary
    assert "2 words with lips as filmed" in strip.summary
    assert "“there again”" in strip.toolTip()
    assert "“there again”" in strip.accessibleDescription()
    assert not strip.grab().isNull()


def test_assumptions__are_listed_as_sentences(strip: ResultStrip) -> None:
    strip.show_view(view_of(3.0))

    lines = strip.toolTip().splitlines()

    assert "1 assumption" in strip.summary
    assert lines[0].endswith(":")
    assert lines[1].startswith("• When the speech is shorter")


def test_splices__say_how_much_is_seen_where_they_are(strip: ResultStrip) -> None:
    view = view_of()
    strip.show_view(view)

    strip.show_splices(measured(view))
    QTest.mouseMove(strip, QPoint(round(PADDING + 624 * 6 / 9), 10))

    assert "1 splice, a visible jump" in strip.summary
    assert strip.improve_button.isVisible()
    assert not strip.grab().isNull()


@pytest.mark.parametrize(
    "loop, jump, offered",
    [
        (VideoLoop.FORWARD, VISIBLE, True),
        (VideoLoop.FORWARD, Jump(), False),
        (VideoLoop.REVERSE, VISIBLE, False),
    ],
)
def test_improve__is_offered_where_an_edge_can_help(
    strip: ResultStrip, loop: VideoLoop, jump: Jump, offered: bool
) -> None:
    view = view_of(loop=loop)
    strip.show_view(view)

    strip.show_splices(measured(view, jump))

    assert strip.improve_button.isVisible() is offered


def test_improve__is_asked_for(strip: ResultStrip, qtbot: QtBot) -> None:
    view = view_of()
    strip.show_view(view)
    strip.show_splices(measured(view))

    with qtbot.waitSignal(strip.improve_wanted):
        QTest.mouseClick(strip.improve_button, Qt.MouseButton.LeftButton)


def test_show_view__another_plan_forgets_words_and_splices(strip: ResultStrip) -> None:
    view = view_of()
    strip.show_view(view)
    strip.show_words(WORDS)
    strip.show_splices(measured(view))

    strip.show_view(replace(view, undo_label="Move segment"))
    assert "visible jump" in strip.summary

    strip.show_view(view_of(8.0))
    assert "jump" not in strip.summary
    assert "as filmed" not in strip.toolTip()
    assert not strip.improve_button.isVisible()


def test_click__asks_for_the_frame_that_is_on_screen_there(strip: ResultStrip, qtbot: QtBot) -> None:
    strip.show_view(view_of())

    with qtbot.waitSignal(strip.seek_wanted) as heard:
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(PADDING + 624 * 7.5 / 9), 10))

    assert heard.args[0] == pytest.approx(1.5, abs=0.02)


@pytest.mark.parametrize(
    "moment, said",
    [
        (0.5, "the picture at 0.500 s · forward"),
        (1.5, "lips as filmed while “there” is said"),
        (6.02, "splice at 6.00 s: a visible jump (position 2.0 %, light 0.1 %, pose 20 %)"),
        (8.5, "after the last word"),
    ],
)
def test_here__says_what_is_on_screen(moment: float, said: str) -> None:
    view = view_of()
    assert view.plan is not None

    assert said in here(view.plan, moment, ResultNotes(WORDS, measured(view)), 0.05)


def test_quoted__is_short() -> None:
    assert quoted(()) == ""
    assert quoted(WORDS * 4) == "“Hello there again Hello there again Hello there…”"
