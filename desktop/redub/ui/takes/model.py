"""The takes list as Qt's model."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from redub.ui.takes.rows import TakeRow
from redub.ui.tasks.states import state_word

ROW_ROLE = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class TakesModel(QAbstractListModel):
    """One row a take; the whole `TakeRow` under ROW_ROLE."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[TakeRow, ...] = ()

    @property
    def rows(self) -> tuple[TakeRow, ...]:
        """Return what is shown."""
        return self._rows

    def put(self, rows: tuple[TakeRow, ...]) -> None:
        """Show other rows; the selection stays when only their words have changed."""
        if rows == self._rows:
            return
        same = [row.take_id for row in rows] == [row.take_id for row in self._rows]
        if same:
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def place(self, take_id: str) -> int:
        """Return the row of a take, -1 when it is not there."""
        ids = [row.take_id for row in self._rows]
        return ids.index(take_id) if take_id in ids else -1

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many takes there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row, its name, or what is read out for it."""
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (row.name, row.words, state_word(row.state)) if part)
        return None
