"""The table of tasks: one line each, columns that can be chosen, moved and sorted by, several rows at a time."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView, QWidget

from redub.core.tasks import TaskRecord
from redub.i18n import _
from redub.ui.tasks.columns import AGE, COLUMNS, NEWS, STATE
from redub.ui.tasks.model import ROW_ROLE, TasksModel
from redub.ui.tasks.statecell import StateDelegate

_ROW_HEIGHT, _HEAD_HEIGHT = 30, 26


class TasksTable(QTableView):
    """The view of the tasks.

    Signals: `play_wanted` with a TaskRecord on a double click or Return; `record_chosen` when the choice changes;
    `menu_wanted` with a point of the screen; `forget_wanted` on Delete.
    """

    play_wanted = Signal(object)
    record_chosen = Signal()
    menu_wanted = Signal(QPoint)
    forget_wanted = Signal()

    def __init__(self, model: TasksModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = model
        self.setModel(model)
        self.setAccessibleName(_("Tasks"))
        self.setItemDelegateForColumn(STATE, StateDelegate(self))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setDragDropMode(QTableView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self._set_heads()
        self.doubleClicked.connect(self._on_double_clicked)
        self.selectionModel().selectionChanged.connect(lambda _new, _old: self.record_chosen.emit())
        self._kept: tuple[str, ...] = ()
        model.modelAboutToBeReset.connect(self._on_about_to_reset)
        model.modelReset.connect(self._on_reset)

    def _set_heads(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionsMovable(True)
        head.setFixedHeight(_HEAD_HEIGHT)
        for place, column in enumerate(COLUMNS):
            if column.width:
                self.setColumnWidth(place, column.width)
            self.setColumnHidden(place, not column.is_shown)
        head.setSectionResizeMode(NEWS, QHeaderView.ResizeMode.Stretch)
        head.setSortIndicator(AGE, Qt.SortOrder.AscendingOrder)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._on_head_menu)
        head.setToolTip(_("Click to sort; right click to choose columns."))
        self.setSortingEnabled(True)

    # What is chosen.

    @property
    def chosen(self) -> TaskRecord | None:
        """Return the task that has the focus among those that are chosen, or the only one, or None."""
        chosen = self.all_chosen
        current = self.currentIndex()
        if current.isValid() and self.selectionModel().isRowSelected(current.row(), QModelIndex()):
            return _record(current)
        return chosen[0] if chosen else None

    @property
    def all_chosen(self) -> tuple[TaskRecord, ...]:
        """Return every chosen task, from top to bottom."""
        rows = sorted(self.selectionModel().selectedRows(), key=lambda index: index.row())
        return tuple(_record(index) for index in rows)

    def choose(self, id: str) -> None:
        """Choose one task and show it, when it is not filtered away."""
        row = self._tasks.place_of(id)
        if row is not None:
            self.selectRow(row)
            self.setCurrentIndex(self._tasks.index(row, 0))

    # Which columns are shown.

    def columns_menu(self) -> QMenu:
        """Return a menu in which columns are chosen; the state always stays."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, column in enumerate(COLUMNS):
            action = QAction(_(column.title), menu)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(place))
            action.setEnabled(place != STATE)
            action.toggled.connect(lambda shown, one=place: self.setColumnHidden(one, not shown))
            menu.addAction(action)
        return menu

    def layout_state(self) -> bytes:
        """Return which columns are shown, where, how wide, and what is sorted by."""
        return bytes(self.horizontalHeader().saveState().data())

    def restore_layout(self, state: bytes) -> None:
        """Show the columns as they were; a state of another version is left alone."""
        if state and self.horizontalHeader().restoreState(QByteArray(state)):
            self.horizontalHeader().setSectionResizeMode(NEWS, QHeaderView.ResizeMode.Stretch)
            head = self.horizontalHeader()
            self.sortByColumn(head.sortIndicatorSection(), head.sortIndicatorOrder())

    # How.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Play the chosen task on Return, forget on Delete, show what can be done on the menu key."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.chosen is not None:
            self.play_wanted.emit(self.chosen)
        elif event.key() == Qt.Key.Key_Delete:
            self.forget_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.play_wanted.emit(_record(index))

    def _on_menu(self, point: QPoint) -> None:
        self.menu_wanted.emit(self.viewport().mapToGlobal(point))

    def _on_head_menu(self, point: QPoint) -> None:
        self.columns_menu().popup(self.horizontalHeader().mapToGlobal(point))

    def _on_about_to_reset(self) -> None:
        self._kept = tuple(record.id for record in self.all_chosen)

    def _on_reset(self) -> None:
        for id in self._kept[:1]:
            self.choose(id)
        self.record_chosen.emit()


def _record(index: QModelIndex) -> TaskRecord:
    record: TaskRecord = index.data(ROW_ROLE).record
    return record
