"""The steps of a check as they come in: a sign, a name, a sentence, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from redub.core.diagnosis import Step
from redub.i18n import _
from redub.ui.controls.layouts import clear, column, row
from redub.ui.controls.words import Sign, label
from redub.ui.theme import scale

_SIGNS = {True: ("ok", "ok"), False: ("error", "error"), None: ("warning", "warning")}


class StepList(QWidget):
    """The steps of one check; empty and hidden until the first comes in."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._lines = column(self, gap=scale().space.small)
        self._said: list[str] = []
        self.hide()

    @property
    def said(self) -> tuple[str, ...]:
        """Return what the steps say, one text a step."""
        return tuple(self._said)

    def begin(self, sentence: str) -> None:
        """Take the steps of the last check away, and say that a new one has begun."""
        clear(self._lines)
        self._said = []
        self._lines.addWidget(label(sentence, "caption"))
        self.show()

    def add(self, step: Step) -> None:
        """Show one more step."""
        self._drop_beginning()
        self._said.append(" ".join(part for part in (step.name, step.said, step.next_step) if part))
        inner = QWidget()
        line = row(inner, gap=scale().space.small)
        line.addWidget(Sign(*_SIGNS[step.ok]), 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=scale().space.hair)
        state = {True: _("good"), False: _("wrong"), None: _("a warning")}[step.ok]
        said = label(f"{step.name}: {step.said}", wrap=True)
        said.setAccessibleName(f"{step.name}, {state}: {step.said}")
        said.setToolTip(step.detail)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(said)
        if step.next_step:
            words.addWidget(label(step.next_step, "caption", wrap=True))
        line.addLayout(words, 1)
        self._lines.addWidget(inner)

    def _drop_beginning(self) -> None:
        if not self._said:
            clear(self._lines)
