from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from redub.core.shot import Shot, Source, Take
from redub.media.probe import probe
from redub.services.deriving import plan_of
from redub.services.editing import ShotView
from redub.services.prediction import Predictions
from redub.ui.player import vlclibrary
from redub.ui.preview.panel import PreviewPanel
from support.clips import ClipFactory
from ui.player.pictures import number_in


@pytest.fixture(autouse=True)
def _silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDUB_SILENT", "1")


@pytest.fixture
def panel(qtbot: QtBot, tmp_path: Path) -> PreviewPanel:
    made = PreviewPanel()
    qtbot.addWidget(made, before_close_func=lambda _widget: made.close_clip())
    made.use_predictions(Predictions(tmp_path / "spoken"))
    made.resize(560, 420)
    made.show()
    qtbot.waitExposed(made)
    return made


def view_of(clip: Path, script: str = "Hello.") -> ShotView:
    take = Take(id="t", name="1", script=script)
    shot = Shot(reference=Source(path=str(clip)), takes=(take,))
    facts = probe(clip)
    return ShotView(shot=shot, take_id="t", facts=facts, plan=plan_of(shot, take, facts, 1.0))


def is_playing(panel: PreviewPanel) -> bool:
    return panel.prediction.playing


def show(panel: PreviewPanel, view: ShotView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.playback.opened, timeout=10_000):
        panel.show_view(view)


def play_to_the_end(panel: PreviewPanel, qtbot: QtBot) -> list[int]:
    """Play the prediction and return the numbers of the pictures that were shown."""
    shown: list[int] = []

    def take(picture: QImage) -> None:
        shown.append(number_in(picture))

    panel.prediction.picture_ready.connect(take)
    panel.play_prediction()
    qtbot.waitUntil(lambda: not panel.prediction.playing, timeout=30_000)
    panel.prediction.picture_ready.disconnect(take)
    return shown


@pytest.mark.parametrize("with_sound", [pytest.param(True, marks=pytest.mark.slow), False])
def test_play__shows_the_pictures_of_the_plan_to_the_end(
    panel: PreviewPanel,
    clip_factory: ClipFactory,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    with_sound: bool,
) -> None:
    if with_sound and vlclibrary.available():
        pytest.skip(vlclibrary.available())
    if not with_sound:
        monkeypatch.setattr(vlclibrary, "_binding", lambda: None)
    remarks: list[str] = []
    panel.notice_wanted.connect(remarks.append)
    show(panel, view_of(clip_factory(seconds=6.0)), qtbot)

    shown = play_to_the_end(panel, qtbot)

    assert shown == sorted(shown)
    assert len(shown) >= 8
    assert len(shown) + panel.prediction.dropped == shown[-1] + 1
    assert len(remarks) == (0 if with_sound else 1)
    assert panel.canvas.badge == ""


def test_play__says_that_it_is_a_prediction_and_where_it_is(
    panel: PreviewPanel, clip_factory: ClipFactory, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vlclibrary, "_binding", lambda: None)
    moved: list[float | None] = []
    panel.prediction_moved.connect(moved.append)
    show(panel, view_of(clip_factory(seconds=6.0)), qtbot)

    with qtbot.waitSignal(panel.prediction_prepared, timeout=20_000) as heard:
        QTest.mouseClick(panel.transport.prediction_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.canvas.badge == "Prediction", timeout=10_000)

    assert heard.args[0].words
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not is_playing(panel)
    assert moved[0] == 0.0
    assert moved[-1] is None
    qtbot.waitUntil(lambda: panel.canvas.picture is not None and number_in(panel.canvas.picture) == 0)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_P, Qt.Key.Key_Home])
def test_keys__stop_it_even_while_it_is_prepared(
    panel: PreviewPanel, clip_factory: ClipFactory, qtbot: QtBot, key: Qt.Key
) -> None:
    show(panel, view_of(clip_factory(seconds=2.0)), qtbot)
    panel.play_prediction()
    assert is_playing(panel)

    QTest.keyClick(panel, key)

    assert not is_playing(panel)
    assert not panel.playback.playing


def test_show_view__a_change_of_the_shot_stops_it(
    panel: PreviewPanel, clip_factory: ClipFactory, qtbot: QtBot
) -> None:
    view = view_of(clip_factory(seconds=2.0))
    show(panel, view, qtbot)
    panel.play_prediction()

    panel.show_view(replace(view, speech_is_real=True))
    assert is_playing(panel)

    panel.show_view(replace(view, shot=replace(view.shot, takes=())))
    assert not is_playing(panel)


def test_play__what_goes_wrong_is_said_once(
    panel: PreviewPanel, clip_factory: ClipFactory, qtbot: QtBot
) -> None:
    show(panel, view_of(clip_factory(seconds=2.0), script="  "), qtbot)

    with qtbot.waitSignal(panel.notice_wanted, timeout=20_000) as heard:
        panel.play_prediction()

    assert heard.args[0].startswith("There is nothing to speak.")
    assert not is_playing(panel)


def test_button__is_offered_when_there_is_a_plan(
    panel: PreviewPanel, clip_factory: ClipFactory, qtbot: QtBot
) -> None:
    view = view_of(clip_factory(seconds=2.0))
    show(panel, view, qtbot)
    button = panel.transport.prediction_button
    assert button.isEnabled()

    panel.show_view(replace(view, plan=None))

    assert not button.isEnabled()
    assert button.toolTip().endswith(".")
    panel.play_prediction()
    assert not is_playing(panel)


def test_close__in_the_middle_leaves_no_thread(
    panel: PreviewPanel, clip_factory: ClipFactory, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vlclibrary, "_binding", lambda: None)
    show(panel, view_of(clip_factory(seconds=6.0), script="Hello " * 40), qtbot)
    with qtbot.waitSignal(panel.prediction.picture_ready, timeout=20_000):
        panel.play_prediction()

    panel.close_clip()

    assert not [one for one in threading.enumerate() if one.name.startswith("redub-prediction")]
