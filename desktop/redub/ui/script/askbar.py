"""A question about what was pasted, in place above the text: nothing waits for it, and Escape leaves it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from redub.i18n import _
from redub.ui.controls.buttons import push_button
from redub.ui.controls.words import Sign, label

Answer = tuple[str, Callable[[], object]]
"""The words on a button, and what it does."""


_ACROSS, _ACROSS_OF_MANY = 3, 2
"""Answers side by side; where there are more, fewer stand side by side, so that their words have room."""


class AskBar(QFrame):
    """Signals: `closed` when it has been answered or left."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(10, 8, 10, 8)
        whole.setSpacing(6)
        head = QHBoxLayout()
        self._sentence, self._more = label("", "", wrap=True), label("", "caption", wrap=True)
        head.addWidget(Sign("info", "info", 14), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._sentence, 1)
        self._buttons = QGridLayout()
        whole.addLayout(head)
        whole.addWidget(self._more)
        whole.addLayout(self._buttons)
        self.hide()

    @property
    def words(self) -> str:
        """Return what is asked, with what is said about it."""
        return "\n".join(part for part in (self._sentence.text(), self._more.text()) if part)

    def ask(self, sentence: str, answers: Sequence[Answer], more: str = "") -> None:
        """Ask, with one button for each answer; a question that was open is left."""
        self._clear()
        self._sentence.setText(sentence)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        across = _ACROSS if len(answers) <= _ACROSS else _ACROSS_OF_MANY
        for place, (words, do) in enumerate(answers):
            button = push_button(words, self._doing(do), role="" if place == 0 else "flat")
            self._buttons.addWidget(button, *divmod(place, across))
        self.show()
        first = self._buttons.itemAt(0)
        widget = first.widget() if first is not None else None
        if widget is not None:
            widget.setFocus(Qt.FocusReason.PopupFocusReason)

    def _doing(self, do: Callable[[], object]) -> Callable[[], None]:
        def answer() -> None:
            self.close_up()
            do()

        return answer

    def answer(self, words: str) -> None:
        """Press the button that says `words`."""
        for place in range(self._buttons.count()):
            item = self._buttons.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None and widget.accessibleName() == words:
                widget.click()  # type: ignore[attr-defined]  # only buttons lie in this layout
                return
        raise LookupError(words)

    def close_up(self) -> None:
        """Go away without an answer."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def _clear(self) -> None:
        while self._buttons.count():
            item = self._buttons.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape; answer with Enter as with the space bar."""
        focused = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)


def cancel() -> Answer:
    """Return the answer that does nothing."""
    return _("Cancel"), lambda: None
