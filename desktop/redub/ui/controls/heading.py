"""The head of a panel: its name, and on the right what can be done with it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from redub.ui.controls.layouts import row
from redub.ui.controls.words import label
from redub.ui.theme import scale


class Heading(QWidget):
    """A row with the panel's name in small letters, a quiet remark, and room for buttons."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space = scale().space
        self._row: QHBoxLayout = row(self, gap=space.hair)
        self._row.setContentsMargins(space.medium, space.hair, space.small, space.hair)
        self._row.addWidget(label(name.upper(), "section"))
        self._remark = label("", "caption")
        self._row.addSpacing(space.hair)
        self._row.addWidget(self._remark)
        self._row.addStretch(1)
        self.setFixedHeight(34)

    def remark(self, text: str) -> None:
        """Show a few words behind the name, such as a count."""
        self._remark.setText(text)

    def add(self, widget: QWidget) -> None:
        """Put a button or a field at the right end."""
        self._row.addWidget(widget)

    def add_left(self, widget: QWidget) -> None:
        """Put something behind the name."""
        self._row.insertWidget(2, widget)
