"""The line over the preview at the first start: what this is, and the next two steps."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from redub.i18n import _
from redub.ui.controls.buttons import push_button, tool_button
from redub.ui.controls.layouts import row
from redub.ui.controls.words import Sign, label
from redub.ui.theme import scale


class StartHint(QFrame):
    """Say that this is the sample, and what can be done with it.

    Signals: `open_wanted`, `closed` when the person does not need it any more.
    """

    open_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self.setProperty("level", "hint")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("First steps"))
        space = scale().space
        line = row(self, gap=space.small)
        line.setContentsMargins(space.medium, space.small, space.small, space.small)
        line.addWidget(Sign("first-steps", "accent", 18))
        words = _(
            "This is the sample. Press Rehearse to see what comes out, or drop a clip of your own here."
        )
        line.addWidget(label(words, wrap=True), 1)
        line.addWidget(push_button(_("Open your clip…"), self.open_wanted.emit, role="link"))
        line.addWidget(tool_button("close", _("Close this line"), self.closed.emit))
