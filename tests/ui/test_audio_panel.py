from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from media.test_driversound import a_tone
from redub.core.shot import DriverType, Source
from redub.media.microphones import Microphone
from redub.services.editing import ShotView
from redub.ui.audio.panel import AudioPanel
from redub.ui.timeline.handle import TimeHandle
from ui.views import a_take, a_view, named


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[AudioPanel]:
    made = AudioPanel()
    qtbot.addWidget(made)
    made.resize(348, 640)
    made.show()
    yield made
    made.close_recording()


def recorded(path: Path | None) -> ShotView:
    source = None if path is None else Source(path=str(path))
    return a_view(a_take(driver=DriverType.ORIGINAL_VOICE, recording=source))


def shown(panel: AudioPanel, qtbot: QtBot, path: Path) -> None:
    panel.show_view(recorded(path))
    qtbot.waitUntil(
        lambda: panel.editor.wave.seconds_read > 0 and not panel.editor.wave.listening, timeout=10_000
    )


def test_panel__a_recording_is_seen_whole(panel: AudioPanel, qtbot: QtBot, tmp_path: Path) -> None:
    shown(panel, qtbot, a_tone(tmp_path / "a.wav", 4.0, 0.5))

    assert panel.editor.wave.part == (0.0, 4.0)
    assert panel.editor.wave.seconds_read == pytest.approx(4.0, abs=0.02)
    assert "0:04.0 · wav · 48 kHz" in panel.about


def test_panel__edges_by_keys_and_by_typing(panel: AudioPanel, qtbot: QtBot, tmp_path: Path) -> None:
    path = a_tone(tmp_path / "a.wav", 4.0, 0.5)
    shown(panel, qtbot, path)
    asked: list[tuple[object, ...]] = []
    panel.part_wanted.connect(lambda *what: asked.append(what))

    QTest.keyClick(
        named(panel, TimeHandle, "Start of the part"), Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier
    )
    assert panel.editor.wave.part == (0.2, 4.0)
    end = named(panel, QLineEdit, "End")
    end.selectAll()
    QTest.keyClicks(end, "2.5")
    QTest.keyClick(end, Qt.Key.Key_Return)
    panel.editor.even.setChecked(True)
    named(panel, QPushButton, "Use this part").click()

    assert asked == [(path, 0.2, 2.5, True)]


def test_panel__a_part_that_the_service_would_refuse_cannot_be_used(
    panel: AudioPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    shown(panel, qtbot, a_tone(tmp_path / "a.wav", 4.0))
    use = named(panel, QPushButton, "Use this part")

    assert use.isEnabled()
    end = named(panel, QLineEdit, "End")
    end.selectAll()
    QTest.keyClicks(end, "0.8")
    QTest.keyClick(end, Qt.Key.Key_Return)
    assert not use.isEnabled()
    assert "1 second" in use.toolTip()


@pytest.mark.parametrize("content, said", [(None, "not there"), (b"", ""), (b"no sound", "")])
def test_panel__what_is_no_recording_is_said(
    panel: AudioPanel, qtbot: QtBot, tmp_path: Path, content: bytes | None, said: str
) -> None:
    path = tmp_path / "a.wav"
    if content is not None:
        path.write_bytes(content)

    panel.show_view(recorded(path))
    qtbot.waitUntil(lambda: "being read" not in panel.about, timeout=10_000)

    assert panel.about.endswith(".")
    assert said in panel.about
    assert not named(panel, QPushButton, "Use this part").isVisible()


def test_panel__nothing_yet_says_where_it_may_come_from(panel: AudioPanel) -> None:
    panel.show_view(recorded(None))

    assert "Drop one onto the window" in panel.about


def test_recorder__looks_once_and_says_when_there_is_none(panel: AudioPanel, qtbot: QtBot) -> None:
    asked: list[Microphone] = []
    panel.recorder.record_wanted.connect(asked.append)

    panel.recorder.show_microphones(())
    assert not named(panel, QPushButton, "Record").isVisible()
    panel.show_view(recorded(None))
    panel.recorder.show_microphones((Microphone("pulse", "mic", "Desk"),))
    assert named(panel, QComboBox, "Microphone").currentText() == "Desk"
    named(panel, QPushButton, "Record").click()
    assert asked == [Microphone("pulse", "mic", "Desk")]

    stopped: list[bool] = []
    panel.recorder.stop_wanted.connect(lambda: stopped.append(True))
    panel.recorder.show_recording(True)
    panel.recorder.show_level(2.5, 0.4)
    named(panel, QPushButton, "Stop").click()
    assert stopped == [True]
