"""Which keys belong to the control that has the focus, although they are shortcuts of the window too."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

_PLACES = {
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
}
_PRESS = {Qt.Key.Key_Space, Qt.Key.Key_Select}
_REMOVE = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}


def belongs_to(focus: QWidget | None, event: QKeyEvent) -> bool:
    """Say whether the pressed key is meant for `focus`: typing, walking through a list, pressing a button."""
    if focus is None or event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
        return False
    key = event.key()
    if isinstance(focus, QLineEdit | QPlainTextEdit | QTextEdit | QAbstractSpinBox):
        return bool(event.text()) or key in _PLACES | _REMOVE
    if isinstance(focus, QAbstractItemView | QAbstractSlider | QTabBar):
        return key in _PLACES
    if isinstance(focus, QComboBox):
        return key in _PLACES | _PRESS
    return isinstance(focus, QAbstractButton) and key in _PRESS
