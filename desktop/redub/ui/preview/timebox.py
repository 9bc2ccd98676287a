"""The time of the cursor, which can be typed over, in the notation that the creator chose."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from redub.core.times import Notation, frame_number, parse, show
from redub.i18n import _
from redub.ui.controls.words import restyle


class TimeBox(QLineEdit):
    """Signals: `typed` with the seconds that were entered."""

    typed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seconds = 0.0
        self._notation = Notation.CLOCK
        self._fps = 25.0
        self._frame: int | None = None
        self._times: Sequence[float] = ()
        self.setAccessibleName(_("Time of the cursor"))
        self.setToolTip(_("Type where to go (G): 7.24, 1:02.5, 00:00:07:06 or f181."))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedWidth(QFontMetrics(self.font()).horizontalAdvance("00:00:00:000") + 28)
        self.returnPressed.connect(self._take)
        self.textEdited.connect(lambda: restyle(self, ""))

    def show_time(self, seconds: float, frame: int | None = None) -> None:
        """Show a moment and the picture that is on screen then, unless another one is being typed."""
        self._seconds, self._frame = seconds, frame
        if not (self.hasFocus() and self.isModified()):
            self._put_back()

    def set_notation(self, notation: Notation, fps: float) -> None:
        """Write moments in `notation`."""
        self._notation, self._fps = notation, fps
        self._put_back()

    def use_times(self, times: Sequence[float]) -> None:
        """Know when each picture appears, so that frames are right where their rate varies."""
        self._times = times

    def read(self, text: str) -> float | None:
        """Return the moment that `text` names, in whichever notation; None when it names none."""
        frame = frame_number(text)
        if frame is not None and self._times:
            return self._times[min(frame, len(self._times) - 1)]
        return parse(text, self._fps)

    def begin(self) -> None:
        """Let a moment be typed."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _put_back(self) -> None:
        by_number = self._notation is Notation.FRAMES and self._frame is not None
        self.setText(f"f{self._frame}" if by_number else show(self._seconds, self._notation, self._fps))
        self.setModified(False)
        restyle(self, "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the time as it was with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._put_back()
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        moment = self.read(self.text())
        if moment is None:
            restyle(self, "bad")
            return
        self.setModified(False)
        self.clearFocus()
        self.typed.emit(moment)
