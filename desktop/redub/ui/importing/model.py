"""What will come of a file, row by row, as Qt's model."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from redub.core.batch import Coming
from redub.core.ssml.document import parse, spoken_text
from redub.i18n import _
from redub.ui.icons import icon

NAME, SCRIPT, REMARK = range(3)
_ROOT = QModelIndex()
_MOST_SHOWN = 300
Index = QModelIndex | QPersistentModelIndex


class ComingModel(QAbstractTableModel):
    """One row a take that will come."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Coming, ...] = ()

    @property
    def rows(self) -> tuple[Coming, ...]:
        """Return what is shown."""
        return self._rows

    def put(self, rows: tuple[Coming, ...]) -> None:
        """Show what will come."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the columns: name, script, remark."""
        return 0 if parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the name of a column, the number of a row."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return (_("Take"), _("What it says"), _("Remark"))[section]
        return str(self._rows[section].row)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell, and a sign where something is wrong."""
        one = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(one, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return one.trouble if index.column() == REMARK else one.take.script[:_MOST_SHOWN]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == REMARK and one.trouble:
            return icon("warning", "warning")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Grey the rows that no take is made of."""
        flags = super().flags(index)
        return flags & ~Qt.ItemFlag.ItemIsEnabled if self._rows[index.row()].left_out else flags

    def _words(self, one: Coming, column: int) -> str:
        if column == NAME:
            return one.take.name
        if column == SCRIPT:
            return spoken_text(parse(one.take.script[:_MOST_SHOWN]))
        return _("Left out: {why}").format(why=one.trouble) if one.left_out else one.trouble
