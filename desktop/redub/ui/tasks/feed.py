"""What the panels of takes and tasks show, gathered from the history and the news, at most ten times a second."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from redub.core.progress import Progress
from redub.core.tasks import TaskRecord

EVERY_MS = 100


class TasksFeed(QObject):
    """Collects changes, from any thread, and passes them on together.

    Signals: `records_changed` with all records; `tasks_changed` with the records that are new or have changed, and the
    ids of those that are gone; `progress_changed` with Progress by record id; `record_moved` with
    (old record or None, new record), at once.
    """

    records_changed = Signal(object)
    tasks_changed = Signal(object, object)
    progress_changed = Signal(object)
    record_moved = Signal(object, object)
    _told = Signal(object)
    _reported = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._records: dict[str, TaskRecord] = {}
        self._progress: dict[str, Progress] = {}
        self._preparing: dict[str, TaskRecord] = {}
        self._recorded: set[str] = set()
        self._is_dirty = [False, False]
        self._changed: dict[str, TaskRecord] = {}
        self._gone: set[str] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(EVERY_MS)
        self._soon.timeout.connect(self.pass_on)
        self._told.connect(self._take)
        self._reported.connect(self._take_progress)

    def begin_with(self, records: Iterable[TaskRecord]) -> None:
        """Show the history as it is at the start."""
        self._records = {record.id: record for record in records if record.forgotten is None}
        self._changed.update(self._records)
        self._is_dirty[0] = True
        self.pass_on()

    def tell(self, record: TaskRecord) -> None:
        """Take a record that is new or has changed."""
        self._told.emit(record)

    def report(self, progress: Mapping[str, Progress]) -> None:
        """Take the progress of everything that runs."""
        self._reported.emit(dict(progress))

    def prepare(self, record: TaskRecord, progress: Progress | None) -> None:
        """Show a take that is on its way to the service and has no record yet; with `progress` None it is gone.

        From the moment on at which the history has a record of it, only that one is shown.
        """
        if progress is None:
            self._end_draft(record.id)
            self._recorded.discard(record.take_id)
        elif record.take_id not in self._recorded:
            self._preparing[record.id] = record
            self._note(record)
            self._progress[record.id] = progress
        self._mark(0)
        self._mark(1)

    @property
    def records(self) -> tuple[TaskRecord, ...]:
        """Return every record, with those that are only being prepared."""
        return (*self._records.values(), *self._preparing.values())

    def _take(self, record: TaskRecord) -> None:
        old = self._records.get(record.id)
        if record.forgotten is None:
            self._records[record.id] = record
            self._note(record)
        else:
            self._records.pop(record.id, None)
            self._let_go(record.id)
        for draft in [one for one in self._preparing.values() if one.take_id == record.take_id]:
            self._recorded.add(draft.take_id)
            self._end_draft(draft.id)
        self._mark(0)
        self.record_moved.emit(old, record)

    def _note(self, record: TaskRecord) -> None:
        self._changed[record.id] = record
        self._gone.discard(record.id)

    def _let_go(self, id: str) -> None:
        self._changed.pop(id, None)
        self._gone.add(id)

    def _end_draft(self, id: str) -> None:
        if self._preparing.pop(id, None) is not None:
            self._let_go(id)

    def _take_progress(self, progress: dict[str, Progress]) -> None:
        kept = {name: one for name, one in self._progress.items() if name in self._preparing}
        self._progress = kept | progress
        self._mark(1)

    def _mark(self, what: int) -> None:
        self._is_dirty[what] = True
        if not self._soon.isActive():
            self._soon.start()

    def pass_on(self) -> None:
        """Tell now what has changed, without waiting."""
        is_dirty, self._is_dirty = self._is_dirty, [False, False]
        if is_dirty[0]:
            changed, gone = tuple(self._changed.values()), tuple(self._gone)
            self._changed, self._gone = {}, set()
            self.records_changed.emit(self.records)
            self.tasks_changed.emit(changed, gone)
        if is_dirty[1]:
            self.progress_changed.emit(self._progress)
