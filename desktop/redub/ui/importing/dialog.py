"""How a file becomes takes, with a preview of what will come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QHeaderView, QTableView, QWidget

from redub.core.batch import Coming, Wiring, has_head, table_of
from redub.i18n import _, ngettext
from redub.ui.controls.buttons import push_button
from redub.ui.controls.layouts import column, row
from redub.ui.controls.words import label
from redub.ui.importing.mapping import Mapping
from redub.ui.importing.model import NAME, REMARK, SCRIPT, ComingModel
from redub.ui.theme import scale

if TYPE_CHECKING:
    from redub.services.importing import Imported

ADD, REPLACE = 2, 3
"""How the dialog is closed: add takes, or put the script into the current one."""


class ImportDialog(QDialog):
    """Signals: `plan_wanted` when what will come has to be said anew; `show_plan` answers it."""

    plan_wanted = Signal()

    def __init__(self, parent: QWidget, found: Imported, template: str, *, has_take: bool) -> None:
        super().__init__(parent)
        self._found, self._template = found, template
        self.setWindowTitle(_("Import scripts"))
        whole = column(self, margin=scale().space.wide, gap=scale().space.medium)
        whole.addWidget(label(_("Import “{name}”").format(name=found.path.name), "title"))
        self.mapping = Mapping()
        if found.grid is not None:
            whole.addWidget(self.mapping)
            self.mapping.show_head(has_head(found.grid.rows))
            self._show_columns()
            if found.grid.remark:
                whole.addWidget(label(found.grid.remark, "warning", wrap=True))
        whole.addLayout(self._line_breaks())
        whole.addWidget(self._preview(), 1)
        whole.addLayout(self._foot(has_take))
        self.mapping.changed.connect(self.plan_wanted)
        self.mapping.head_picked.connect(self._on_head)
        self.resize(760, 540)
        self._show_count()

    def _line_breaks(self) -> QHBoxLayout:
        line = row()
        line.addWidget(label(_("Line breaks become")))
        self._breaks = QComboBox()
        self._breaks.setAccessibleName(_("Line breaks become"))
        for words, pause in (
            (_("a space"), None),
            (_("a pause of {seconds} s").format(seconds="0.5"), "500ms"),
            (_("a pause of {seconds} s").format(seconds="1"), "1000ms"),
        ):
            self._breaks.addItem(words, pause)
        self._breaks.activated.connect(self.plan_wanted)
        line.addWidget(self._breaks)
        line.addStretch(1)
        return line

    def _preview(self) -> QTableView:
        self._model = ComingModel(self)
        table = QTableView()
        table.setAccessibleName(_("What will come"))
        table.setModel(self._model)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setWordWrap(False)
        head = table.horizontalHeader()
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(SCRIPT, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(REMARK, QHeaderView.ResizeMode.Interactive)
        head.resizeSection(NAME, 140)
        head.resizeSection(REMARK, 260)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return table

    def _foot(self, has_take: bool) -> QHBoxLayout:
        line = row()
        self._count = label("", "quiet", wrap=True)
        line.addWidget(self._count, 1)
        line.addWidget(push_button(_("Cancel"), self.reject))
        self._replace = push_button(_("Put into this take"), lambda: self.done(REPLACE))
        self._replace.setVisible(has_take and not self._found.is_table)
        line.addWidget(self._replace)
        self._add = push_button("", lambda: self.done(ADD), role="primary")
        self._add.setDefault(True)
        line.addWidget(self._add)
        return line

    @property
    def rows(self) -> tuple[Coming, ...]:
        """Return what will come."""
        return self._model.rows

    @property
    def has_head(self) -> bool:
        """Say whether the first row names the columns."""
        return self.mapping.has_head

    @property
    def wiring(self) -> Wiring:
        """Return how the file becomes takes."""
        template = self._template if self.mapping.fills_template else ""
        return Wiring(columns=self.mapping.columns, template=template, pause=self._breaks.currentData())

    def show_plan(self, rows: tuple[Coming, ...]) -> None:
        """Show what will come."""
        self._model.put(rows)
        self._show_count()

    def _on_head(self) -> None:
        self._show_columns()
        self.plan_wanted.emit()

    def _show_columns(self) -> None:
        if self._found.grid is not None:
            table = table_of(self._found.grid.rows, self.mapping.has_head)
            self.mapping.show_table(table, self._template)

    def _show_count(self) -> None:
        takes = sum(not one.left_out for one in self.rows)
        left = len(self.rows) - takes
        odd = sum(bool(one.trouble) and not one.left_out for one in self.rows)
        parts = []
        if left:
            parts.append(ngettext("{n} row is left out.", "{n} rows are left out.", left).format(n=left))
        if odd:
            said = ngettext("{n} take needs a look.", "{n} takes need a look.", odd)
            parts.append(said.format(n=odd))
        self._count.setText(" ".join(parts))
        self._add.setText(ngettext("Add {n} take", "Add {n} takes", takes).format(n=takes))
        self._add.setAccessibleName(self._add.text())
        self._add.setEnabled(takes > 0)
        self._replace.setEnabled(takes == 1)
