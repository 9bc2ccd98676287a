"""What both text fields of the script share: no undo of their own, tooltips, no line broken by Enter, a spoken word."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip

from redub.ui.theme import colour

Field = QTextEdit | QPlainTextEdit


_COMMANDS = {Qt.Key.Key_E, Qt.Key.Key_K, Qt.Key.Key_U}
"""With Ctrl, these are commands of the window; in Qt's fields on X11 they would delete lines."""


def leaves_to_window(event: QEvent) -> bool:
    """Say whether a key is undo or redo, which belong to the history of the shot, or a command of the script."""
    if not isinstance(event, QKeyEvent):
        return False
    keys = QKeySequence.StandardKey
    is_command = event.key() in _COMMANDS and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return is_command or event.matches(keys.Undo) or event.matches(keys.Redo)


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


def show_band(field: QTextEdit, first: int, last: int) -> None:
    """Put a band behind the units `first` to `last` and bring them into sight; nothing when there are none.

    A band changes no letter, so nothing is laid out anew while a voice runs through the text.
    """
    if first >= last:
        field.setExtraSelections([])
        return
    band = QTextEdit.ExtraSelection()
    band.cursor = QTextCursor(field.document())
    band.cursor.setPosition(first)
    band.cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
    band.format.setBackground(colour("accent", 0.35))
    field.setExtraSelections([band])
    reveal(field, band.cursor)


def reveal(field: Field, cursor: QTextCursor) -> None:
    """Scroll until what `cursor` ends at is in sight; the caret stays."""
    place, bar = field.cursorRect(cursor), field.verticalScrollBar()
    over = min(0, place.top()) or max(0, place.bottom() - field.viewport().height())
    if over:
        line = max(1, place.height())
        step = over + (line if over > 0 else -line)
        # A plain field scrolls by lines, a rich one by pixels.
        bar.setValue(bar.value() + (step if isinstance(field, QTextEdit) else round(step / line)))
