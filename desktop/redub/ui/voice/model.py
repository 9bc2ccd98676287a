"""The list of voices as Qt's model; what does not match the search is left out."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from redub.core.timbre import Timbre
from redub.ui.voice.choosing import Wanted, passes, remark
from redub.ui.voice.languages import search_words

TIMBRE_ROLE = Qt.ItemDataRole.UserRole
FAVOURITE_ROLE = Qt.ItemDataRole.UserRole + 1
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class TimbresModel(QAbstractListModel):
    """One row a voice, favourites first: the `Timbre` under TIMBRE_ROLE, a favourite or not under FAVOURITE_ROLE."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Timbre, ...] = ()
        self._shown: tuple[Timbre, ...] = ()
        self._wanted = Wanted()
        self._favourites: frozenset[str] = frozenset()

    @property
    def shown(self) -> tuple[Timbre, ...]:
        """Return the voices that match."""
        return self._shown

    def put(self, timbres: tuple[Timbre, ...], favourites: frozenset[str]) -> None:
        """Show other voices."""
        if timbres != self._all or favourites != self._favourites:
            self._all, self._favourites = timbres, favourites
            self._sift()

    def look_for(self, wanted: Wanted) -> None:
        """Show only voices that are looked for."""
        self._wanted = wanted
        self._sift()

    def _sift(self) -> None:
        self.beginResetModel()
        found = [timbre for timbre in self._all if self._passes(timbre)]
        found.sort(key=lambda timbre: timbre.key not in self._favourites)
        self._shown = tuple(found)
        self.endResetModel()

    def _passes(self, timbre: Timbre) -> bool:
        tongues = " ".join(search_words(code) for code in timbre.languages)
        return passes(timbre, self._wanted, self._favourites, tongues)

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
        if role == FAVOURITE_ROLE:
            return timbre.key in self._favourites
        if role == Qt.ItemDataRole.DisplayRole:
            return timbre.name or timbre.key
        if role == Qt.ItemDataRole.ToolTipRole:
            return timbre.description or remark(timbre)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{timbre.name or timbre.key}, {remark(timbre)}"
        return None
