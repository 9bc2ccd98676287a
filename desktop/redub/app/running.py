"""Start the loop, run the program in it, and end with the program."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import qasync  # isort: skip
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

import redub
from redub import paths
from redub.app.picture import take_picture
from redub.app.program import Program
from redub.paths import Places
from redub.ui.notices import Notices
from redub.ui.notices.hooks import hooked, watch_loop

if TYPE_CHECKING:
    from redub.services.choice import Choice
    from redub.ui.instance.claim import Claim

INTERRUPTED = 130


def main(
    path: Path | None,
    places: Places,
    *,
    choice: Choice | None = None,
    screenshot: Path | None = None,
    size: tuple[int, int] = (1440, 900),
    claim: Claim | None = None,
) -> int:
    """Show the window on `path` (a shot or a clip, the sample when None) until the person quits; return the exit code.

    :param choice: what this run was told about the service
    :param screenshot: write a picture of the window here when everything in it is drawn, and quit
    :param size: pixels of the window for the picture
    :param claim: to be the program that later starts hand their files to; it is let go of in the end
    """
    app = application()
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
        try:
            return runner.run(_run(app, path, places, choice, screenshot, size, claim))
        except KeyboardInterrupt:
            return INTERRUPTED


def application() -> QApplication:
    """Return the application object, made when there is none yet."""
    present = QApplication.instance()
    app = present if isinstance(present, QApplication) else QApplication(["redub"])
    app.setApplicationName("redub")
    app.setApplicationDisplayName("Redub")
    app.setApplicationVersion(redub.__version__)
    # The name of the .desktop file, by which Wayland finds the icon.
    app.setDesktopFileName("org.redub.Redub")
    app.setWindowIcon(QIcon(str(paths.resource("app", "redub.svg"))))
    # Closing the last window must not stop the loop under work that still runs.
    app.setQuitOnLastWindowClosed(False)
    return app


async def _run(
    app: QApplication,
    path: Path | None,
    places: Places,
    choice: Choice | None,
    screenshot: Path | None,
    size: tuple[int, int],
    claim: Claim | None,
) -> int:
    notices = Notices()
    loop = asyncio.get_running_loop()
    watch_loop(loop, notices)
    with hooked(notices):
        program = Program(app, places, notices)
        _end_on_sigterm(loop, program.ended)
        program.show(None if screenshot is None else size)
        if claim is not None:
            program.listen(claim)
        program.tools.start(program.open(path, choice), "open the program")
        if screenshot is not None:
            program.tools.start(take_picture(program, screenshot), "take a picture of the window")
        try:
            await program.ended.wait()
        finally:
            await program.aclose()
    return 0


def _end_on_sigterm(loop: asyncio.AbstractEventLoop, ended: asyncio.Event) -> None:
    """End in order when the system asks for it; the handler goes with the loop."""
    with contextlib.suppress(NotImplementedError):  # Windows has no SIGTERM handlers
        loop.add_signal_handler(signal.SIGTERM, ended.set)
