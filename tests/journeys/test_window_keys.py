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
from redub.core.shot import MakeType, Selection, Shot, Source, StillInterval, Take
from redub.core.times import Notation
from redub.store import shotfile
from redub.ui.preview.panel import PreviewPanel
from redub.ui.timeline.panel import TimelinePanel
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
    take = Take(id="t", name="Take", script="Good morning.")
    shot = Shot(
        reference=Source(path=str(clip)),
        selection=Selection(make_type=MakeType.CUSTOM, start=1.0, end=7.0),
        still_intervals=(StillInterval(3.0, 4.0),),
        takes=(take,),
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


def test_keys__act_on_the_clip_wherever_the_focus_is(qasync_run: Run, scene: Path) -> None:
    async def journey() -> None:
        async with program_on(scene) as program:
            preview = await opened(program)
            stage = program.tools.stage
            assert stage is not None
            goes_through_the_clip(preview, stage.timeline)
            goes_to_copied_times(preview)
            said = [notice.text for _number, notice in program.tools.notices.shown]
            assert "What was copied is no time." in said
            copies_the_time(preview)
            types_a_time(preview, stage.timeline)
            plays_both_ways(preview)
            await leaves_typing_alone(program, preview, stage.script)

    qasync_run(journey())


def goes_through_the_clip(preview: PreviewPanel, place: QWidget) -> None:
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


def goes_to_copied_times(preview: PreviewPanel) -> None:
    reached = []
    for text in ("00:00:02:05", "f30", "0:03.5", " 1,48 s", "no time at all"):
        QGuiApplication.clipboard().setText(text)
        press(preview, KEY.Key_V, CTRL)
        reached.append(round(preview.cursor, 3))
    assert reached == [2.2, 1.2, 3.5, 1.48, 1.48]


def copies_the_time(preview: PreviewPanel) -> None:
    preview.set_notation(Notation.FRAMES)
    press(preview, KEY.Key_G, CTRL | SHIFT)
    assert QGuiApplication.clipboard().text() == "f37"
    preview.set_notation(Notation.CLOCK)


def types_a_time(preview: PreviewPanel, timeline: TimelinePanel) -> None:
    press(timeline, KEY.Key_N)
    assert preview.notation is Notation.TIMECODE
    press(timeline, KEY.Key_G)
    field = preview.transport.time
    assert field.window().focusWidget() is field
    QTest.keyClicks(field, "f50")
    QTest.keyClick(field, KEY.Key_Return)
    assert preview.cursor == pytest.approx(2.0)
    assert field.text() == timeline.lanes.ruler.cursor_handle.accessibleDescription() == "00:00:02:00"


def plays_both_ways(preview: PreviewPanel) -> None:
    rates = []
    for key in (KEY.Key_L, KEY.Key_L, KEY.Key_J, KEY.Key_K):
        press(preview, key)
        rates.append(preview.playback.rate)
    assert rates == [1.0, 2.0, -1.0, 0.0]


async def leaves_typing_alone(program: Program, preview: PreviewPanel, panel: QWidget) -> None:
    before, cursor = script(program), preview.cursor
    editor = panel.findChild(QTextEdit)
    assert editor is not None
    editor.setFocus()
    QTest.keyClicks(editor, "jkl,.ion")
    assert not preview.playback.playing
    assert preview.cursor == cursor
    await until(lambda: len(script(program)) == len(before) + 8)
