"""Keys and the palette: every command is found, and has the keys that the person wants."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog

from redub.core.keymap import Keymap, changes_of, merged
from redub.i18n import _
from redub.store import keymaps
from redub.ui.ask import ask, ask_open, ask_save
from redub.ui.commands import COMMANDS, CommandActions
from redub.ui.keyboard import KeyboardDialog
from redub.ui.palette import Palette
from redub.ui.verbs.recent import RecentActions
from redub.ui.verbs.tools import Tools

_FILTER = "Redub keys (*.json)"


class KeyActions:
    """Show, change and exchange the keys of the commands, and find a command by its letters."""

    def __init__(self, tools: Tools, recent: RecentActions) -> None:
        self._tools, self._recent = tools, recent
        self._actions: CommandActions | None = None

    def begin(self, actions: CommandActions) -> None:
        """Give `actions` the keys that the person has chosen."""
        self._actions = actions
        self._tools.start(self._load(actions), "load the keys")

    def palette(self) -> None:
        """Find a command by typing some of its letters."""
        if self._actions is not None:
            self._tools.start(self._find(self._actions), "find a command")

    def change(self) -> None:
        """Show every command with its keys, and let them be changed."""
        if self._actions is not None:
            self._tools.start(self._change(self._actions), "change the keys")

    async def _load(self, actions: CommandActions) -> None:
        changes = await asyncio.to_thread(keymaps.load, self._path)
        actions.use_keys(merged(actions.default_keys, changes))

    async def _find(self, actions: CommandActions) -> None:
        palette = Palette(self._tools.window, (*actions.entries(), *self._recent.entries()))
        accepted = await ask(palette) == QDialog.DialogCode.Accepted
        if accepted and not self._recent.run(palette.chosen):
            actions.run(palette.chosen)

    async def _change(self, actions: CommandActions) -> None:
        sets = await asyncio.to_thread(keymaps.carried)
        dialog = KeyboardDialog(self._tools.window, COMMANDS, actions.default_keys, actions.keys, sets)
        dialog.import_wanted.connect(lambda: self._tools.start(self._import(dialog), "import keys"))
        dialog.export_wanted.connect(lambda: self._tools.start(self._export(dialog), "export keys"))
        if await ask(dialog) != QDialog.DialogCode.Accepted:
            return
        await self._keep(actions, dialog.keymap)

    async def _keep(self, actions: CommandActions, keymap: Keymap) -> None:
        await asyncio.to_thread(keymaps.save, changes_of(actions.default_keys, keymap), self._path)
        actions.use_keys(keymap)

    async def _import(self, dialog: KeyboardDialog) -> None:
        path = await ask_open(dialog, _("Import keys"), _FILTER)
        if path is not None:
            dialog.use(await asyncio.to_thread(keymaps.load, path))

    async def _export(self, dialog: KeyboardDialog) -> None:
        path = await ask_save(dialog, _("Export keys"), _FILTER, "redub-keys.json", "json")
        if path is not None and self._actions is not None:
            changes = changes_of(self._actions.default_keys, dialog.keymap)
            await asyncio.to_thread(partial(keymaps.save, changes, path, title=path.stem))

    @property
    def _path(self) -> Path:
        return self._tools.places.config / keymaps.FILE_NAME
