"""The table of tasks: newest first, one line each."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from redub.core.tasks import TaskRecord
from redub.i18n import _
from redub.ui.tasks.model import AGE, KEPT, LENGTH, NEWS, ROW_ROLE, SERVICE, STATE, WHAT, TasksFilter
from redub.ui.tasks.statecell import StateDelegate

_WIDTHS = {STATE: 130, WHAT: 220, SERVICE: 160, AGE: 76, LENGTH: 84, KEPT: 100}


class TasksTable(QTableView):
    """The view of the tasks.

    Signals: `play_wanted` with a TaskRecord on a double click or Return; `record_chosen` when another row is.
    """

    play_wanted = Signal(object)
    record_chosen = Signal()

    def __init__(self, model: TasksFilter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(_("Tasks"))
        self.setItemDelegateForColumn(STATE, StateDelegate(self))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self._set_heads()
        self.doubleClicked.connect(self._on_double_clicked)
        self.selectionModel().currentRowChanged.connect(self.record_chosen)
        model.modelReset.connect(self.record_chosen)

    def _set_heads(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(30)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        head.setSectionResizeMode(NEWS, QHeaderView.ResizeMode.Stretch)
        head.setFixedHeight(26)

    @property
    def chosen(self) -> TaskRecord | None:
        """Return the task that is chosen, or None."""
        index = self.currentIndex()
        return index.data(ROW_ROLE).record if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Play the chosen task on Return."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.chosen is not None:
            self.play_wanted.emit(self.chosen)
            return
        super().keyPressEvent(event)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.play_wanted.emit(index.data(ROW_ROLE).record)
