"""The queue with everything that can be done in it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QListView, QProgressBar, QStackedWidget, QWidget

from redub.core.jobs import OPEN, ConversionJob, Jobs, JobState
from redub.i18n import _
from redub.ui.controls.buttons import push_button, tool_button
from redub.ui.controls.empty import EmptyState
from redub.ui.controls.heading import Heading
from redub.ui.controls.layouts import column, row
from redub.ui.controls.words import label
from redub.ui.conversions.model import JOB_ROLE, JobLines, QueueModel
from redub.ui.conversions.rows import quiet_line, summary
from redub.ui.theme import scale


class QueuePanel(QWidget):
    """The list, what the chosen job says in full, and buttons.

    Signals: `add_wanted`; `dropped` with a list of paths; `pause_wanted` with True to pause; `clear_wanted`;
    `settings_wanted`; `move_wanted` with a job's id and place; `stop_wanted`, `retry_wanted`, `folder_wanted`,
    `command_wanted` with a job's id.
    """

    add_wanted = Signal()
    dropped = Signal(list)
    pause_wanted = Signal(bool)
    clear_wanted = Signal()
    settings_wanted = Signal()
    move_wanted = Signal(str, int)
    stop_wanted = Signal(str)
    retry_wanted = Signal(str)
    folder_wanted = Signal(str)
    command_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._paused = False
        whole = column(self, gap=0)
        whole.addWidget(self._head())
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty())
        self._pages.addWidget(self._listed())
        whole.addWidget(self._pages, 1)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
        self._bar.setFixedHeight(4)
        self._bar.setAccessibleName(_("The conversion that runs"))
        whole.addWidget(self._bar)
        whole.addWidget(self._foot())
        self._judge()

    def _head(self) -> Heading:
        self._heading = Heading(_("Conversions"))
        self._heading.add(push_button(_("Add clips…"), self.add_wanted.emit, role="small", sign="add"))
        self._pause = tool_button("pause", _("Pause"), self._on_pause)
        self._heading.add(self._pause)
        self._clear = tool_button("remove", _("Take what has ended off the list"), self.clear_wanted.emit)
        self._heading.add(self._clear)
        self._heading.add(tool_button("settings", _("How clips are converted…"), self.settings_wanted.emit))
        return self._heading

    def _empty(self) -> EmptyState:
        empty = EmptyState(
            "convert",
            _("Nothing is converted"),
            _(
                "Drop clips here. Each is converted only as far as it needs, and your own files stay as they are."
            ),
        )
        empty.offer(_("Add clips…"), self.add_wanted.emit, sign="add")
        return empty

    def _listed(self) -> QListView:
        self._model = QueueModel(self)
        self._model.move_wanted.connect(self.move_wanted)
        self._list = QListView()
        self._list.setAccessibleName(_("Conversions"))
        self._list.setModel(self._model)
        self._list.setItemDelegate(JobLines(self._list))
        self._list.setDragDropMode(QListView.DragDropMode.InternalMove)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setMouseTracking(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.selectionModel().currentChanged.connect(self._on_current)
        return self._list

    def _foot(self) -> QWidget:
        foot = QWidget()
        whole = column(foot, margin=scale().space.medium, gap=scale().space.small)
        self._words = label("", "caption", wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        whole.addWidget(self._words)
        line = row()
        self._up = tool_button("chevron-up", _("Earlier"), lambda: self._shift(-1))
        self._down = tool_button("chevron-down", _("Later"), lambda: self._shift(1))
        self._stop = push_button(_("Stop"), lambda: self._tell(self.stop_wanted), role="small", sign="stop")
        self._retry = push_button(
            _("Try again"), lambda: self._tell(self.retry_wanted), role="small", sign="retry"
        )
        self._folder = push_button(
            _("Show in its folder"), lambda: self._tell(self.folder_wanted), role="small", sign="folder"
        )
        self._command = push_button(
            _("Copy the ffmpeg command"), lambda: self._tell(self.command_wanted), role="small", sign="copy"
        )
        for button in (self._up, self._down, self._stop, self._retry, self._folder, self._command):
            line.addWidget(button)
        line.addStretch(1)
        whole.addLayout(line)
        return foot

    @property
    def chosen(self) -> ConversionJob | None:
        """Return the chosen job, or None."""
        index = self._list.currentIndex()
        return index.data(JOB_ROLE) if index.isValid() else None

    def choose(self, job_id: str) -> None:
        """Choose one job."""
        self._list.setCurrentIndex(self._model.index(self._model.place(job_id)))

    def show_jobs(self, jobs: Jobs, paused: bool) -> None:
        """Show the queue; the same job stays chosen."""
        chosen = self.chosen
        self._paused = paused
        self._model.put(jobs)
        if chosen is not None and self.chosen is None and self._model.place(chosen.id) >= 0:
            self.choose(chosen.id)
        self._heading.remark(summary(jobs, paused))
        self._pages.setCurrentIndex(1 if jobs else 0)
        running = next((job for job in jobs if job.state is JobState.RUNNING), None)
        if self.chosen is None and jobs:
            self.choose((running or jobs[0]).id)
        ratio = running.progress.ratio if running is not None else None
        self._bar.setVisible(running is not None)
        self._bar.setValue(round(1000 * (ratio or 0)))
        self._judge()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put dropped clips into the queue."""
        self.dropped.emit([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def _judge(self) -> None:
        """Say what is possible with the chosen job, and what it says."""
        job, jobs = self.chosen, self._model.jobs
        self._words.setText("" if job is None else job.said or quiet_line(job))
        self._words.setVisible(job is not None)
        waits = job is not None and job.state is JobState.WAITING
        self._up.setEnabled(waits)
        self._down.setEnabled(waits)
        self._stop.setEnabled(job is not None and job.state in OPEN)
        self._retry.setEnabled(job is not None and job.state in {JobState.FAILED, JobState.STOPPED})
        self._folder.setEnabled(job is not None and job.state is JobState.DONE and bool(job.result))
        self._command.setEnabled(job is not None)
        self._clear.setEnabled(any(one.state not in OPEN for one in jobs))
        name = _("Go on") if self._paused else _("Pause: the clip that runs is finished, no other begins")
        self._pause.setToolTip(name)
        self._pause.setAccessibleName(name)
        self._pause.setCheckable(True)
        self._pause.setChecked(self._paused)

    def _on_current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._judge()

    def _on_pause(self) -> None:
        self.pause_wanted.emit(not self._paused)

    def _shift(self, by: int) -> None:
        if self.chosen is not None:
            self.move_wanted.emit(self.chosen.id, self._model.place(self.chosen.id) + by)

    def _tell(self, signal: object) -> None:
        if self.chosen is not None:
            signal.emit(self.chosen.id)  # type: ignore[attr-defined]  # a bound signal, which PySide does not name
