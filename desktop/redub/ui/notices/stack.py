"""Where notices stand: over the window's lower edge, so that nothing in it moves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from redub.ui.controls.layouts import clear, column
from redub.ui.notices.card import NoticeCard
from redub.ui.notices.notice import Notice, NoticeLevel
from redub.ui.notices.outlet import Notices
from redub.ui.theme import scale

WIDTH = 560


class NoticeStack(QWidget):
    """Show the notices of `notices` over `window`; each new one is read out."""

    def __init__(self, notices: Notices, window: QWidget) -> None:
        super().__init__(window)
        self._notices = notices
        self._numbers: set[int] = set()
        self._column = column(self)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.hide()
        window.installEventFilter(self)
        notices.changed.connect(self._show)
        self._show(notices.shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the lower edge when the window's size changes."""
        if event.type() is QEvent.Type.Resize:
            self._settle()
        return super().eventFilter(watched, event)

    def _show(self, shown: tuple[tuple[int, Notice], ...]) -> None:
        clear(self._column)
        for number, notice in shown:
            self._add(number, notice)
        fresh = [notice for number, notice in shown if number not in self._numbers]
        self._numbers = {number for number, _notice in shown}
        self.setVisible(bool(shown))
        self._settle()
        for notice in fresh:
            self._announce(notice)

    def _add(self, number: int, notice: Notice) -> None:
        card = NoticeCard(notice, self)
        card.closed.connect(lambda: self._notices.dismiss(number))
        self._column.addWidget(card)
        card.show()

    def _settle(self) -> None:
        window = self.parentWidget()
        if window is None or self._column.isEmpty():
            return
        edge = scale().space.large
        width = min(WIDTH, window.width() - 2 * edge)
        self._column.activate()
        height = self._column.totalHeightForWidth(width)
        self.setGeometry((window.width() - width) // 2, window.height() - height - edge, width, height)
        self.raise_()

    def _announce(self, notice: Notice) -> None:
        if QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(self, f"{notice.text} {notice.more}")
            urgent = notice.level in {NoticeLevel.ERROR, NoticeLevel.WARNING}
            politeness = QAccessible.AnnouncementPoliteness
            event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
            QAccessible.updateAccessibility(event)
