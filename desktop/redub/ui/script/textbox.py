"""What both text fields of the script share: no undo of their own, tooltips, and Enter that breaks no line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QHelpEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip

Field = QTextEdit | QPlainTextEdit


def leaves_to_window(event: QEvent) -> bool:
    """Say whether a key is undo or redo: they belong to the history of the shot, not to the field."""
    return isinstance(event, QKeyEvent) and (
        event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
    )


def show_tip(field: Field, event: QEvent, words_at: Callable[[int], str]) -> bool:
    """Show what `words_at` says of the unit under the pointer; return whether the event was one for a tooltip."""
    if event.type() is not QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
        return False
    place = field.viewport().mapFrom(field, event.pos())
    words = words_at(field.cursorForPosition(place).position())
    if words:
        QToolTip.showText(event.globalPos(), words, field)
    else:
        QToolTip.hideText()
    return True
