"""The panel of takes: choose one, see what it says and where its newest task stands."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QListView, QStackedWidget, QWidget

from redub.core.tasks import TaskRecord
from redub.i18n import _
from redub.services.editing import ShotView
from redub.ui.controls.buttons import tool_button
from redub.ui.controls.empty import EmptyState
from redub.ui.controls.filedrops import local_files
from redub.ui.controls.heading import Heading
from redub.ui.controls.layouts import column
from redub.ui.takes.delegate import TakeDelegate
from redub.ui.takes.model import ROW_ROLE, TakesModel
from redub.ui.takes.rows import newest_tasks, take_rows


class TakesPanel(QWidget):
    """The list of takes.

    Signals: `take_chosen` with a take's id; `rename_wanted` on a double click or F2; `add_wanted`,
    `duplicate_wanted`, `remove_wanted` from its buttons; `files_dropped` with paths and the id of the take that they
    were dropped on, "" for beside all of them; `edit_wanted`, `edit_ended` as every panel has them.
    """

    edit_wanted = Signal(object)
    edit_ended = Signal()
    take_chosen = Signal(str)
    rename_wanted = Signal()
    files_dropped = Signal(object, str)
    add_wanted = Signal()
    duplicate_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("takes")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._view: ShotView | None = None
        self._newest: dict[str, TaskRecord] = {}
        self.setAcceptDrops(True)
        whole = column(self, gap=0)
        whole.addWidget(self._head())
        self._pages = QStackedWidget()
        self._pages.addWidget(self._listed())
        self._pages.addWidget(self._empty())
        whole.addWidget(self._pages, 1)

    def _head(self) -> Heading:
        self._heading = Heading(_("Takes"))
        self._duplicate = tool_button("duplicate", _("Duplicate this take"), self.duplicate_wanted.emit)
        self._remove = tool_button("remove", _("Remove this take"), self.remove_wanted.emit)
        self._heading.add(self._duplicate)
        self._heading.add(self._remove)
        self._heading.add(tool_button("add", _("Add a take"), self.add_wanted.emit))
        return self._heading

    def _listed(self) -> QListView:
        self._list = QListView()
        self._list.setAccessibleName(_("Takes"))
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setMouseTracking(True)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model = TakesModel(self)
        self._list.setModel(self._model)
        self._list.setItemDelegate(TakeDelegate(self._list))
        self._list.selectionModel().currentChanged.connect(self._on_current_changed)
        self._list.doubleClicked.connect(self.rename_wanted.emit)
        return self._list

    def _empty(self) -> EmptyState:
        empty = EmptyState(
            "script",
            _("No takes yet"),
            _("A take is one thing to say over the clip: a script or a recording."),
        )
        empty.offer(_("Add a take"), self.add_wanted.emit, sign="add")
        return empty

    def show_view(self, view: ShotView) -> None:
        """Show the takes of the shot, the current one chosen."""
        self._view = view
        self._show()

    def show_tasks(self, records: Iterable[TaskRecord]) -> None:
        """Show where the newest task of each take stands."""
        self._newest = newest_tasks(records)
        self._show()

    def _show(self) -> None:
        if self._view is None:
            return
        self._model.put(take_rows(self._view.shot, self._newest))
        count = len(self._model.rows)
        self._heading.remark(str(count) if count else "")
        self._pages.setCurrentIndex(0 if count else 1)
        self._duplicate.setEnabled(bool(count))
        self._remove.setEnabled(bool(count))
        self._choose(self._view.take_id)

    def _choose(self, take_id: str) -> None:
        index = self._model.index(self._model.place(take_id))
        if index != self._list.currentIndex():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self._list.selectionModel().setCurrentIndex(index, flags)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Say which files were dropped, and on which take."""
        files = local_files(event.mimeData())
        index = self._list.indexAt(self._list.viewport().mapFrom(self, event.position().toPoint()))
        on_list = self._list.isVisible() and index.isValid()
        event.acceptProposedAction()
        self.files_dropped.emit(files, index.data(ROW_ROLE).take_id if on_list else "")

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and self._view is not None:
            take_id = current.data(ROW_ROLE).take_id
            if take_id != self._view.take_id:
                self.take_chosen.emit(take_id)
