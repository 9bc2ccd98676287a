"""A choice of one out of a few, each with a sentence that says what it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from redub.ui.controls.layouts import column
from redub.ui.controls.words import label
from redub.ui.theme import scale

_INDENT = 24


@dataclass(frozen=True, slots=True)
class Way:
    """One possibility: the value it stands for, its name, and what it does."""

    value: object
    name: str
    sentence: str = ""


class Choices(QWidget):
    """Radio buttons with sentences.

    Signals: `chosen` with the value of the way that the person picked.
    """

    chosen = Signal(object)

    def __init__(self, name: str, ways: Sequence[Way], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._ways = list(ways)
        self._group = QButtonGroup(self)
        whole = column(self, gap=2)
        for number, way in enumerate(self._ways):
            button = QRadioButton(way.name)
            button.setAccessibleDescription(way.sentence)
            self._group.addButton(button, number)
            whole.addWidget(button)
            if way.sentence:
                words = label(way.sentence, "caption", wrap=True)
                words.setContentsMargins(_INDENT, 0, 0, scale().space.hair)
                whole.addWidget(words)
        self._group.idClicked.connect(self._on_clicked)

    @property
    def value(self) -> object:
        """Return the value of the way that is shown as chosen."""
        return self._ways[self._group.checkedId()].value

    def show_value(self, value: object) -> None:
        """Show the way of `value` as chosen."""
        for number, way in enumerate(self._ways):
            if way.value == value:
                self._group.button(number).setChecked(True)

    def _on_clicked(self, number: int) -> None:
        self.chosen.emit(self._ways[number].value)
