"""Help: what runs, the log, the keys."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog

from redub.i18n import _
from redub.log import FILE_NAME
from redub.ui.ask import ask
from redub.ui.help import AboutDialog
from redub.ui.verbs.tools import Tools


class HelpActions:
    """Show what explains the program."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def about(self) -> None:
        """Say what runs here."""
        self._show(AboutDialog(self._tools.window), "about")

    def log(self) -> None:
        """Show the log file in whatever opens texts; say where it lies when nothing does."""
        path = self._tools.places.logs / FILE_NAME
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._tools.say(_("The log lies here:"), str(path))

    def _show(self, dialog: QDialog, name: str) -> None:
        self._tools.start(ask(dialog), name)
