"""A finding beside the option that it is about: a sentence, and the button that mends it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from redub.core.findings import Finding
from redub.ui.controls.buttons import push_button
from redub.ui.controls.layouts import column, row
from redub.ui.controls.words import Sign, label
from redub.ui.findings.remedies import remedy_word
from redub.ui.theme import scale

_SIGN = 14


class InlineFinding(QWidget):
    """Sign, sentence, button.

    Signals: `remedy_wanted` with the Finding.
    """

    remedy_wanted = Signal(object)

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = finding
        self.setAccessibleName(finding.message)
        line = row(self, gap=scale().space.small)
        line.addWidget(Sign(finding.level.value, finding.level.value, _SIGN), 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=scale().space.hair)
        words.addWidget(label(finding.message, "caption", wrap=True))
        word = remedy_word(finding.remedy)
        if word:
            button = push_button(word, lambda: self.remedy_wanted.emit(self.finding), role="small")
            button.setToolTip(finding.fix)
            words.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        line.addLayout(words, 1)
