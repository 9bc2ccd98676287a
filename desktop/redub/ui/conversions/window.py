"""The window of the queue: it stands beside the main one, and nothing waits for it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from redub.i18n import _
from redub.ui.controls.layouts import column
from redub.ui.conversions.panel import QueuePanel


class QueueWindow(QDialog):
    """Holds the panel of the queue; closing it hides it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Conversions"))
        self.setModal(False)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.resize(620, 420)
        self.panel = QueuePanel()
        column(self).addWidget(self.panel)

    def show_up(self) -> None:
        """Show the window before the others."""
        self.show()
        self.activateWindow()
