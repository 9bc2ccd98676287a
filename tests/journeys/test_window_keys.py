"""The keys of editors act wherever the focus is, on what is shown, and typing stays typing."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit, QWidget

from journeys.windows import program_on, script
from redub.app import Program
from redub.core.shot import MakeType, Selection, Shot, Source, StillInterval
from redub.core.times import Notation
from redub.store import shotfile
from redub.ui.preview.panel import PreviewPanel
from support.clips import ClipFactory
from support.waiting import until

Run = Callable[[Coroutine[Any, Any, None]], None]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.qt_log_ignore("propagateSizeHints"),  # drawing into memory, Qt has nobody to tell
]
KEY, SHIFT, CTRL = Qt.Key, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture(autouse=True)
def _silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDUB_SILENT", "1")


@pytest.fixture
def scene(clip_factory: ClipFactory, tmp_path: Path) -> Path:
    """Save a shot with a segment and a still interval over eight seconds."""
    clip = clip_factory(seconds=8.0)
    shot = Shot(
        reference=Source(path=str(clip)),
        selection=Selection(make_type=MakeType.CUSTOM, start=1.0, end=7.0),
        still_intervals=(StillInterval(3.0, 4.0),),
    )
    shotfile.save(shot, tmp_path / "scene.redub")
    return tmp_path / "scene.redub"


async def opened(program: Program) -> PreviewPanel:
    """Wait until the pictures of the clip can be counted, and return the preview."""
    stage = program.tools.stage
    assert stage is not None
    await until(lambda: len(stage.preview.playback.times) > 0)
    program.tools.window.activateWindow()
    await until(program.tools.window.isActiveWindow)
    return stage.preview


def press(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    """Press a key with the focus on `widget`."""
    widget.setFocus()
    QTest.keyClick(widget, key, held)


def test_keys__go_through_the_clip_with_the_focus_on_the_timeline(qasync_run: Run, scene: Path) -> None:
    async def journey() -> None:
        async with program_on(scene) as program:
            preview = await opened(program)
            stage = program.tools.stage
            assert stage is not None
            place = stage.timeline
            reached = []
            for key, held in (
                (KEY.Key_Right, NONE),
                (KEY.Key_Right, SHIFT),
                (KEY.Key_Right, CTRL),
                (KEY.Key_Left, NONE),
                (KEY.Key_Down, NONE),
                (KEY.Key_Down, NONE),
                (KEY.Key_Up, NONE),
                (KEY.Key_End, NONE),
                (KEY.Key_Comma, NONE),
                (KEY.Key_Home, NONE),
            ):
                press(place, key, held)
                reached.append(round(preview.cursor, 3))
            assert reached == [0.04, 0.44, 1.44, 1.4, 3.0, 4.0, 3.0, 7.96, 7.92, 0.0]

    qasync_run(journey())


def test_a_copied_time__is_gone_to_in_every_notation(qasync_run: Run, scene: Path) -> None:
    async def journey() -> None:
        async with program_on(scene) as program:
            preview = await opened(program)
            reached = []
            for text in ("00:00:02:05", "f30", "0:03.5", " 1,48 s", "no time at all"):
                QGuiApplication.clipboard().setText(text)
                press(preview, KEY.Key_V, CTRL)
                reached.append(round(preview.cursor, 3))
            assert reached == [2.2, 1.2, 3.5, 1.48, 1.48]
            said = [notice.text for _number, notice in program.tools.notices.shown]
            assert "What was copied is no time." in said

            preview.set_notation(Notation.FRAMES)
            press(preview, KEY.Key_C, CTRL | SHIFT)
            assert QGuiApplication.clipboard().text() == "f37"

    qasync_run(journey())


def test_g_and_n__type_a_time_and_change_the_notation_everywhere(qasync_run: Run, scene: Path) -> None:
    async def journey() -> None:
        async with program_on(scene) as program:
            preview = await opened(program)
            stage = program.tools.stage
            assert stage is not None
            press(stage.timeline, KEY.Key_N)
            assert preview.notation is Notation.TIMECODE
            press(stage.timeline, KEY.Key_G)
            field = preview.transport.time
            assert program.tools.window.focusWidget() is field
            QTest.keyClicks(field, "f50")
            QTest.keyClick(field, KEY.Key_Return)
            assert preview.cursor == pytest.approx(2.0)
            assert field.text() == "00:00:02:00"
            handle = stage.timeline.lanes.ruler.cursor_handle
            assert handle.accessibleDescription() == "00:00:02:00"

    qasync_run(journey())


def test_shuttle__plays_both_ways_and_typing_stays_typing(qasync_run: Run, clip_factory: ClipFactory) -> None:
    clip = clip_factory(seconds=2.0)

    async def journey() -> None:
        async with program_on(clip) as program:
            preview = await opened(program)
            stage = program.tools.stage
            assert stage is not None
            press(preview, KEY.Key_L)
            assert preview.playback.rate == 1.0
            press(preview, KEY.Key_J)
            assert preview.playback.rate == -1.0
            press(preview, KEY.Key_K)
            assert not preview.playback.playing

            before = script(program)
            editor = stage.script.findChild(QTextEdit)
            editor.setFocus()
            QTest.keyClicks(editor, "jkl")
            assert not preview.playback.playing
            await until(lambda: len(script(program)) == len(before) + 3)

    qasync_run(journey())
