"""The slider under a playing video: drag it, or click where to go."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSlider, QStyle, QWidget

from redub.i18n import _

_MILLIS = 1000


class SeekBar(QSlider):
    """Signals: `wanted` with the seconds that the creator went to."""

    wanted = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setAccessibleName(_("Position in the video"))
        self.setRange(0, 0)
        self.valueChanged.connect(self._on_value_changed)
        self._showing = False

    def set_duration(self, seconds: float) -> None:
        """Reach from 0 to `seconds`."""
        self._showing = True
        self.setRange(0, round(seconds * _MILLIS))
        self.setSingleStep(40)
        self.setPageStep(_MILLIS)
        self._showing = False

    def show_cursor(self, seconds: float) -> None:
        """Show where the video is; a drag is left alone."""
        if not self.isSliderDown():
            self._showing = True
            self.setValue(round(seconds * _MILLIS))
            self._showing = False

    def _on_value_changed(self, value: int) -> None:
        if not self._showing:
            self.wanted.emit(value / _MILLIS)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to where the click is, instead of one page towards it."""
        if event.button() is Qt.MouseButton.LeftButton and self.maximum() > 0:
            place = round(event.position().x())
            self.setValue(QStyle.sliderValueFromPosition(0, self.maximum(), place, max(1, self.width())))
        super().mousePressEvent(event)
