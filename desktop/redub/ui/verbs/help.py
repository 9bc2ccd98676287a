"""Help: what runs, the log, the keys."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from redub.i18n import _
from redub.log import FILE_NAME
from redub.ui.ask import ask
from redub.ui.help import AboutDialog
from redub.ui.qtversion import qt_version
from redub.ui.verbs.tools import Tools


class HelpActions:
    """Show what explains the program."""

    def __init__(self, tools: Tools, first_steps: Callable[[], object]) -> None:
        """Show the first steps again by `first_steps`."""
        self._tools, self._first_steps = tools, first_steps

    def first_steps(self) -> None:
        """Lead through the first steps again."""
        self._first_steps()

    def about(self) -> None:
        """Say what runs here."""
        self._tools.start(self._about(), "about")

    def log(self) -> None:
        """Show the log file in whatever opens texts; say where it lies when nothing does."""
        path = self._tools.places.logs / FILE_NAME
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._tools.say(_("The log lies here:"), str(path))

    async def _about(self) -> None:
        bench = self._tools.bench
        is_open = bench.done() and not bench.cancelled() and bench.exception() is None
        chosen = bench.result().settings.ffmpeg_path or None if is_open else None
        # With the codecs, which are not to be imported before the window is shown.
        whatruns = await asyncio.to_thread(importlib.import_module, "redub.services.whatruns")
        parts = await asyncio.to_thread(whatruns.lines, qt_version(), chosen)
        await ask(AboutDialog(parts, self._tools.window))
