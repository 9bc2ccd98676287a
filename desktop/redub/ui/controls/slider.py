"""A slider with its number beside it: drag, type, or use the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QSlider, QWidget

from redub.ui.controls.layouts import row
from redub.ui.controls.wheel import only_with_focus


class SliderField(QWidget):
    """A number from `low` to `high` in steps of `step`.

    Signals: `moved` with the new number (a float), `ended` when a drag is over.
    """

    moved = Signal(float)
    ended = Signal()

    def __init__(
        self,
        name: str,
        *,
        low: float,
        high: float,
        step: float,
        suffix: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._step = step
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(round(low / step), round(high / step))
        self._slider.setPageStep(max(1, round((high - low) / step / 10)))
        self._slider.setAccessibleName(name)
        self._number = QDoubleSpinBox()
        self._number.setDecimals(0 if step >= 1 else 2)
        self._number.setRange(low, high)
        self._number.setSingleStep(step)
        self._number.setSuffix(suffix)
        self._number.setKeyboardTracking(False)
        self._number.setAccessibleName(name)
        self._number.setFixedWidth(84)
        self._number.lineEdit().setTextMargins(5, 0, 0, 0)
        line = row(self)
        line.addWidget(self._slider, 1)
        line.addWidget(self._number)
        for control in (self._slider, self._number):
            only_with_focus(control)
        self.setFocusProxy(self._slider)
        self._slider.valueChanged.connect(self._on_slider)
        self._slider.sliderReleased.connect(self.ended)
        self._number.valueChanged.connect(self._on_number)

    @property
    def number(self) -> float:
        """Return the number that is shown."""
        return self._number.value()

    def show_number(self, number: float) -> None:
        """Show `number` without saying that it moved."""
        with QSignalBlocker(self._slider), QSignalBlocker(self._number):
            self._slider.setValue(round(number / self._step))
            self._number.setValue(number)

    def _on_slider(self, steps: int) -> None:
        number = round(steps * self._step, 3)
        with QSignalBlocker(self._number):
            self._number.setValue(number)
        self.moved.emit(number)

    def _on_number(self, number: float) -> None:
        with QSignalBlocker(self._slider):
            self._slider.setValue(round(number / self._step))
        self.moved.emit(round(number, 3))
        self.ended.emit()
