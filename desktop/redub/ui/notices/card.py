"""One notice as the person sees it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from redub.i18n import _
from redub.ui.controls.buttons import push_button, tool_button
from redub.ui.controls.layouts import column, row
from redub.ui.controls.words import Sign, label
from redub.ui.notices.notice import Notice, NoticeAction, NoticeLevel
from redub.ui.theme import scale


def level_word(level: NoticeLevel) -> str:
    """Say a level in a word, so that no meaning lies in a colour alone."""
    return {
        NoticeLevel.OK: _("Done"),
        NoticeLevel.INFO: _("Note"),
        NoticeLevel.WARNING: _("Careful"),
        NoticeLevel.ERROR: _("Problem"),
    }[level]


class NoticeCard(QFrame):
    """A card with the notice's words, its actions, *Copy details* and a button to close it.

    Signals: `closed`.
    """

    closed = Signal()

    def __init__(self, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notice = notice
        self.setProperty("role", "notice")
        self.setProperty("level", notice.level.value)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(f"{level_word(notice.level)}: {notice.text}")
        self.setAccessibleDescription(notice.more)
        space = scale().space
        line = row(self, margin=space.medium, gap=space.medium)
        line.addWidget(Sign(notice.level.value, notice.level.value, 20), 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=space.hair)
        words.addWidget(label(notice.text, "strong", wrap=True))
        if notice.more:
            words.addWidget(label(notice.more, wrap=True))
        words.addLayout(self._ways_on())
        line.addLayout(words, 1)
        close = tool_button("close", _("Close this notice"), self.closed.emit)
        line.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)

    def _ways_on(self) -> QHBoxLayout:
        ways = row()
        for action in self._notice.actions:
            ways.addWidget(push_button(action.text, partial(self._act, action), role="small"))
        if self._notice.detail:
            ways.addWidget(push_button(_("Copy details"), self._copy, role="link", sign="copy"))
        ways.addStretch(1)
        return ways

    def _act(self, action: NoticeAction) -> None:
        self.closed.emit()
        action.do()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._notice.for_copying)
