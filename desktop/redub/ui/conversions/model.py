"""The queue as Qt's model; a row that is dragged to another place is asked for, never moved here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from redub.core.jobs import ConversionJob, Jobs
from redub.ui.controls.twolines import Index, Lines, TwoLines
from redub.ui.conversions.rows import SIGNS, quiet_line, state_word

JOB_ROLE = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
_MIME = "application/x-redub-conversion"


class QueueModel(QAbstractListModel):
    """One row a job.

    Signals: `move_wanted` with a job's id and its new place.
    """

    move_wanted = Signal(str, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: Jobs = ()

    @property
    def jobs(self) -> Jobs:
        """Return what is shown."""
        return self._jobs

    def put(self, jobs: Jobs) -> None:
        """Show other jobs; the selection stays when only where they stand has changed."""
        if jobs == self._jobs:
            return
        if [job.id for job in jobs] == [job.id for job in self._jobs]:
            self._jobs = jobs
            self.dataChanged.emit(self.index(0), self.index(len(jobs) - 1))
            return
        self.beginResetModel()
        self._jobs = jobs
        self.endResetModel()

    def place(self, job_id: str) -> int:
        """Return the row of a job, -1 when it is not there."""
        ids = [job.id for job in self._jobs]
        return ids.index(job_id) if job_id in ids else -1

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many jobs there are."""
        return 0 if parent.isValid() else len(self._jobs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the job, its name, or what is read out for it."""
        job = self._jobs[index.row()]
        if role == JOB_ROLE:
            return job
        if role == Qt.ItemDataRole.DisplayRole:
            return job.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{job.source}\n{quiet_line(job)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{job.name}, {state_word(job.state)}, {quiet_line(job)}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let a row be dragged, and be dropped between two others."""
        usual = super().flags(index)
        return usual | (Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled)

    def supportedDropActions(self) -> Qt.DropAction:
        """Rows are moved, never copied."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Return what a dragged row is."""
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the id of the dragged job."""
        data = QMimeData()
        data.setData(_MIME, self._jobs[indexes[0].row()].id.encode() if indexes else b"")
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Ask for the move; False, so that the view does not remove the row by itself."""
        del action, column
        job_id = bytes(data.data(_MIME).data()).decode()
        place = row if row >= 0 else parent.row() if parent.isValid() else len(self._jobs)
        before = self.place(job_id)
        if before >= 0:
            self.move_wanted.emit(job_id, place - 1 if before < place else place)
        return False


class JobLines(TwoLines):
    """Draw a job: name over where it stands."""

    def lines(self, index: QModelIndex | QPersistentModelIndex) -> Lines:
        """Return the job's two lines and its sign."""
        job: ConversionJob = index.data(JOB_ROLE)
        return Lines(job.name, quiet_line(job), SIGNS[job.state])
