"""What was opened last, to be opened again: in the File menu and in the command palette."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtWidgets import QDialog

from redub.i18n import _
from redub.services.documents import Documents
from redub.ui.ask import ask
from redub.ui.commands import CommandActions
from redub.ui.commands.entry import Entry
from redub.ui.palette import Palette
from redub.ui.verbs.files import FileActions
from redub.ui.verbs.tools import Tools
from redub.ui.window.recentmenu import RecentMenu, short_folder

_MARK = "recent:"


class RecentActions:
    """The latest files; whether they are still there is looked up in a thread, a folder may lie far away."""

    def __init__(self, tools: Tools, files: FileActions) -> None:
        self._tools, self._files = tools, files
        self._documents = Documents(tools.places)
        self._paths: tuple[Path, ...] = ()
        self._seen: object = None
        self._menu = RecentMenu(tools.window)
        self._menu.aboutToShow.connect(self.look_again)
        self._menu.wanted.connect(self.open)
        self._menu.clear_wanted.connect(self.clear)

    def begin(self, actions: CommandActions) -> None:
        """Hang the menu into the File menu, and follow what is opened and saved."""
        actions["file.open_recent"].setMenu(self._menu)
        self._tools.editing.listen(lambda view: self._on_view(view.path, view.shot.reference))

    def choose(self) -> None:
        """Choose one of the latest files from a list."""
        self._tools.start(self._choose(), "open a recent file")

    def open(self, path: Path) -> None:
        """Open one of them, once unsaved changes are cared for."""
        self._tools.start(self._files.leave_and_open(path), f"open {path.name}")

    def clear(self) -> None:
        """Forget them all; the files stay where they are."""
        self._tools.start(self._clear(), "clear the list of recent files")

    def look_again(self) -> None:
        """Look which of them are still there."""
        self._tools.start(self._look(), "look for recent files")

    def entries(self) -> tuple[Entry, ...]:
        """Return a row of the command palette for each."""
        where = _("Open recent")
        return tuple(
            Entry(
                id=f"{_MARK}{path}",
                text=path.name,
                where=f"{where} · {short_folder(path)}",
                icon="open" if path.suffix.lower() == ".redub" else "film",
            )
            for path in self._paths
        )

    def run(self, entry_id: str) -> bool:
        """Open what a row of the palette stands for; False when it is none of ours."""
        is_ours = entry_id.startswith(_MARK)
        if is_ours:
            self.open(Path(entry_id.removeprefix(_MARK)))
        return is_ours

    async def _choose(self) -> None:
        await self._look()
        if not self._paths:
            self._tools.say(_("Nothing was opened yet."), replace="recent")
            return
        palette = Palette(self._tools.window, self.entries(), _("Open recent"), _("Type a part of its name"))
        if await ask(palette) == QDialog.DialogCode.Accepted:
            self.run(palette.chosen)

    async def _clear(self) -> None:
        await asyncio.to_thread(self._documents.forget_recent)
        await self._look()

    async def _look(self) -> None:
        self._paths = await asyncio.to_thread(self._documents.recent)
        self._menu.put(self._paths)

    def _on_view(self, *place: object) -> None:
        """Look again when something else was opened or saved."""
        if place != self._seen:
            self._seen = place
            self.look_again()
