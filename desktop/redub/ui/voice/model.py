"""The list of voices as Qt's model; what does not match the search is left out."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from redub.core.timbre import Timbre
from redub.ui.voice.choosing import matches, remark

TIMBRE_ROLE = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class TimbresModel(QAbstractListModel):
    """One row a voice; the whole `Timbre` under TIMBRE_ROLE."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Timbre, ...] = ()
        self._shown: tuple[Timbre, ...] = ()
        self._wanted = ""

    @property
    def shown(self) -> tuple[Timbre, ...]:
        """Return the voices that match."""
        return self._shown

    def put(self, timbres: tuple[Timbre, ...]) -> None:
        """Show other voices."""
        if timbres != self._all:
            self._all = timbres
            self._sift()

    def look_for(self, text: str) -> None:
        """Show only voices in which `text` occurs."""
        self._wanted = text
        self._sift()

    def _sift(self) -> None:
        self.beginResetModel()
        self._shown = tuple(timbre for timbre in self._all if matches(timbre, self._wanted))
        self.endResetModel()

    def place(self, key: str) -> int:
        """Return the row of a voice, -1 when it is not shown."""
        keys = [timbre.key for timbre in self._shown]
        return keys.index(key) if key in keys else -1

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many voices match."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the voice, its name, or what is read out for it."""
        timbre = self._shown[index.row()]
        if role == TIMBRE_ROLE:
            return timbre
        if role == Qt.ItemDataRole.DisplayRole:
            return timbre.name or timbre.key
        if role == Qt.ItemDataRole.ToolTipRole:
            return timbre.description or remark(timbre)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{timbre.name or timbre.key}, {remark(timbre)}"
        return None
