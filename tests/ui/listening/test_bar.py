from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from redub.core.shot import DriverType
from redub.core.ssml.estimate import Estimate
from redub.services.deriving import plan_of
from redub.services.editing import ShotView
from redub.ui.listening.bar import ListeningBar
from redub.ui.listening.saying import clock, fit_words, length_words, needs_fit
from ui.views import FACTS, a_take, a_view


def spoken(seconds: float, estimate: Estimate | None = None) -> ShotView:
    view = a_view()
    assert view.take is not None
    plan = plan_of(view.shot, view.take, FACTS, seconds)
    return replace(
        view, plan=plan, speech_seconds=seconds, speech_is_real=estimate is None, estimate=estimate
    )


@pytest.mark.parametrize(
    "view, length, fit, wants",
    [
        (spoken(12.34), "12.3 s", "fits the segment", False),
        (spoken(28.0), "28.0 s", "loops 1.4 times", True),
        (spoken(12.0, Estimate(10.2, 12.0, 14.4)), "10 to 14 s", "fits the segment", False),
        (spoken(19.0, Estimate(17.0, 19.0, 21.0)), "17 to 21 s", "may not fit", True),
        (spoken(2.0, Estimate(1.9, 2.0, 2.1)), "about 2 s", "fits the segment", False),
        (a_view(), "", "", False),
    ],
)
def test_words__say_length_and_fit(view: ShotView, length: str, fit: str, wants: bool) -> None:
    assert (length_words(view), fit_words(view), needs_fit(view)) == (length, fit, wants)


def test_clock__minutes_and_tenths() -> None:
    assert (clock(2.56), clock(62.04), clock(-1)) == ("0:02.6", "1:02.0", "0:00.0")


def a_bar(qtbot: QtBot) -> ListeningBar:
    bar = ListeningBar()
    qtbot.addWidget(bar)
    bar.resize(348, 44)
    bar.show()
    return bar


def test_bar__offers_fit_only_where_it_helps(qtbot: QtBot) -> None:
    bar = a_bar(qtbot)

    bar.show_view(spoken(12.0))
    assert not bar.fit.isVisible()
    bar.show_view(spoken(28.0))
    assert bar.fit.isVisible()
    assert bar.length.text() == "28.0 s · loops 1.4 times"


def test_bar__a_recording_cannot_be_heard_as_a_script(qtbot: QtBot) -> None:
    bar = a_bar(qtbot)

    bar.show_view(a_view(a_take(driver=DriverType.ORIGINAL_VOICE)))
    assert not bar.hear.isEnabled()
    bar.show_view(a_view(a_take(script="Hello.")))
    assert bar.hear.isEnabled()


def test_bar__shows_where_the_sound_is(qtbot: QtBot) -> None:
    bar = a_bar(qtbot)
    wanted: list[float] = []
    bar.seek_wanted.connect(wanted.append)

    bar.show_sound(10.0, plays=True)
    bar.show_position(2.5)
    assert bar.hear.text() == "Pause"
    assert bar.time.text() == "0:02.5 / 0:10.0"
    bar.seek.setValue(4000)
    assert wanted == [4.0]
    bar.show_idle()
    assert (bar.hear.text(), bar.stop.isVisible()) == ("Hear it", False)
