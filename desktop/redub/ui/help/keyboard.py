"""Every command with its keys, made from the command table."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QScrollArea, QWidget

from redub.i18n import _
from redub.ui.commands import Command, Menu
from redub.ui.controls.buttons import push_button
from redub.ui.controls.layouts import column
from redub.ui.controls.words import label
from redub.ui.theme import scale


class KeyboardDialog(QDialog):
    """The list of commands that have keys, by menu."""

    def __init__(self, parent: QWidget, commands: tuple[Command, ...]) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard"))
        self.resize(460, 560)
        space = scale().space
        whole = column(self, margin=space.large, gap=space.medium)
        whole.addWidget(label(_("Keyboard"), "title"))
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(_list(commands))
        scroll.setAccessibleName(_("Commands and their keys"))
        whole.addWidget(scroll, 1)
        close = push_button(_("Close"), self.accept, role="primary")
        close.setDefault(True)
        whole.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


def _list(commands: tuple[Command, ...]) -> QWidget:
    inner = QWidget()
    inner.setProperty("role", "clear")
    grid = QGridLayout(inner)
    grid.setColumnStretch(0, 1)
    place = 0
    for menu in Menu:
        with_keys = [command for command in commands if command.menu is menu and command.shortcuts]
        if with_keys:
            grid.addWidget(label(_(menu.value).replace("&", ""), "section"), place, 0)
            place += 1
        for command in with_keys:
            grid.addWidget(label(_(command.text).rstrip("…")), place, 0)
            grid.addWidget(label(_keys(command), "quiet"), place, 1)
            place += 1
    grid.setRowStretch(place, 1)
    return inner


def _keys(command: Command) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(QKeySequence(keys).toString(native) for keys in command.shortcuts)
