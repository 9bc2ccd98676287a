"""How loud the player is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from redub.i18n import _
from redub.ui.controls.words import Sign


class VolumeRow(QWidget):
    """Signals: `picked` with 0 to 100 percent."""

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(Sign("volume", "quiet"))
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, 100)
        self.slider.setValue(100)
        self.slider.setFixedWidth(96)
        self.slider.setAccessibleName(_("Volume"))
        self.slider.valueChanged.connect(self.picked)
        line.addWidget(self.slider)
