"""The panel of tasks: the table with its filters and its search, what can be done with tasks, and conversions."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStackedWidget, QWidget

from redub.core.progress import Progress
from redub.core.tasks import TaskRecord
from redub.i18n import _
from redub.ui.controls.buttons import tool_button
from redub.ui.controls.empty import EmptyState
from redub.ui.controls.heading import Heading
from redub.ui.controls.layouts import column
from redub.ui.icons import icon
from redub.ui.tasks.columns import PLACE
from redub.ui.tasks.conversions import ConversionLine
from redub.ui.tasks.details import details
from redub.ui.tasks.filters import FilterBar
from redub.ui.tasks.model import TasksModel
from redub.ui.tasks.table import TasksTable

AGES_EVERY_MS = 20_000


class TasksPanel(QWidget):
    """All tasks, the youngest first.

    Signals: `play_wanted`, `folder_wanted` and `details_wanted` with a TaskRecord; `menu_wanted` with the chosen
    records and a point of the screen; `forget_wanted` with the chosen records; `move_wanted` as in `TasksModel`;
    `folded` with True when only the head is shown.
    """

    play_wanted = Signal(object)
    folder_wanted = Signal(object)
    details_wanted = Signal(object)
    menu_wanted = Signal(object, QPoint)
    forget_wanted = Signal(object)
    move_wanted = Signal(str, str)
    folded = Signal(bool)

    def __init__(
        self,
        titles: Mapping[str, str],
        *,
        clock: Callable[[], float] = time.time,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("tasks")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._is_folded = False
        self._model = TasksModel(dict(titles), clock=clock, parent=self)
        whole = column(self, gap=0)
        whole.addWidget(self._head())
        whole.addWidget(self._body(), 1)
        self._ages = QTimer(self)
        self._ages.setInterval(AGES_EVERY_MS)
        self._ages.timeout.connect(self._model.grow_older)
        self._on_chosen()

    def _head(self) -> Heading:
        self._heading = Heading(_("Tasks"))
        self._filters = FilterBar()
        self._filters.picked.connect(self._on_filter)
        self._heading.add_left(self._filters)
        self.conversions = ConversionLine()
        self._heading.add(self.conversions)
        self._search = QLineEdit()
        self._search.setPlaceholderText(_("Search"))
        self._search.setAccessibleName(_("Filter the tasks"))
        self._search.setClearButtonEnabled(True)
        self._search.setFixedWidth(150)
        self._search.addAction(icon("search", "quiet"), QLineEdit.ActionPosition.LeadingPosition)
        self._search.textChanged.connect(self._on_search)
        self._heading.add(self._search)
        self._play = tool_button("play", _("Play the result"), self._on_play)
        self._folder = tool_button("folder", _("Show the result in its folder"), self._on_folder)
        self._details = tool_button("info", _("Everything about this task"), self._on_details)
        self._copy = tool_button("copy", _("Copy the details of this task"), self._on_copy)
        self._more = tool_button("more", _("What can be done with the chosen tasks"), self._on_more)
        self._fold = tool_button("chevron-down", _("Fold the tasks away"), self._on_fold)
        for button in (self._play, self._folder, self._details, self._copy, self._more, self._fold):
            self._heading.add(button)
        return self._heading

    def _body(self) -> QStackedWidget:
        self._table = TasksTable(self._model)
        self._table.play_wanted.connect(self.play_wanted)
        self._table.record_chosen.connect(self._on_chosen)
        self._table.menu_wanted.connect(lambda point: self.menu_wanted.emit(self.chosen, point))
        self._table.forget_wanted.connect(lambda: self.forget_wanted.emit(self.chosen))
        self._model.move_wanted.connect(self.move_wanted)
        self._pages = QStackedWidget()
        self._pages.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._pages.addWidget(
            EmptyState(
                "task",
                _("Nothing was made yet"),
                _("Press Rehearse: the finished video appears here, to be played with a double click."),
                flat=True,
            )
        )
        self._pages.addWidget(self._table)
        self._nothing = EmptyState(
            "search", _("No task is like that"), _("Choose another filter, or search for less."), flat=True
        )
        self._nothing.offer(_("Show all tasks"), self.show_all, role="link")
        self._pages.addWidget(self._nothing)
        return self._pages

    # What is shown.

    def show_tasks(self, records: Iterable[TaskRecord]) -> None:
        """Show `records` and nothing else."""
        self._model.put(records)
        self._after_change()

    def change_tasks(self, records: Iterable[TaskRecord], gone: Iterable[str] = ()) -> None:
        """Take tasks that are new or have changed, and the ids of those that are gone."""
        self._model.change(records, gone)
        self._after_change()

    def show_progress(self, progress: Mapping[str, Progress]) -> None:
        """Show how far the present stage of each running task is, by the record's id."""
        self._model.show_progress(progress)

    def show_reviews(self, reviews: Mapping[str, str]) -> None:
        """Show what the reviews of results say in short, by the task's id."""
        self._model.show_reviews(reviews)

    def choose(self, record_id: str) -> None:
        """Choose one task, when it is shown."""
        self._table.choose(record_id)

    def show_all(self) -> None:
        """Take filter and search away."""
        self._search.clear()
        self._filters.choose("all")

    def show_filter(self, name: str) -> None:
        """Show the tasks of one filter."""
        self._filters.choose(name)

    @property
    def chosen(self) -> tuple[TaskRecord, ...]:
        """Return the tasks that are chosen."""
        return self._table.all_chosen

    @property
    def table(self) -> TasksTable:
        """Return the table."""
        return self._table

    @property
    def is_folded(self) -> bool:
        """Say whether only the head is shown."""
        return self._is_folded

    def fold(self, folded: bool) -> None:
        """Show only the head, or everything."""
        self._is_folded = folded
        self._pages.setVisible(not folded)
        self._fold.setIcon(icon("chevron-up" if folded else "chevron-down"))
        name = _("Unfold the tasks") if folded else _("Fold the tasks away")
        self._fold.setToolTip(name)
        self._fold.setAccessibleName(name)
        self.setMaximumHeight(self._heading.height() if folded else 16_777_215)
        self.folded.emit(folded)

    # How.

    def _after_change(self) -> None:
        self._filters.show_counts(self._model.counts() if self._model.size else {})
        if self._model.size and not self._ages.isActive():
            self._ages.start()
        self._show_page()
        self._on_chosen()

    def _show_page(self) -> None:
        if self._model.rowCount():
            self._pages.setCurrentIndex(1)
        else:
            self._pages.setCurrentIndex(2 if self._model.size else 0)

    def _on_search(self, text: str) -> None:
        self._model.look_for(text)
        self._show_page()

    def _on_filter(self, name: str) -> None:
        self._model.show_group(name)
        if name == "waiting":  # in the order in which they are sent: then they can be dragged
            self._table.sortByColumn(PLACE, Qt.SortOrder.AscendingOrder)
        self._filters.show_counts(self._model.counts())
        self._show_page()

    def _on_chosen(self) -> None:
        chosen = self._table.chosen
        for button in (self._copy, self._details, self._more):
            button.setEnabled(chosen is not None)
        has_result = chosen is not None and bool(chosen.result)
        self._play.setEnabled(has_result)
        self._folder.setEnabled(has_result)

    def _on_play(self) -> None:
        self.play_wanted.emit(self._table.chosen)

    def _on_folder(self) -> None:
        self.folder_wanted.emit(self._table.chosen)

    def _on_details(self) -> None:
        self.details_wanted.emit(self._table.chosen)

    def _on_more(self) -> None:
        below = self._more.mapToGlobal(QPoint(0, self._more.height()))
        self.menu_wanted.emit(self.chosen, below)

    def _on_copy(self) -> None:
        if self._table.chosen is not None:
            QGuiApplication.clipboard().setText(details(self._table.chosen))

    def _on_fold(self) -> None:
        self.fold(not self._is_folded)
