"""The dialog in which a scenario is chosen: each with its title and what is to be seen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from redub.i18n import _
from redub.ui.controls.buttons import push_button
from redub.ui.controls.layouts import column, row
from redub.ui.controls.words import label
from redub.ui.theme import scale

NOTHING = ""


class SimulateDialog(QDialog):
    """Choose one of `scenarios` (name, title, sentence), or that all goes well; `chosen` is the present one."""

    def __init__(self, parent: QWidget, scenarios: tuple[tuple[str, str, str], ...], chosen: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Simulate"))
        self.resize(560, 620)
        self._names: dict[QAbstractButton, str] = {}
        self._group = QButtonGroup(self)
        whole = column(self, margin=scale().space.wide, gap=scale().space.medium)
        whole.addWidget(label(_("What is to go wrong?"), "title"))
        said = _(
            "The rehearsal service plays it from the next task on, so that you see what Redub does then. "
            "Nothing is paid for."
        )
        whole.addWidget(label(said, "quiet", wrap=True))
        whole.addWidget(self._list(scenarios, chosen), 1)
        whole.addLayout(self._buttons())

    @property
    def chosen(self) -> str:
        """Return the name of the chosen scenario, "" for none."""
        return next((name for button, name in self._names.items() if button.isChecked()), NOTHING)

    def _list(self, scenarios: tuple[tuple[str, str, str], ...], chosen: str) -> QScrollArea:
        inside = QWidget()
        lines = column(inside, gap=scale().space.medium)
        nothing = (NOTHING, _("Nothing: all goes well"), _("The service answers as it should."))
        for name, title, sentence in (nothing, *scenarios):
            lines.addWidget(self._entry(name, title, sentence, is_chosen=name == chosen))
        lines.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area

    def _entry(self, name: str, title: str, sentence: str, *, is_chosen: bool) -> QWidget:
        entry = QWidget()
        lines = column(entry, gap=scale().space.hair)
        button = QRadioButton(title)
        button.setChecked(is_chosen)
        button.setAccessibleDescription(sentence)
        self._names[button] = name
        self._group.addButton(button)
        lines.addWidget(button)
        words = row()
        words.addSpacing(scale().space.wide + scale().space.small)
        words.addWidget(label(sentence, "quiet", wrap=True), 1)
        lines.addLayout(words)
        return entry

    def _buttons(self) -> QHBoxLayout:
        line = row()
        line.addStretch(1)
        line.addWidget(push_button(_("Cancel"), self.reject))
        choose = push_button(_("Simulate"), self.accept, role="primary")
        choose.setDefault(True)
        line.addWidget(choose)
        return line
