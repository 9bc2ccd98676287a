"""Labels and thin lines in the roles that the stylesheet knows."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from redub.i18n import _
from redub.ui.icons import icon

Role = Literal[
    "",
    "quiet",
    "caption",
    "api",
    "void",
    "strong",
    "title",
    "display",
    "section",
    "error",
    "warning",
    "ok",
    "info",
]


def label(text: str, role: Role = "", *, wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """Return a label; plain text always, so that no file name is read as markup."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        made.setMinimumWidth(60)
    return made


class Sign(QWidget):
    """An icon by itself; it says nothing to a screen reader, so words must stand beside it."""

    def __init__(self, name: str, role: str = "text", size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(size, size)
        self.show_icon(name, role)

    def show_icon(self, name: str, role: str = "text") -> None:
        """Show another icon, in the colour token `role`."""
        self._icon = icon(name, role)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon in the theme's present colours."""
        del event
        painter = QPainter(self)
        self._icon.paint(painter, self.rect())
        painter.end()


class ApiName(QLabel):
    """The API page's name of a field, small and grey; its last part, cut on the left, where there is no room."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setProperty("role", "api")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setToolTip(_("In the API page: {name}").format(name=name) if name else "")
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what fits."""
        super().resizeEvent(event)
        metrics, room = self.fontMetrics(), self.width()
        fits = metrics.horizontalAdvance(self._name) <= room
        shown = self._name if fits else self._name.rsplit(".", 1)[-1]
        self.setText(metrics.elidedText(shown, Qt.TextElideMode.ElideLeft, room))


def line(parent: QWidget | None = None) -> QFrame:
    """Return a thin horizontal line."""
    made = QFrame(parent)
    made.setProperty("role", "line")
    made.setFixedHeight(1)
    return made


def restyle(widget: QWidget, role: str, name: str = "role") -> None:
    """Give `widget` another value of a property that the stylesheet looks at."""
    if widget.property(name) == role:
        return
    widget.setProperty(name, role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
