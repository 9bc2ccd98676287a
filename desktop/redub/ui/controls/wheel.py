"""Keep the mouse wheel from changing values that it only scrolls past."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class _NoWheel(QObject):
    """Ignores the wheel over a control that does not have the focus."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel through to what scrolls."""
        if event.type() is QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


def only_with_focus(control: QWidget) -> None:
    """Let the wheel change `control` only while it has the focus."""
    control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    control.installEventFilter(_NoWheel(control))
