"""A group of options with a title in the creator's words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from redub.core.history import Edit
from redub.core.shot import Shot
from redub.services.editing import ShotView
from redub.ui.controls.layouts import column
from redub.ui.controls.option import OptionRow
from redub.ui.controls.words import label
from redub.ui.theme import scale


class Group(QWidget):
    """A title and rows; a subclass makes them and shows the view in them.

    Signals: `edit_wanted` with an Edit; `choose_wanted` with the API page's field whose file is to be chosen.
    """

    edit_wanted = Signal(object)
    choose_wanted = Signal(str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[OptionRow] = []
        self._column = column(self, gap=scale().space.medium)
        self._column.addWidget(label(title, "strong", wrap=True))
        self.setAccessibleName(title)

    def show_view(self, view: ShotView) -> None:
        """Show what the view says about this group."""
        raise RuntimeError(f"{type(self).__name__} does not say how {view.path} is shown")

    def set_void(self, reasons: dict[str, str]) -> None:
        """Grey the rows that have no effect, each with its reason."""
        for row in self.rows:
            row.set_void(reasons.get(row.api_name, ""))

    def add_row(self, title: str, api_name: str, control: QWidget, sentence: str = "") -> OptionRow:
        """Add an option whose control stands under its name."""
        return self._add(OptionRow(title, api_name, control, sentence))

    def add_beside(self, title: str, api_name: str, control: QWidget, sentence: str = "") -> OptionRow:
        """Add an option whose control stands beside its name."""
        return self._add(OptionRow(title, api_name, control, sentence, beside=True))

    def _add(self, row: OptionRow) -> OptionRow:
        self.rows.append(row)
        self._column.addWidget(row)
        return row

    def tell(self, words: str, change: Callable[[Shot], Shot], merge_key: str = "") -> None:
        """Ask for an edit."""
        self.edit_wanted.emit(Edit(words, change, merge_key))
