"""The table of tasks as Qt's model, and the filter before it."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from redub.i18n import _
from redub.ui.icons import icon
from redub.ui.tasks.rows import TaskRow
from redub.ui.tasks.states import state_sign

ROW_ROLE = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex

STATE, WHAT, SERVICE, NEWS, AGE, LENGTH, KEPT = range(7)
_FIELDS = ("state", "what", "service", "news", "age", "length", "kept")


def _titles() -> tuple[str, ...]:
    return (_("State"), _("Shot and take"), _("Service"), _("News"), _("Age"), _("Length"), _("Kept until"))


class TasksModel(QAbstractTableModel):
    """One row a task, newest first; the whole `TaskRow` under ROW_ROLE."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[TaskRow, ...] = ()
        self._heads = _titles()

    @property
    def rows(self) -> tuple[TaskRow, ...]:
        """Return what is shown."""
        return self._rows

    def put(self, rows: tuple[TaskRow, ...]) -> None:
        """Show other rows; the selection stays when no task came or went."""
        if rows == self._rows:
            return
        if [row.record.id for row in rows] == [row.record.id for row in self._rows]:
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, KEPT))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many tasks there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(_FIELDS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the name of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's words, its sign, or what is read out for the row."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return getattr(row, _FIELDS[index.column()])
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DecorationRole and index.column() == STATE:
            return icon(*state_sign(row.record.state))
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.news or row.what
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken if index.column() == STATE else getattr(row, _FIELDS[index.column()])
        return None


class TasksFilter(QSortFilterProxyModel):
    """Leave only the tasks that a typed text occurs in."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted = ""

    def look_for(self, text: str) -> None:
        """Show only tasks with `text` anywhere in them."""
        self.beginFilterChange()
        self._wanted = text.casefold().strip()
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Say whether a task is shown."""
        row: TaskRow = self.sourceModel().index(source_row, 0, source_parent).data(ROW_ROLE)
        return self._wanted in row.spoken.casefold()
