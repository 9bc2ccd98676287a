"""The takes of a batch, row by row, as Qt's model; those that can be made can be ticked."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from redub.core.checkedtakes import CheckedTake
from redub.core.findings import Finding, Level
from redub.i18n import _, ngettext
from redub.ui.icons import icon
from redub.ui.tasks.rows import length

NAME, LENGTH, FINDINGS = range(3)
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class BatchModel(QAbstractTableModel):
    """One row a take.

    Signals: `ticked` when other ones are chosen.
    """

    ticked = Signal()

    def __init__(
        self,
        checked: tuple[CheckedTake, ...],
        own: Mapping[str, tuple[Finding, ...]],
        busy: Mapping[str, str],
        parent: QObject | None = None,
    ) -> None:
        """Show `checked`.

        :param own: by the ids of takes, what is found about each and not about all
        :param busy: by the ids of takes, why they cannot be made just now
        """
        super().__init__(parent)
        self._rows, self._own, self._busy = checked, own, busy
        self._chosen = {one.take.id for one in checked if self._is_possible(one)}

    @property
    def chosen(self) -> tuple[CheckedTake, ...]:
        """Return the ticked takes, in their order."""
        return tuple(one for one in self._rows if one.take.id in self._chosen)

    @property
    def possible(self) -> int:
        """Return how many takes can be made."""
        return sum(self._is_possible(one) for one in self._rows)

    def tick_all(self, ticked: bool) -> None:
        """Choose every take that can be made, or none."""
        self._chosen = {one.take.id for one in self._rows if ticked and self._is_possible(one)}
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))
        self.ticked.emit()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many takes there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the columns: name, length, findings."""
        return 0 if parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the name of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return (_("Take"), _("Length"), _("Findings"))[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the names of takes that can be made be ticked."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        can_tick = index.column() == NAME and self._is_possible(self._rows[index.row()])
        return flags | Qt.ItemFlag.ItemIsUserCheckable if can_tick else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return words, tick and sign of a cell."""
        one = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(one, index.column())
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == NAME:
            is_chosen = one.take.id in self._chosen
            return Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DecorationRole and index.column() == FINDINGS:
            return _sign(one, self._own[one.take.id])
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == FINDINGS:
            return "\n".join(finding.message for finding in self._own[one.take.id])
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a take, or not."""
        if role != Qt.ItemDataRole.CheckStateRole or not self.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        take_id = self._rows[index.row()].take.id
        # Qt's views give a number, programs a Qt.CheckState.
        is_on = value in {Qt.CheckState.Checked, Qt.CheckState.Checked.value}
        self._chosen = self._chosen | {take_id} if is_on else self._chosen - {take_id}
        self.dataChanged.emit(index, index)
        self.ticked.emit()
        return True

    def _words(self, one: CheckedTake, column: int) -> str:
        if column == NAME:
            return one.take.name or _("Unnamed take")
        if column == LENGTH:
            return length(one.seconds, one.is_guess) or _("unknown")
        return self._busy.get(one.take.id, "") or _said(self._own[one.take.id])

    def _is_possible(self, one: CheckedTake) -> bool:
        return not one.in_the_way and one.take.id not in self._busy


def _said(found: tuple[Finding, ...]) -> str:
    if not found:
        return _("Nothing stands in the way.")
    more = len(found) - 1
    rest = ngettext("and {n} more", "and {n} more", more).format(n=more)
    return f"{found[0].message} ({rest})" if more else found[0].message


def _sign(one: CheckedTake, found: tuple[Finding, ...]) -> object:
    if one.in_the_way:
        return icon("error", "error")
    level = found[0].level if found else None
    if level is Level.ERROR:
        level = Level.INFO  # it is converted on the way
    return icon("ok", "ok") if level is None else icon(level.value, level.value)
