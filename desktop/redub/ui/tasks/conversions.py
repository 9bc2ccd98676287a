"""The line that says which conversion runs on this machine, how far it is, and stops it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from redub.core.progress import Progress
from redub.i18n import _, ngettext
from redub.ui.controls.buttons import tool_button
from redub.ui.controls.layouts import row
from redub.ui.controls.words import Sign, label
from redub.ui.tasks.rows import left


class ConversionLine(QWidget):
    """Hidden while nothing is converted.

    Signals: `cancel_wanted` with the job's name.
    """

    cancel_wanted = Signal(str)

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
        line.addWidget(tool_button("close", _("Stop this conversion"), self._on_cancel))
        self.hide()

    @property
    def said(self) -> str:
        """Return what the line says."""
        return self._words.text()

    def show_jobs(self, jobs: Mapping[str, Progress]) -> None:
        """Show the first of `jobs` (its name and progress) and how many wait behind it."""
        self.setVisible(bool(jobs))
        if not jobs:
            return
        self._first, progress = next(iter(jobs.items()))
        self._words.setText(_said(self._first, progress, len(jobs) - 1))
        self._bar.setRange(0, 0 if progress.ratio is None else 1000)
        if progress.ratio is not None:
            self._bar.setValue(round(1000 * progress.ratio))

    def _on_cancel(self) -> None:
        self.cancel_wanted.emit(self._first)


def _said(name: str, progress: Progress, waiting: int) -> str:
    parts = [_("Converting {name}").format(name=name)]
    if progress.ratio is not None:
        parts.append(f"{progress.ratio:.0%}")
    if progress.seconds_left is not None:
        parts.append(left(progress.seconds_left))
    if waiting:
        parts.append(ngettext("{n} more waits", "{n} more wait", waiting).format(n=waiting))
    return " · ".join(parts)
