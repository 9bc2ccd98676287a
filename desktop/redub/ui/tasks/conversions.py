"""The line beside the tasks that says which conversion runs on this machine, how far it is, and leads to the queue."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from redub.core.jobs import OPEN, Jobs, JobState, seconds_left
from redub.i18n import _, ngettext
from redub.ui.controls.buttons import tool_button
from redub.ui.controls.layouts import row
from redub.ui.controls.words import Sign, label
from redub.ui.tasks.rows import left


class ConversionLine(QWidget):
    """Hidden while nothing is converted.

    Signals: `queue_wanted` when the whole queue is to be shown; `cancel_wanted` with the id of the job that is shown.
    """

    cancel_wanted = Signal(str)
    queue_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = ""
        line = row(self)
        line.addWidget(Sign("convert", "accent"))
        self._words = label("", "caption")
        line.addWidget(self._words)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(120)
        self._bar.setRange(0, 1000)
        self._bar.setAccessibleName(_("Conversion"))
        line.addWidget(self._bar)
        line.addWidget(tool_button("task", _("Show all conversions"), self.queue_wanted.emit))
        line.addWidget(tool_button("close", _("Stop this conversion"), self._on_cancel))
        self.hide()

    @property
    def said(self) -> str:
        """Return what the line says."""
        return self._words.text()

    @property
    def is_busy(self) -> bool:
        """Say whether anything is being converted."""
        return not self.isHidden()

    def show_jobs(self, jobs: Jobs) -> None:
        """Show the running one of `jobs`, else the first that waits, and how many there are besides."""
        unfinished = [job for job in jobs if job.state in OPEN]
        self.setVisible(bool(unfinished))
        if not unfinished:
            return
        first = next((job for job in unfinished if job.state is JobState.RUNNING), unfinished[0])
        self._first = first.id
        ratio = first.progress.ratio
        parts = [_("Converting {name}").format(name=first.name)]
        if ratio is not None:
            parts.append(f"{ratio:.0%}")
        if first.progress.seconds_left is not None:
            parts.append(left(seconds_left(unfinished)))
        others = len(unfinished) - 1
        if others:
            parts.append(ngettext("{n} more waits", "{n} more wait", others).format(n=others))
        self._words.setText(" · ".join(parts))
        self._bar.setRange(0, 0 if ratio is None else 1000)
        if ratio is not None:
            self._bar.setValue(round(1000 * ratio))

    def _on_cancel(self) -> None:
        self.cancel_wanted.emit(self._first)
