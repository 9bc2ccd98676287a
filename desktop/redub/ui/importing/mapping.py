"""Which column of a table is what."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QSizePolicy, QWidget

from redub.core.batch import Role, Table, guessed, variables
from redub.i18n import _
from redub.ui.controls.words import label
from redub.ui.theme import scale

_NOTHING = -1


class Mapping(QWidget):
    """Signals: `changed` when another column was chosen, `head_picked` (bool)."""

    changed = Signal()
    head_picked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = Table(columns=(), rows=())
        self._template = ""
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(scale().space.small)
        self._boxes: dict[Role, QComboBox] = {}
        for place, (role, name) in enumerate(_names().items()):
            self._boxes[role] = box = QComboBox()
            box.setAccessibleName(name)
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            box.activated.connect(self.changed)
            grid.addWidget(label(name, "caption"), 0, place)
            grid.addWidget(box, 1, place)
            grid.setColumnStretch(place, 2 if role is Role.SCRIPT else 1)
        self._head = QCheckBox(_("The first row names the columns"))
        self._head.toggled.connect(self.head_picked)
        grid.addWidget(self._head, 2, 0, 1, 3)

    @property
    def has_head(self) -> bool:
        """Say whether the first row names the columns."""
        return self._head.isChecked()

    @property
    def columns(self) -> dict[Role, int]:
        """Return which column (from 0) is used for what."""
        chosen = {role: box.currentData() for role, box in self._boxes.items()}
        return {role: place for role, place in chosen.items() if place is not None and place != _NOTHING}

    @property
    def fills_template(self) -> bool:
        """Say whether the current script is filled from the table."""
        return Role.SCRIPT not in self.columns

    def show_head(self, on: bool) -> None:
        """Say whether the first row names the columns."""
        with QSignalBlocker(self._head):
            self._head.setChecked(on)

    def show_table(self, table: Table, template: str) -> None:
        """Offer the columns of `table`, with a guess; `template` is the current script."""
        self._table, self._template = table, template
        guess = guessed(table)
        names = {name.casefold() for name in table.columns}
        wants_template = any(name.casefold() in names for name in variables(template))
        for role, box in self._boxes.items():
            with QSignalBlocker(box):
                box.clear()
                self._offer(role, box)
                place = _NOTHING if role is Role.SCRIPT and wants_template else guess.get(role, _NOTHING)
                box.setCurrentIndex(max(0, box.findData(place)))

    def _offer(self, role: Role, box: QComboBox) -> None:
        if role is not Role.SCRIPT:
            box.addItem(_("unchanged") if role is not Role.NAME else _("its first words"), _NOTHING)
        elif variables(self._template):
            box.addItem(_("the current script, its {variables} filled"), _NOTHING)
        for place, name in enumerate(self._table.columns):
            box.addItem(name, place)


def _names() -> dict[Role, str]:
    return {
        Role.SCRIPT: _("What is said"),
        Role.NAME: _("Name of the take"),
        Role.VOICE: _("Voice"),
        Role.LANGUAGE: _("Language"),
        Role.SPEED: _("Speed"),
    }
