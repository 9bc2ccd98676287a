"""The main window: puts header and panels together, takes drops, and asks to be closed instead of closing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from redub.i18n import _
from redub.services.editing import ShotView
from redub.ui.commands import CommandActions
from redub.ui.controls.filedrops import local_files
from redub.ui.notices import Notices, NoticeStack
from redub.ui.window.arrangement import Arrangement
from redub.ui.window.header import Header
from redub.ui.window.keys import belongs_to

SMALLEST = (1024, 620)


class MainWindow(QMainWindow):
    """The window of one shot.

    Signals: `close_requested` when the person wants to close it (it stays open until `may_close` is set);
    `dropped` with the tuple of paths that were dropped anywhere on it.
    """

    close_requested = Signal()
    dropped = Signal(object)

    def __init__(self, header: Header, arrangement: Arrangement, notices: Notices) -> None:
        super().__init__()
        self.may_close = False
        self._name, self._running = "", 0
        self.header = header
        self.arrangement = arrangement
        self.setMenuWidget(header)
        self.setCentralWidget(arrangement)
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self.setWindowTitle("Redub")
        self.notices = NoticeStack(notices, self)

    def bind(self, actions: CommandActions) -> None:
        """Let the shortcuts of `actions` count in this window."""
        self.header.bind(actions)
        self.addActions(actions.actions)

    def show_view(self, view: ShotView, name: str) -> None:
        """Show the shot's name in the head and in the title."""
        self.header.show_view(view, name)
        self._name = name
        self._show_title()
        self.setWindowModified(view.unsaved)

    def come_forward(self) -> None:
        """Come in front of other windows, also out of the bar of the system."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def show_running(self, count: int) -> None:
        """Show in the title how many tasks run."""
        if count != self._running:
            self._running = count
            self._show_title()

    def _show_title(self) -> None:
        title = (
            _("{name}[*] - Redub").format(name=self._name) if self._name else "Redub"
        )  # Qt's sign is at [*]
        self.setWindowTitle(f"({self._running}) {title}" if self._running else title)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask the application to close us once our work has ended."""
        if self.may_close:
            event.accept()
        else:
            event.ignore()
            self.close_requested.emit()

    def event(self, event: QEvent) -> bool:
        """Leave a key to the control with the focus where it means something there."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and belongs_to(QApplication.focusWidget(), event)
        ):
            event.accept()
            return True
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Say which files were dropped."""
        files = local_files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files)
