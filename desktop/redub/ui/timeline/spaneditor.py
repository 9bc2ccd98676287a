"""Two fields over a lane in which the times of an interval are typed, in any notation."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QWidget

from redub.core import times
from redub.i18n import _
from redub.ui.controls.buttons import push_button, tool_button
from redub.ui.controls.words import restyle


class SpanEditor(QFrame):
    """Lies over the timeline while times are typed; Enter takes them, Escape leaves.

    Signals: `typed` with start and end in seconds.
    """

    typed = Signal(float, float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._home = parent
        self._fps = 25.0
        self.setProperty("role", "card")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 6, 8, 6)
        self._start, self._end = self._field(_("Start")), self._field(_("End"))
        line.addWidget(self._start)
        line.addWidget(QLabel("–"))
        line.addWidget(self._end)
        line.addWidget(push_button(_("Set"), self._take))
        line.addWidget(tool_button("close", _("Leave as it is"), self.close_up))
        self.hide()

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setAccessibleName(name)
        field.setFixedWidth(104)
        field.setToolTip(_("Seconds (7.24), minutes (1:02.5), timecode (00:00:07:06) or a frame (f181)."))
        field.textEdited.connect(lambda: restyle(field, ""))
        return field

    def open_at(self, x: float, start: float, end: float, fps: float) -> None:
        """Show the times, centred over the pixel `x` of the parent."""
        self._fps = fps
        self._start.setText(times.show(start))
        self._end.setText(times.show(end))
        for field in (self._start, self._end):
            restyle(field, "")
        self.adjustSize()
        room = max(0, self._home.width() - self.width())
        self.move(
            min(max(0, int(x - self.width() / 2)), room), max(0, (self._home.height() - self.height()) // 2)
        )
        self.show()
        self.raise_()
        self._start.setFocus(Qt.FocusReason.PopupFocusReason)
        self._start.selectAll()

    def close_up(self) -> None:
        """Go away and leave the times as they are."""
        self.hide()
        self._home.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the times with Enter, leave with Escape."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._take()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_up()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        start, end = (times.parse(field.text(), self._fps) for field in (self._start, self._end))
        for field, moment in ((self._start, start), (self._end, end)):
            restyle(field, "bad" if moment is None else "")
        if start is None or end is None:
            return
        if end <= start:
            restyle(self._end, "bad")
            return
        self.close_up()
        self.typed.emit(start, end)
