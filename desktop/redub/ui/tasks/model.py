"""The table of tasks as Qt's model: sorted, filtered, and changed row by row; words are made for what is seen.

It sorts and filters itself: `QSortFilterProxyModel` calls into Python for every row and every comparison, which ten
thousand tasks would feel.
"""

from __future__ import annotations

import bisect
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from redub.core.progress import Progress
from redub.core.tasks import TaskRecord, TaskState
from redub.i18n import _
from redub.ui.icons import icon
from redub.ui.tasks.columns import AGE, COLUMNS, NEWS, PLACE, STATE
from redub.ui.tasks.entry import Entry
from redub.ui.tasks.states import GROUPS, group_states, state_sign

ROW_ROLE = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
Order = Qt.SortOrder
_MANY = 500
"""More changes than this at a time are cheaper all at once (the start, mostly)."""
_MIME = "application/x-redub-tasks"
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TasksModel(QAbstractTableModel):
    """One row a task; the whole `TaskRow` under ROW_ROLE. The youngest stands first until another order is wanted.

    Sorted by their place, tasks in the creator's own queue can be dragged: `move_wanted` tells the id of a task, and
    that of the one that it is to be sent before ("" for the last place).
    """

    move_wanted = Signal(str, str)

    def __init__(
        self,
        titles: Mapping[str, str],
        *,
        clock: Callable[[], float] = time.time,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._titles = titles
        self._clock = clock
        self._entries: dict[str, Entry] = {}
        self._sorted: list[Entry] = []
        self._shown: list[Entry] = []
        self._words: tuple[str, ...] = ()
        self._states = group_states("all")
        self._column, self._is_reversed = AGE, False
        self._moving: set[str] = set()
        self._reviews: dict[str, str] = {}

    # What is known.

    @property
    def records(self) -> tuple[TaskRecord, ...]:
        """Return the records that are shown, from top to bottom."""
        shown = reversed(self._shown) if self._is_reversed else self._shown
        return tuple(entry.record for entry in shown)

    @property
    def size(self) -> int:
        """Return how many tasks there are, shown or not."""
        return len(self._entries)

    def record(self, id: str) -> TaskRecord | None:
        """Return a task, shown or not."""
        entry = self._entries.get(id)
        return entry.record if entry is not None else None

    def counts(self) -> dict[str, int]:
        """Return how many tasks each filter would show, whatever is typed."""
        by_state = Counter(entry.record.state for entry in self._entries.values())
        return {name: sum(by_state[state] for state in group_states(name)) for name in GROUPS}

    def place_of(self, id: str) -> int | None:
        """Return the row of a task, None while it is not shown."""
        entry = self._entries.get(id)
        place = self._find(self._shown, entry) if entry is not None else None
        return None if place is None else self._row_at(place)

    # What is new.

    def put(self, records: Iterable[TaskRecord]) -> None:
        """Show other tasks altogether."""
        self.beginResetModel()
        kept = self._entries
        self._entries = {record.id: self._entry_of(record) for record in records}
        for id, entry in self._entries.items():
            if id in kept:
                entry.tell(kept[id].progress)
        self._count_queue()
        self._arrange()
        self.endResetModel()

    def change(self, records: Iterable[TaskRecord], gone: Iterable[str] = ()) -> None:
        """Take tasks that are new or have changed, and let go of those that are gone."""
        records = tuple(records)
        if len(records) > _MANY:
            lost = set(gone)
            kept = {id: one.record for id, one in self._entries.items() if id not in lost}
            self.put({**kept, **{record.id: record for record in records}}.values())
            return
        queue_changes = False
        for id in gone:
            entry = self._entries.pop(id, None)
            if entry is not None:
                queue_changes = queue_changes or entry.waiting is not None
                self._remove(entry)
        for record in records:
            entry = self._entries.get(record.id)
            was_waiting = entry is not None and entry.record.state is TaskState.WAITING
            queue_changes = queue_changes or was_waiting or record.state is TaskState.WAITING
            if entry is None:
                self._entries[record.id] = entry = self._entry_of(record)
                self._insert(entry)
            elif entry.record != record:
                self._alter(entry, partial(entry.take, record))
        if queue_changes and self._count_queue():
            self._show_queue()

    def show_progress(self, progress: Mapping[str, Progress]) -> None:
        """Take how far each running task is, by its id."""
        for id in self._moving | progress.keys():
            entry = self._entries.get(id)
            if entry is not None and entry.progress != progress.get(id):
                self._alter(entry, partial(entry.tell, progress.get(id)))
        self._moving = set(progress)

    def show_reviews(self, reviews: Mapping[str, str]) -> None:
        """Take what the reviews of results say in short, by task; the others stay as they are."""
        self._reviews.update(reviews)
        for id, words in reviews.items():
            entry = self._entries.get(id)
            if entry is not None and entry.review != words:
                self._alter(entry, partial(entry.judge, words))

    def grow_older(self) -> None:
        """Say the ages anew."""
        for entry in self._entries.values():
            entry.grow_older()
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(COLUMNS) - 1))

    # What is wanted.

    def look_for(self, text: str) -> None:
        """Show only tasks that have all the words of `text`."""
        words = tuple(text.casefold().split())
        if words != self._words:
            self._words = words
            self._filter()

    def show_group(self, name: str) -> None:
        """Show only the tasks of a filter."""
        self._states = group_states(name)
        self._filter()

    def sort(self, column: int, order: Order = Order.AscendingOrder) -> None:
        """Sort by a column; the selection goes with its tasks."""
        self._rearrange(column, order is Order.DescendingOrder)

    # Qt's questions.

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many tasks are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the name of a column."""
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return _(COLUMNS[section].title)
            if role == Qt.ItemDataRole.TextAlignmentRole and COLUMNS[section].is_number:
                return _RIGHT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's words, its sign, or what is read out for the row."""
        row, place = self._at(index.row()).row, index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[place].text(row)
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DecorationRole and place == STATE:
            return icon(*state_sign(row.record.state))
        if role == Qt.ItemDataRole.TextAlignmentRole and COLUMNS[place].is_number:
            return _RIGHT
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.news if place == NEWS else COLUMNS[place].text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken if place == STATE else COLUMNS[place].text(row)
        return None

    # Dragging in the queue.

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let tasks of the queue be dragged while its order is what is shown."""
        if not self._shows_queue:
            return super().flags(index)
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = super().flags(index)
        is_waiting = self._at(index.row()).record.state is TaskState.WAITING
        return flags | Qt.ItemFlag.ItemIsDragEnabled if is_waiting else flags

    def supportedDropActions(self) -> Qt.DropAction:
        """Return that rows are moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Return what can be dropped here: only our own rows."""
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the ids of what is dragged."""
        rows = sorted({index.row() for index in indexes})
        data = QMimeData()
        data.setData(_MIME, " ".join(self._at(row).record.id for row in rows).encode())
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Tell where tasks are to be moved; the rows move when the queue has done it."""
        moved = bytes(data.data(_MIME).data()).decode().split()
        place = row if row >= 0 else parent.row() if parent.isValid() else len(self._shown)
        for id in moved:
            self.move_wanted.emit(id, self._waits_behind(id, place, set(moved)))
        return False  # a view would take the dragged rows away otherwise

    @property
    def _shows_queue(self) -> bool:
        return self._column == PLACE and not self._is_reversed

    def _waits_behind(self, id: str, place: int, moved: set[str]) -> str:
        """Return the first task of the same account from `place` on that is not moved itself."""
        account = self._entries[id].record.account
        rest = (entry.record for entry in self._shown[place:])
        return next(
            (
                one.id
                for one in rest
                if one.state is TaskState.WAITING and one.account == account and one.id not in moved
            ),
            "",
        )

    # How.

    def _rearrange(self, column: int, is_reversed: bool) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        moved = [self._at(index.row()) for index in before]
        self._column, self._is_reversed = column, is_reversed
        self._arrange()
        after = [
            self.index(self._row_at(self._find(self._shown, entry) or 0), index.column())
            for entry, index in zip(moved, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _entry_of(self, record: TaskRecord) -> Entry:
        made = Entry(record, self._titles, self._clock)
        made.review = self._reviews.get(record.id, "")
        return made

    def _at(self, row: int) -> Entry:
        return self._shown[self._row_at(row)]

    def _row_at(self, place: int) -> int:
        """Turn a place in the sorted list into a row, or a row into a place."""
        return len(self._shown) - 1 - place if self._is_reversed else place

    def _keyed(self, entry: Entry) -> Entry:
        key = COLUMNS[self._column].key(entry)
        entry.key = (key is None, 0 if key is None else key, -entry.record.created, entry.record.id)
        return entry

    def _arrange(self) -> None:
        """Sort everything anew."""
        self._sorted = sorted(map(self._keyed, self._entries.values()), key=_key)
        self._shown = self._fitting()

    def _filter(self) -> None:
        self.beginResetModel()
        self._shown = self._fitting()
        self.endResetModel()

    def _fitting(self) -> list[Entry]:
        """Return what fits, quickly: a person types while this runs."""
        states, left = self._states, self._sorted
        for word in self._words:
            left = [entry for entry in left if word in entry.search]
        return [entry for entry in left if entry.record.state in states]

    def _fits(self, entry: Entry) -> bool:
        return entry.record.state in self._states and all(word in entry.search for word in self._words)

    def _find(self, entries: list[Entry], entry: Entry) -> int | None:
        place = bisect.bisect_left(entries, entry.key, key=_key)
        return place if place < len(entries) and entries[place] is entry else None

    def _insert(self, entry: Entry) -> None:
        bisect.insort(self._sorted, self._keyed(entry), key=_key)
        if not self._fits(entry):
            return
        place = bisect.bisect_left(self._shown, entry.key, key=_key)
        row = len(self._shown) - place if self._is_reversed else place
        self.beginInsertRows(_ROOT, row, row)
        self._shown.insert(place, entry)
        self.endInsertRows()

    def _remove(self, entry: Entry) -> None:
        place = self._find(self._sorted, entry)
        if place is not None:
            del self._sorted[place]
        place = self._find(self._shown, entry)
        if place is not None:
            row = self._row_at(place)
            self.beginRemoveRows(_ROOT, row, row)
            del self._shown[place]
            self.endRemoveRows()

    def _alter(self, entry: Entry, change: Callable[[], object]) -> None:
        """Change a task; when that moves it, only its row moves."""
        all_place, place = self._find(self._sorted, entry), self._find(self._shown, entry)
        old = entry.key
        change()
        self._keyed(entry)
        if entry.key != old and all_place is not None:
            del self._sorted[all_place]
            bisect.insort(self._sorted, entry, key=_key)
        fits = self._fits(entry)
        if place is None:
            if fits:
                self._show_again(entry)
        elif not fits:
            self._hide(place)
        elif entry.key != old:
            self._move(place, entry)
        if fits:
            row = self._row_at(self._find(self._shown, entry) or 0)
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    def _show_again(self, entry: Entry) -> None:
        place = bisect.bisect_left(self._shown, entry.key, key=_key)
        row = len(self._shown) - place if self._is_reversed else place
        self.beginInsertRows(_ROOT, row, row)
        self._shown.insert(place, entry)
        self.endInsertRows()

    def _hide(self, place: int) -> None:
        row = self._row_at(place)
        self.beginRemoveRows(_ROOT, row, row)
        del self._shown[place]
        self.endRemoveRows()

    def _move(self, place: int, entry: Entry) -> None:
        rest = self._shown[:place] + self._shown[place + 1 :]
        target = bisect.bisect_left(rest, entry.key, key=_key)
        if target == place:
            return
        row, new = self._row_at(place), self._row_at(target)
        self.beginMoveRows(_ROOT, row, row, _ROOT, new + 1 if new > row else new)
        rest.insert(target, entry)
        self._shown = rest
        self.endMoveRows()

    def _show_queue(self) -> None:
        """Show new numbers in the queue at once: they change for all that are behind."""
        if self._column == PLACE:
            self._rearrange(self._column, self._is_reversed)
        elif self._shown:
            self.dataChanged.emit(self.index(0, PLACE), self.index(len(self._shown) - 1, PLACE))

    def _count_queue(self) -> bool:
        """Number the tasks in the creator's own queue by account; say whether any number is new."""
        waiting = [one for one in self._entries.values() if one.record.state is TaskState.WAITING]
        waiting.sort(key=lambda one: (-one.record.priority, one.record.place or 0.0, one.record.created))
        ahead: Counter[str] = Counter()
        is_new = False
        for entry in waiting:
            account = entry.record.account
            is_new = entry.wait_behind(ahead[account]) or is_new
            ahead[account] += 1
        for entry in self._entries.values():
            if entry.waiting is not None and entry.record.state is not TaskState.WAITING:
                is_new = entry.wait_behind(None) or is_new
        return is_new


def _key(entry: Entry) -> Any:
    return entry.key
