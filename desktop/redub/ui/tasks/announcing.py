"""Say outside of the window that tasks have ended: by the system, with a sound, on the icon, and in the title."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon, QWidget

from redub.i18n import _, ngettext
from redub.ui.icons import icon

TOGETHER_MS = 1500
"""What ends within this time is told in one message."""


class Announcer(QObject):
    """Collects what has ended, and tells it once while another window is in front.

    Signals: `shown_wanted` when the person wants to see the window, `quit_wanted` from the icon's menu.
    """

    shown_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, window: QWidget, *, wants: Callable[[], tuple[bool, bool]]) -> None:
        """Speak for `window`; `wants` says whether the system is to tell, and whether with a sound."""
        super().__init__(window)
        self._window = window
        self._wants = wants
        self._ended: list[tuple[str, bool]] = []
        self._tray: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(TOGETHER_MS)
        self._soon.timeout.connect(self.tell)
        self.running = 0

    def begin(self) -> None:
        """Put an icon into the system's tray, where there is one."""
        if self._tray is not None or not QSystemTrayIcon.isSystemTrayAvailable():
            return
        self._tray = QSystemTrayIcon(icon("still", "accent"), self)
        self._menu = QMenu(self._window)
        self._menu.addAction(_("Show Redub"), self.shown_wanted.emit)
        self._menu.addAction(_("Quit"), self.quit_wanted.emit)
        self._tray.setContextMenu(self._menu)
        self._tray.activated.connect(self._on_activated)
        self._tray.messageClicked.connect(self.shown_wanted)
        self._tray.show()
        self.show_running(self.running)

    def end(self) -> None:
        """Take the icon away."""
        self._soon.stop()
        if self._tray is not None:
            self._tray.hide()

    def ended(self, name: str, good: bool) -> None:
        """Take a task that has ended, well or not."""
        self._ended.append((name, good))
        if not self._soon.isActive():
            self._soon.start()

    def show_running(self, count: int) -> None:
        """Show on the icon, and where the pointer rests on it, how many tasks run."""
        self.running = count
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setBadgeNumber(count)
        if self._tray is not None:
            self._tray.setToolTip(running_words(count))

    def tell(self) -> tuple[str, str] | None:
        """Tell now what has ended: return title and words of the message, None when nothing is to be told."""
        ended, self._ended = self._ended, []
        by_system, sound = self._wants()
        if not ended:
            return None
        if sound:
            QApplication.beep()
        if not by_system or self._window.isActiveWindow():
            return None
        message = ended_words(ended)
        if self._tray is not None:
            self._tray.showMessage(*message, icon("ok" if all(good for _name, good in ended) else "error"))
        QApplication.alert(self._window)
        return message

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.shown_wanted.emit()


def running_words(count: int) -> str:
    """Say how many tasks run."""
    if not count:
        return "Redub"
    return ngettext("Redub: {n} task runs", "Redub: {n} tasks run", count).format(n=count)


def ended_words(ended: list[tuple[str, bool]]) -> tuple[str, str]:
    """Return title and words of the message about tasks that have ended: name, and whether well."""
    good, bad = [name for name, ok in ended if ok], [name for name, ok in ended if not ok]
    if len(ended) == 1:
        said = _("“{name}” is ready.") if good else _("“{name}” was not made.")
        return _("Redub"), said.format(name=ended[0][0])
    parts = []
    if good:
        said = ngettext("{n} video is ready", "{n} videos are ready", len(good))
        parts.append(said.format(n=len(good)))
    if bad:
        said = ngettext("{n} was not made", "{n} were not made", len(bad))
        parts.append(said.format(n=len(bad)))
    names = ", ".join([*good, *bad][:5])
    return _("Redub: {what}").format(what=", ".join(parts)), names
