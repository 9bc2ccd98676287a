"""All takes with what is found about each, their total, and one button that makes the ticked ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QHeaderView, QTableView, QWidget

from redub.core.checkedtakes import CheckedTake, said_of_all, without
from redub.core.findings import Remedy
from redub.i18n import _, ngettext
from redub.ui.batch.model import FINDINGS, LENGTH, NAME, BatchModel
from redub.ui.controls.buttons import push_button
from redub.ui.controls.layouts import column, row
from redub.ui.controls.words import label
from redub.ui.findings.inline import InlineFinding
from redub.ui.tasks.rows import length
from redub.ui.theme import scale

if TYPE_CHECKING:
    from redub.services.takesbatch import BatchTotal


class BatchDialog(QDialog):
    """Signals: `total_wanted` when other takes are ticked, `show_total` answers it; `take_wanted` with the id of a take
    that the person wants to work on: the dialog is closed then.
    """

    total_wanted = Signal()
    take_wanted = Signal(str)

    def __init__(
        self, parent: QWidget, checked: tuple[CheckedTake, ...], busy: Mapping[str, str], service: str
    ) -> None:
        """Show `checked`.

        :param busy: why takes cannot be made just now, by their ids
        :param service: what the service is called that is paid for them, "" for the rehearsal
        """
        super().__init__(parent)
        self._service, self._checked = service, checked
        self.setWindowTitle(_("Make all takes") if service else _("Rehearse all takes"))
        space = scale().space
        whole = column(self, margin=space.wide, gap=space.medium)
        whole.addWidget(label(self.windowTitle(), "title"))
        of_all = said_of_all(checked)
        own = {one.take.id: without(one, of_all) for one in checked}
        self._model = BatchModel(checked, own, busy, self)
        self._model.ticked.connect(self._on_ticked)
        for finding in of_all:
            whole.addWidget(InlineFinding(replace(finding, remedy=Remedy.NONE)))
        whole.addLayout(self._head())
        whole.addWidget(self._table(), 1)
        self._total = label("", wrap=True)
        self._total.setAccessibleName(_("All together"))
        whole.addWidget(self._total)
        self._again = QCheckBox(_("Also send, and pay for again, what was sent exactly so before"))
        self._again.setVisible(bool(service))
        whole.addWidget(self._again)
        whole.addLayout(self._foot())
        self.resize(820, 520)
        self._on_ticked()

    def _head(self) -> QHBoxLayout:
        line = row()
        left_out = len(self._checked) - self._model.possible
        words = ngettext("{n} take cannot be made yet.", "{n} takes cannot be made yet.", left_out)
        line.addWidget(label(words.format(n=left_out) if left_out else "", "quiet"), 1)
        line.addWidget(push_button(_("All"), lambda: self._model.tick_all(True), role="small"))
        line.addWidget(push_button(_("None"), lambda: self._model.tick_all(False), role="small"))
        return line

    def _table(self) -> QTableView:
        table = QTableView()
        table.setAccessibleName(_("Takes and what is found about them"))
        table.setModel(self._model)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        head = table.horizontalHeader()
        head.setSectionResizeMode(FINDINGS, QHeaderView.ResizeMode.Stretch)
        head.resizeSection(NAME, 200)
        head.resizeSection(LENGTH, 90)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.setToolTip(_("A double click goes to the take."))
        table.doubleClicked.connect(self._on_double_clicked)
        return table

    def _foot(self) -> QHBoxLayout:
        line = row()
        line.addStretch(1)
        line.addWidget(push_button(_("Cancel"), self.reject))
        self._make = push_button("", self.accept, role="primary")
        self._make.setDefault(True)
        line.addWidget(self._make)
        return line

    @property
    def chosen(self) -> tuple[CheckedTake, ...]:
        """Return the ticked takes, in their order."""
        return self._model.chosen

    @property
    def sends_again(self) -> bool:
        """Say whether what was sent exactly so before is paid for again."""
        return self._again.isChecked()

    def show_total(self, total: BatchTotal) -> None:
        """Say what the ticked takes are together."""
        if not total.count:
            self._total.setText(_("No take is ticked."))
            return
        long = length(total.seconds, True) if total.seconds else _("unknown")
        count = ngettext("{n} take", "{n} takes", total.count).format(n=total.count)
        lines = [_("{takes}, {long} together.").format(takes=count, long=long)]
        if self._service:
            lines.append(_("{title} makes them, and your account pays for it.").format(title=self._service))
        lines += total.sentences
        if total.is_too_much:
            lines.append(_("These are fewer minutes than the takes will use."))
        self._total.setText("\n".join(lines))

    def _on_ticked(self) -> None:
        count = len(self.chosen)
        words = (
            ngettext("Make {n} take", "Make {n} takes", count)
            if self._service
            else ngettext("Rehearse {n} take", "Rehearse {n} takes", count)
        )
        self._make.setText(words.format(n=count))
        self._make.setAccessibleName(self._make.text())
        self._make.setEnabled(count > 0)
        self.total_wanted.emit()

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if index.column() != NAME:  # a double click there ticks
            self.take_wanted.emit(self._checked[index.row()].take.id)
            self.reject()
