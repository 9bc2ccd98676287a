"""The lanes with their scale: zoom, scroll, and the bar under them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollBar, QVBoxLayout, QWidget

from redub.i18n import _
from redub.ui.timeline.lanes import LaneStack
from redub.ui.timeline.scale import Scale

ZOOM = 1.25
_UNITS = 1000


class LaneView(QWidget):
    """Shows a part of the clip in all lanes at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = Scale.fitting(0.0, 100.0)
        self.lanes = LaneStack(self)
        self._bar = QScrollBar(Qt.Orientation.Horizontal, self)
        self._bar.setAccessibleName(_("Scroll the timeline"))
        self._bar.valueChanged.connect(self._on_scrolled)
        self._grip: tuple[float, float] | None = None
        for lane in self.lanes.timed:
            lane.edge.scrolled.connect(self._scroll_by)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addWidget(self.lanes, 1)
        whole.addWidget(self._bar)

    @property
    def scale(self) -> Scale:
        """Return the part of the clip that is shown."""
        return self._scale

    def show_duration(self, duration: float) -> None:
        """Show a clip of another length whole."""
        if duration != self._scale.duration:
            self.use(Scale.fitting(duration, self._lane_width()))

    def use(self, scale: Scale) -> None:
        """Show what `scale` says."""
        if scale == self._scale:
            return
        self._scale = scale
        for lane in self.lanes.timed:
            lane.set_scale(scale)
        self.lanes.overlay.set_scale(scale)
        self._show_scroll()

    def zoom(self, factor: float, around: float) -> None:
        """Zoom by `factor` so that the moment `around` stays where it is."""
        self.use(self._scale.zoomed(factor, self._scale.x(around)))

    def _lane_width(self) -> float:
        return float(max(60, self.lanes.ruler.width()))

    def _show_scroll(self) -> None:
        scale = self._scale
        self._bar.blockSignals(True)
        seen = round(min(scale.seen, scale.duration) * _UNITS)
        self._bar.setRange(0, max(0, round(scale.duration * _UNITS) - seen))
        self._bar.setPageStep(max(1, seen))
        self._bar.setSingleStep(max(1, seen // 20))
        self._bar.setValue(round(scale.left * _UNITS))
        self._bar.blockSignals(False)

    def _on_scrolled(self, value: int) -> None:
        self.use(self._scale.scrolled(value / _UNITS))

    def _scroll_by(self, pixels: float) -> None:
        self.use(self._scale.scrolled(self._scale.left + self._scale.span(pixels)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the lanes with the middle button."""
        if event.button() is Qt.MouseButton.MiddleButton and self._scale.duration:
            self._grip = (event.position().x(), self._scale.left)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull the lanes along."""
        if self._grip is not None:
            x, left = self._grip
            self.use(self._scale.scrolled(left - self._scale.span(event.position().x() - x)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the lanes."""
        if event.button() is Qt.MouseButton.MiddleButton:
            self._grip = None
            self.unsetCursor()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is shown in the new width."""
        super().resizeEvent(event)
        layout = self.layout()
        if layout is not None:
            layout.activate()
        if self._scale.duration:
            self.use(self._scale.resized(self._lane_width()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer with Ctrl, scroll without."""
        if not self._scale.duration:
            return
        turn = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            x = self.lanes.ruler.mapFrom(self, QPoint(int(event.position().x()), 0)).x()
            self.use(self._scale.zoomed(ZOOM ** (turn / 120), float(x)))
        else:
            self.use(self._scale.scrolled(self._scale.left - turn / 120 * self._scale.seen * 0.1))
        event.accept()
