"""The line over the preview at the first start: what this is, and the next step."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from redub.i18n import _
from redub.ui.controls.buttons import push_button, tool_button
from redub.ui.controls.layouts import clear, row
from redub.ui.controls.words import Sign, label
from redub.ui.start.steps import COUNT, Step
from redub.ui.theme import scale


class StartHint(QFrame):
    """Say what comes next.

    Signals: `command_wanted` with the id of the command that the person has chosen, `closed` when the person does not
    need the line any more.
    """

    command_wanted = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self.setProperty("level", "hint")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        space = scale().space
        line = row(self, gap=space.small)
        line.setContentsMargins(space.medium, space.small, space.small, space.small)
        line.addWidget(Sign("first-steps", "accent", 18))
        self._number = label("", "quiet")
        self._words = label("", wrap=True)
        line.addWidget(self._number)
        line.addWidget(self._words, 1)
        self._ways = row(gap=space.hair)
        line.addLayout(self._ways)
        line.addWidget(tool_button("close", _("Skip the first steps"), self.closed.emit))
        self._step: Step | None = None
        self.hide()

    def show_step(self, step: Step | None) -> None:
        """Show `step`; None hides the line."""
        if step is not None and step != self._step:
            self._fill(step)
        self._step = step
        self.setVisible(step is not None)

    def _fill(self, step: Step) -> None:
        number = _("Step {n} of {count}").format(n=step.number, count=COUNT)
        self._number.setText(number)
        self._words.setText(step.words)
        self.setAccessibleName(_("First steps"))
        self.setAccessibleDescription(f"{number}. {step.words}")
        clear(self._ways)
        for command_id, words in step.ways:
            self._ways.addWidget(
                push_button(words, partial(self.command_wanted.emit, command_id), role="link")
            )
