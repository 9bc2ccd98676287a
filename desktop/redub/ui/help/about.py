"""What runs here, in a form that can be copied into a message."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QDialog, QLabel, QWidget

import redub
from redub.i18n import _
from redub.paths import resource
from redub.ui.controls.buttons import push_button
from redub.ui.controls.layouts import column, row
from redub.ui.controls.words import label
from redub.ui.theme import scale

_SIDE = 48
"""Pixels of the program's icon."""


class AboutDialog(QDialog):
    """Say what the program is and exactly what runs."""

    def __init__(self, parts: Sequence[str], parent: QWidget) -> None:
        """Prepare the box.

        :param parts: a line for each part that runs here
        """
        super().__init__(parent)
        self.setWindowTitle(_("About Redub"))
        self.setMinimumWidth(420)
        space = scale().space
        whole = column(self, margin=space.wide, gap=space.medium)
        head = row(gap=space.medium)
        mark = QLabel()
        mark.setPixmap(QIcon(str(resource("app", "redub.svg"))).pixmap(_SIDE, _SIDE))
        head.addWidget(mark)
        head.addWidget(label("Redub", "display"), 1)
        whole.addLayout(head)
        words = _(
            "Take a real person's footage and give it new words. Works without a network until you send."
        )
        whole.addWidget(label(words, wrap=True))
        self._runs = label("\n".join((f"Redub {redub.__version__}", *parts)), "quiet")
        self._runs.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        whole.addWidget(self._runs)
        buttons = row()
        buttons.addWidget(push_button(_("Copy"), self._copy, sign="copy"))
        buttons.addStretch(1)
        close = push_button(_("Close"), self.accept, role="primary")
        close.setDefault(True)
        buttons.addWidget(close)
        whole.addLayout(buttons)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._runs.text())
