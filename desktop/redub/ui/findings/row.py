"""One finding as the person sees it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

from redub.core.findings import Finding, Level
from redub.i18n import _
from redub.ui.controls.buttons import push_button
from redub.ui.controls.layouts import column, row
from redub.ui.controls.words import Sign, label
from redub.ui.findings.remedies import remedy_word
from redub.ui.theme import scale


def level_word(level: Level) -> str:
    """Say a level in a word."""
    return {Level.ERROR: _("Must change"), Level.WARNING: _("Careful"), Level.INFO: _("Note")}[level]


class FindingRow(QFrame):
    """A sign, the sentence, the way out, and a button where one click does it.

    Signals: `remedy_wanted` and `chosen` with the Finding.
    """

    remedy_wanted = Signal(object)
    chosen = Signal(object)

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = finding
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setObjectName("finding")
        self.setAccessibleName(f"{level_word(finding.level)}: {finding.message}")
        self.setAccessibleDescription(finding.fix)
        self.setToolTip(finding.field)
        space = scale().space
        line = row(self, gap=space.small)
        line.setContentsMargins(space.medium, space.small, space.medium, space.small)
        line.addWidget(Sign(finding.level.value, finding.level.value), 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=space.hair)
        words.addWidget(label(finding.message, wrap=True))
        if finding.fix and not remedy_word(finding.remedy):
            words.addWidget(label(finding.fix, "caption", wrap=True))
        self._button = None
        if remedy_word(finding.remedy):
            self._button = push_button(remedy_word(finding.remedy), self._on_remedy, role="small")
            self._button.setToolTip(finding.fix)
            words.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        line.addLayout(words, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to what the finding is about."""
        del event
        self.chosen.emit(self.finding)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to what the finding is about on Return."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.chosen.emit(self.finding)
            return
        super().keyPressEvent(event)

    def _on_remedy(self) -> None:
        self.remedy_wanted.emit(self.finding)
