"""A timeline over a real history, as the window wires them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from redub.core.checks.selection import check_segment, check_stills
from redub.core.clip import ClipFacts, VideoFacts
from redub.core.limits import limits_for
from redub.core.outputplan import Footage, plan_output
from redub.core.shot import Options, Selection, Shot, Source, StillInterval, Take
from redub.services.editing import Editing, ShotView
from redub.ui.timeline.handle import Part, TimeHandle
from redub.ui.timeline.panel import TimelinePanel

DURATION = 20.0
SPEECH = 24.0


def facts(path: str, duration: float = DURATION) -> ClipFacts:
    """Return facts of the clip at `path`; the timeline believes them and reads only pictures and sound."""
    video = VideoFacts(
        codec="h264", width=320, height=240, shown_width=320, shown_height=240, frame_rate=25.0
    )
    return ClipFacts(path=path, container="mp4", size=1, duration=duration, video=video, content_key=path)


class TimelineStand:
    """Wires a panel to an `Editing`; collects what it asks for.

    :ivar seeks: moments that the cursor was wanted at
    :ivar peeks: moments that were to be shown while dragging
    """

    def __init__(self, qtbot: QtBot, shot: Shot, clip: ClipFacts | None) -> None:
        self._clip = clip
        self.editing = Editing(self._derive)
        self.editing.open(replace(shot, takes=(Take(id="t", name="Take"),)), None)
        self.panel = TimelinePanel()
        self.seeks: list[float] = []
        self.peeks: list[float | None] = []
        qtbot.addWidget(self.panel, before_close_func=lambda _widget: self.panel.close_clip())
        self.panel.edit_wanted.connect(lambda edit: self.editing.apply(edit))
        self.panel.edit_ended.connect(lambda: self.editing.seal())
        self.panel.seek_wanted.connect(self.seeks.append)
        self.panel.peek_wanted.connect(self.peeks.append)
        self.panel.resize(900, 340)
        self.panel.show()
        qtbot.waitExposed(self.panel)
        self.editing.listen(self.panel.show_view)

    def _derive(self, view: ShotView) -> ShotView:
        if self._clip is None:
            return view
        limits, shot = limits_for("international"), view.shot
        findings = (
            *check_segment(shot.selection, self._clip.duration, limits),
            *check_stills(shot.still_intervals, shot.selection, self._clip.duration, limits),
        )
        footage = Footage(duration=self._clip.duration, width=640, height=360, fps=25.0)
        plan = plan_output(footage, shot.selection, shot.still_intervals, Options(), SPEECH)
        return replace(view, facts=self._clip, findings=findings, plan=plan, speech_seconds=SPEECH)

    @property
    def shot(self) -> Shot:
        """Return the shot as it is now."""
        return self.editing.view.shot

    @property
    def stills(self) -> list[tuple[float, float]]:
        """Return the still intervals as pairs."""
        return [(still.start, still.end) for still in self.shot.still_intervals]

    def x(self, seconds: float) -> int:
        """Return the pixel of a lane at which `seconds` lies."""
        return round(self.panel.scale.x(seconds))

    def segment(self, part: Part) -> TimeHandle:
        """Return a handle of the segment."""
        return self.panel.lanes.segment.handle(0, part)

    def still(self, index: int, part: Part) -> TimeHandle:
        """Return a handle of a still interval."""
        return self.panel.lanes.stills.handle(index, part)

    def drag(self, widget: QWidget, start: float, end: float, *, free: bool = True) -> None:
        """Drag in `widget` from one moment to another, in several moves as a hand does."""
        lane = widget.parentWidget() if isinstance(widget, TimeHandle) else widget
        assert lane is not None
        held = Qt.KeyboardModifier.ShiftModifier if free else Qt.KeyboardModifier.NoModifier
        y = 8
        xs = [round(self.x(start) + (self.x(end) - self.x(start)) * step / 5) for step in range(6)]

        def place(x: int) -> QPoint:
            return widget.mapFrom(lane, QPoint(x, y)) if widget is not lane else QPoint(x, y)

        left = Qt.MouseButton.LeftButton
        QTest.mousePress(widget, left, held, place(xs[0]))
        for x in xs[1:]:
            move(widget, place(x), held)
        QTest.mouseRelease(widget, left, held, place(xs[-1]))


def move(widget: QWidget, place: QPoint, held: Qt.KeyboardModifier) -> None:
    """Move the mouse with the left button down; QTest.mouseMove knows neither buttons nor keys."""
    left = Qt.MouseButton.LeftButton
    where = QPointF(place)
    event = QMouseEvent(
        QEvent.Type.MouseMove, where, widget.mapToGlobal(where), Qt.MouseButton.NoButton, left, held
    )
    QApplication.sendEvent(widget, event)


def a_shot(*stills: tuple[float, float], selection: Selection | None = None) -> Shot:
    """Return a shot with those still intervals."""
    return Shot(
        reference=Source(path="/clip.mp4"),
        selection=selection or Selection(),
        still_intervals=tuple(StillInterval(*pair) for pair in stills),
    )
