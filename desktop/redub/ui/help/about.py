"""What runs here, in a form that can be copied into a message."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

import redub
from redub.i18n import _
from redub.ui.controls.buttons import push_button
from redub.ui.controls.layouts import column, row
from redub.ui.controls.words import Sign, label
from redub.ui.theme import scale

_PARTS = (
    "PySide6-Essentials",
    "qasync",
    "httpx",
    "av",
    "numpy",
    "python-vlc",
    "imageio-ffmpeg",
    "espeakng-loader",
)


def what_runs() -> str:
    """Return the versions of the program and of the parts it stands on, one a line."""
    parts = ((name, _version(name)) for name in _PARTS)
    lines = [f"Redub {redub.__version__}", f"Python {platform.python_version()}", platform.platform()]
    return "\n".join([*lines, *(f"{name} {found}" for name, found in parts if found)])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


class AboutDialog(QDialog):
    """Say what the program is and what runs."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("About Redub"))
        self.setMinimumWidth(420)
        space = scale().space
        whole = column(self, margin=space.wide, gap=space.medium)
        head = row(gap=space.medium)
        head.addWidget(Sign("still", "accent", 40))
        head.addWidget(label("Redub", "display"), 1)
        whole.addLayout(head)
        words = _(
            "Take a real person's footage and give it new words. Works without a network until you send."
        )
        whole.addWidget(label(words, wrap=True))
        self._runs = label(what_runs(), "quiet")
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
