"""The outlet that notices are posted to, from any thread: at most three stand at a time."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QObject, QTimer, Signal

from redub.ui.notices.notice import Notice, from_error

MOST = 3
FADES_AFTER_MS = 6000
"""How long a passing notice stands; one that offers a way on stands three times as long."""


class Notices(QObject):
    """Keep the notices that are shown.

    Signals: `changed` with the tuple of (number, Notice), oldest first.
    """

    changed = Signal(object)
    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: dict[int, Notice] = {}
        self._numbers = itertools.count(1)
        self._posted.connect(self._take)

    @property
    def shown(self) -> tuple[tuple[int, Notice], ...]:
        """Return what stands now, oldest first."""
        return tuple(self._shown.items())

    def post(self, notice: Notice) -> None:
        """Show `notice`; may be called from any thread."""
        self._posted.emit(notice)

    def post_error(self, error: BaseException, *, replace: str = "") -> None:
        """Show what went wrong, in plain words."""
        self.post(from_error(error, replace=replace))

    def dismiss(self, number: int) -> None:
        """Take one notice away; nothing when it is gone already."""
        if self._shown.pop(number, None) is not None:
            self.changed.emit(self.shown)

    def withdraw(self, key: str) -> None:
        """Take the notice with the key `key` away: what it said is no longer so."""
        for number, notice in self.shown:
            if notice.replace == key:
                self.dismiss(number)

    def _take(self, notice: Notice) -> None:
        if notice in self._shown.values():
            return
        number = self._number_for(notice)
        self._shown[number] = notice
        while len(self._shown) > MOST:
            self._shown.pop(self._least(number))
        if not notice.stays:
            long = FADES_AFTER_MS * (3 if notice.actions else 1)
            QTimer.singleShot(long, self, lambda: self._fade(number, notice))
        self.changed.emit(self.shown)

    def _number_for(self, notice: Notice) -> int:
        for number, old in self._shown.items():
            if notice.replace and old.replace == notice.replace:
                return number
        return next(self._numbers)

    def _least(self, newest: int) -> int:
        """Return the oldest that would go by itself, else the oldest; never the newest, which nobody has seen yet."""
        older = {number: notice for number, notice in self._shown.items() if number != newest}
        passing = [number for number, notice in older.items() if not notice.stays]
        return (passing or list(older))[0]

    def _fade(self, number: int, notice: Notice) -> None:
        if self._shown.get(number) is notice:
            self.dismiss(number)
