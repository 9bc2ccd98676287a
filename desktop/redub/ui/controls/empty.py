"""What a panel shows when it has nothing to show: a sign, what is so, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from redub.ui.controls.buttons import ButtonRole, push_button
from redub.ui.controls.layouts import column
from redub.ui.controls.words import Sign, label
from redub.ui.theme import scale


class EmptyState(QWidget):
    """A quiet middle: icon, one strong line, one sentence, perhaps a button.

    With `flat` there is no icon and little room around: for a panel that is wide and low.
    """

    def __init__(
        self, sign_name: str, title: str, sentence: str, *, flat: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._column = column(self, margin=scale().space.hair if flat else scale().space.large)
        self._column.addStretch(1)
        centre = Qt.AlignmentFlag.AlignHCenter
        if not flat:
            self._column.addWidget(Sign(sign_name, "quiet", 28), 0, centre)
        self._title = label(title, "strong", wrap=True)
        self._sentence = label(sentence, "quiet", wrap=True)
        for words in (self._title, self._sentence):
            words.setAlignment(centre)
            self._column.addWidget(words)
        self._column.addStretch(1)

    def say(self, title: str, sentence: str) -> None:
        """Show other words."""
        self._title.setText(title)
        self._sentence.setText(sentence)

    def offer(self, text: str, do: Callable[[], object], *, role: ButtonRole = "", sign: str = "") -> None:
        """Add a button under the sentence."""
        button = push_button(text, do, role=role, sign=sign)
        self._column.insertWidget(self._column.count() - 1, button, 0, Qt.AlignmentFlag.AlignHCenter)
