"""The filters over the table of tasks, each with how many tasks it shows."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from redub.i18n import _
from redub.ui.controls.buttons import push_button
from redub.ui.controls.layouts import row
from redub.ui.tasks.states import GROUPS, group_word
from redub.ui.theme import scale


class FilterBar(QWidget):
    """One small button a filter; one of them is always down.

    Signals: `picked` with the filter's name.
    """

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = row(self, gap=scale().space.hair)
        self._buttons: dict[str, QPushButton] = {}
        self._alone = QButtonGroup(self)
        for name in GROUPS:
            button = push_button(group_word(name), role="small")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _down=False, one=name: self.picked.emit(one))
            self._alone.addButton(button)
            self._buttons[name] = button
            line.addWidget(button)
        self._buttons["all"].setChecked(True)
        self.show_counts({})

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many tasks each filter has; one without any is hidden while it is not chosen."""
        for name, button in self._buttons.items():
            count, word = counts.get(name, 0), group_word(name)
            text = f"{word} {count}" if counts else word
            if button.text() != text:
                button.setText(text)
                button.setAccessibleName(_("Show only: {what}").format(what=text))
            button.setVisible(name == "all" or count > 0 or button.isChecked())

    def choose(self, name: str) -> None:
        """Choose a filter as if it had been pressed."""
        self._buttons[name].click()
