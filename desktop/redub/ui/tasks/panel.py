"""The panel of tasks: the table with its filter, what can be done with a task, and the line of conversions."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
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
from redub.ui.tasks.conversions import ConversionLine
from redub.ui.tasks.details import details
from redub.ui.tasks.model import TasksFilter, TasksModel
from redub.ui.tasks.rows import summary, task_row
from redub.ui.tasks.table import TasksTable

AGES_EVERY_MS = 20_000


class TasksPanel(QWidget):
    """All tasks, newest first.

    Signals: `play_wanted` and `folder_wanted` with a TaskRecord; `folded` with True when only the head is shown.
    """

    play_wanted = Signal(object)
    folder_wanted = Signal(object)
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
        self._titles = dict(titles)
        self._clock = clock
        self._records: list[TaskRecord] = []
        self._progress: dict[str, Progress] = {}
        self._is_folded = False
        self._model = TasksModel(self)
        self._filter = TasksFilter(self)
        self._filter.setSourceModel(self._model)
        whole = column(self, gap=0)
        whole.addWidget(self._head())
        whole.addWidget(self._body(), 1)
        self._ages = QTimer(self)
        self._ages.setInterval(AGES_EVERY_MS)
        self._ages.timeout.connect(self._show)
        self._on_chosen()

    def _head(self) -> Heading:
        self._heading = Heading(_("Tasks"))
        self.conversions = ConversionLine()
        self._heading.add(self.conversions)
        self._search = QLineEdit()
        self._search.setPlaceholderText(_("Filter"))
        self._search.setAccessibleName(_("Filter the tasks"))
        self._search.setClearButtonEnabled(True)
        self._search.setFixedWidth(150)
        self._search.addAction(icon("search", "quiet"), QLineEdit.ActionPosition.LeadingPosition)
        self._search.textChanged.connect(self._filter.look_for)
        self._heading.add(self._search)
        self._play = tool_button("play", _("Play the result"), self._on_play)
        self._folder = tool_button("folder", _("Show the result in its folder"), self._on_folder)
        self._copy = tool_button("copy", _("Copy the details of this task"), self._on_copy)
        self._fold = tool_button("chevron-down", _("Fold the tasks away"), self._on_fold)
        for button in (self._play, self._folder, self._copy, self._fold):
            self._heading.add(button)
        return self._heading

    def _body(self) -> QStackedWidget:
        self._table = TasksTable(self._filter)
        self._table.play_wanted.connect(self.play_wanted)
        self._table.record_chosen.connect(self._on_chosen)
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
        return self._pages

    def show_tasks(self, records: Iterable[TaskRecord]) -> None:
        """Show `records`, newest first."""
        self._records = sorted(records, key=lambda record: record.created, reverse=True)
        self._heading.remark(summary(self._records))
        self._pages.setCurrentIndex(1 if self._records else 0)
        if self._records:
            self._ages.start()
        self._show()

    def show_progress(self, progress: Mapping[str, Progress]) -> None:
        """Show how far the present stage of each running task is, by the record's id."""
        self._progress = dict(progress)
        self._show()

    def choose(self, record_id: str) -> None:
        """Choose one task, when it is shown."""
        for place, row in enumerate(self._model.rows):
            if row.record.id == record_id:
                self._table.setCurrentIndex(self._filter.mapFromSource(self._model.index(place, 0)))

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

    def _show(self) -> None:
        now = self._clock()
        self._model.put(
            tuple(
                task_row(record, now, self._titles, self._progress.get(record.id)) for record in self._records
            )
        )
        self._on_chosen()

    def _on_chosen(self) -> None:
        chosen = self._table.chosen
        self._copy.setEnabled(chosen is not None)
        has_result = chosen is not None and bool(chosen.result)
        self._play.setEnabled(has_result)
        self._folder.setEnabled(has_result)

    def _on_play(self) -> None:
        self.play_wanted.emit(self._table.chosen)

    def _on_folder(self) -> None:
        self.folder_wanted.emit(self._table.chosen)

    def _on_copy(self) -> None:
        if self._table.chosen is not None:
            QGuiApplication.clipboard().setText(details(self._table.chosen))

    def _on_fold(self) -> None:
        self.fold(not self._is_folded)
