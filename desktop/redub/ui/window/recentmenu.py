"""The menu of the files that were opened last."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from redub.i18n import _
from redub.ui.icons import icon

_COUNTED = 9


class RecentMenu(QMenu):
    """One line a file, the latest first.

    Signals: `wanted` with the path to be opened; `clear_wanted`.
    """

    wanted = Signal(object)
    clear_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Open recent"), parent)
        self.setToolTipsVisible(True)
        self._shown: tuple[Path, ...] | None = None
        self.put(())

    def put(self, paths: tuple[Path, ...]) -> None:
        """Show `paths`."""
        if paths == self._shown:
            return
        self._shown = paths
        self.clear()
        for number, path in enumerate(paths, 1):
            self._add(number, path)
        if not paths:
            self.addAction(_("Nothing was opened yet.")).setEnabled(False)
            return
        self.addSeparator()
        self.addAction(icon("remove"), _("Clear the list"), self.clear_wanted.emit)

    def _add(self, number: int, path: Path) -> None:
        key = f"&{number}  " if number <= _COUNTED else ""
        text = _("{name} in {folder}").format(name=path.name, folder=short_folder(path)).replace("&", "&&")
        action = self.addAction(f"{key}{text}", partial(self.wanted.emit, path))
        action.setIcon(icon("open" if path.suffix.lower() == ".redub" else "film"))
        action.setToolTip(str(path))


def short_folder(path: Path) -> str:
    """Return the folder of `path` as a person reads it: from home on, and not too long."""
    folder = path.parent
    home = Path.home()
    text = str(Path("~") / folder.relative_to(home)) if folder.is_relative_to(home) else str(folder)
    return text if len(text) <= 48 else f"…{text[-47:]}"
