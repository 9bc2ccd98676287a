"""The line under the script: how much of the limit is used, how long it lasts, and the way out when it is too long."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from redub.core.limits import SiteLimits
from redub.core.shot import Take
from redub.i18n import _
from redub.services.editing import ShotView
from redub.ui.controls.buttons import push_button
from redub.ui.controls.words import label, restyle
from redub.ui.script.counting import counters


class ScriptFoot(QWidget):
    """Signals: `split_wanted` when the script is to be split into takes."""

    split_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = label("", "caption")
        self.split: QPushButton = push_button(_("Split into takes"), self.split_wanted.emit, role="small")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._count)
        line.addStretch(1)
        line.addWidget(self.split)
        self.split.hide()

    @property
    def words(self) -> str:
        """Return what the counters say."""
        return self._count.text()

    def show_take(self, view: ShotView, take: Take, limits: SiteLimits) -> None:
        """Count `take` by `limits`."""
        counted = counters(view, take, limits)
        self._count.setText(counted.words)
        self._count.setToolTip(counted.tip)
        self.split.setVisible(counted.too_long)
        restyle(self._count, "error" if counted.wrong else "caption")
