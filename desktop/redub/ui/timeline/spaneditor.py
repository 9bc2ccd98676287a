"""Two fields over a lane in which the times of an interval are typed, in any notation."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QWidget

from redub.core import times
from redub.i18n import _
from redub.ui.controls.buttons import push_button, tool_button
from redub.ui.controls.layouts import column
from redub.ui.controls.words import label, restyle
from redub.ui.timeline.announce import announce


class SpanEditor(QFrame):
    """Lies over the timeline while times are typed; Enter takes them, Escape leaves.

    Signals: `typed` with start and end in seconds.
    """

    typed = Signal(float, float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._home = parent
        self._fps = 25.0
        self._held: dict[QLineEdit, float] = {}
        self._shown: dict[QLineEdit, str] = {}
        self._came_from: QWidget | None = None
        self.setProperty("role", "card")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        whole = column(self, margin=6, gap=4)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        self._start, self._end = self._field(_("Start")), self._field(_("End"))
        line.addWidget(self._start)
        line.addWidget(QLabel("–"))
        line.addWidget(self._end)
        line.addWidget(push_button(_("Set"), self._take))
        line.addWidget(tool_button("close", _("Leave as it is"), self.close_up))
        self._trouble = label("", "error")
        whole.addLayout(line)
        whole.addWidget(self._trouble)
        self.hide()

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setAccessibleName(name)
        field.setFixedWidth(104)
        field.setToolTip(_("Seconds (7.24), minutes (1:02.5), timecode (00:00:07:06) or a frame (f181)."))
        field.textEdited.connect(lambda: self._complain(field, ""))
        return field

    def open_at(self, x: float, start: float, end: float, notation: times.Notation, fps: float) -> None:
        """Show the times in `notation`, centred over the pixel `x` of the parent."""
        self._fps = fps
        self._came_from = self.window().focusWidget()
        self._held = {self._start: start, self._end: end}
        for field, moment in self._held.items():
            field.setText(times.show(moment, notation, fps))
            self._complain(field, "")
        self._shown = {field: field.text() for field in self._held}
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
        back = self._came_from
        (back if back is not None and back.isVisible() else self._home).setFocus(
            Qt.FocusReason.PopupFocusReason
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the times with Enter, leave with Escape."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._take()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_up()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        start, end = (self._moment(field) for field in (self._start, self._end))
        for field, moment in ((self._start, start), (self._end, end)):
            if moment is None:
                self._complain(field, _("This is no time. Write 7.24, 1:02.5, 00:00:07:06 or f181."))
        if start is None or end is None:
            return
        if end <= start:
            self._complain(self._end, _("The end must come after the start."))
            return
        self.close_up()
        self.typed.emit(start, end)

    def _complain(self, field: QLineEdit, sentence: str) -> None:
        """Say under the fields what is wrong with one of them; "" when nothing is."""
        restyle(field, "bad" if sentence else "")
        field.setAccessibleDescription(sentence)
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))
        self.adjustSize()
        announce(field, sentence)

    @property
    def trouble(self) -> str:
        """Return what is said about the typed times, or ""."""
        return self._trouble.text()

    def _moment(self, field: QLineEdit) -> float | None:
        """Return what was typed; a field that was left alone keeps its moment, which is finer than a frame."""
        if field.text() == self._shown[field]:
            return self._held[field]
        return times.parse(field.text(), self._fps)
