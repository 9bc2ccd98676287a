"""The menu of an interval, under the right button and the menu key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

Entry = tuple[str, Callable[[], object], bool]
"""The words, what it does, whether it is possible."""


def show_menu(parent: QWidget, entries: tuple[Entry, ...], place: QPoint) -> QMenu:
    """Show a menu at `place` (pixels of the screen); it goes away by itself."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for words, do, possible in entries:
        action = menu.addAction(words)
        action.triggered.connect(lambda _checked=False, do=do: do())
        action.setEnabled(possible)
    menu.popup(place)
    return menu
