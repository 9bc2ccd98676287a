"""Keeping what is not saved, and offering it again after the program has died."""

from __future__ import annotations

import asyncio
import contextlib
import time
from pathlib import Path

from PySide6.QtWidgets import QDialog

from redub.core.errors import RedubError
from redub.core.shot import Shot
from redub.i18n import _
from redub.services.drafting import Draft, Drafting
from redub.store import shotfile
from redub.ui.ask import ask
from redub.ui.recovery import RecoveryDialog
from redub.ui.verbs.files import FileActions
from redub.ui.verbs.tools import Tools

DRAFTS = "drafts"


class RecoveryActions:
    """The drafts of one window."""

    def __init__(self, tools: Tools, files: FileActions) -> None:
        self._tools = tools
        self._files = files
        self._drafting: Drafting | None = None

    async def begin(self) -> None:
        """Keep what is not saved from now on, and offer what an earlier run has left.

        A disk that takes no drafts is said; everything else goes on.
        """
        folder = self._tools.places.data / DRAFTS
        try:
            self._drafting = await Drafting.open(
                folder, lambda: self._tools.shot_name, self._tools.notices.post_error
            )
        except RedubError as error:
            self._tools.notices.post_error(error)
            return
        left = tuple(draft for draft in await self._drafting.left() if not draft.declined)
        self._tools.editing.listen(self._drafting.show_view)
        if left:
            self._tools.start(self._offer(left, self._drafting), "offer what was not saved")

    def recover(self) -> None:
        """Show everything that could be recovered."""
        if self._drafting is not None:
            self._tools.start(self._offer_all(self._drafting), "recover")

    async def aclose(self, *, asked: bool) -> None:
        """End in order; what is not saved is kept unless the person was `asked` about it."""
        if self._drafting is not None:
            await self._drafting.aclose(keep=not asked)

    async def _offer_all(self, drafting: Drafting) -> None:
        left = await drafting.left()
        if left:
            await self._offer(left, drafting)
        else:
            self._tools.say(_("There is nothing to recover."), replace="recover")

    async def _offer(self, drafts: tuple[Draft, ...], drafting: Drafting) -> None:
        saved = await asyncio.to_thread(_saved_shots, drafts)
        dialog = RecoveryDialog(self._tools.window, drafts, saved, time.time())
        wanted = await ask(dialog) == QDialog.DialogCode.Accepted
        chosen = dialog.chosen if wanted else None
        await drafting.decline(tuple(draft for draft in drafts if draft is not chosen))
        if chosen is not None and await self._files.may_leave():
            self._tools.editing.open(chosen.shot, chosen.path, saved=False)
            await drafting.recovered(chosen)
        elif chosen is None:
            self._tools.say(
                _("What was not saved is kept for 30 days."),
                _("File > Recover… finds it."),
                replace="recover",
            )


def _saved_shots(drafts: tuple[Draft, ...]) -> dict[Path, Shot]:
    """Return what the files of `drafts` hold, as far as they can be read; blocks."""
    found: dict[Path, Shot] = {}
    for path in {draft.path for draft in drafts if draft.path is not None}:
        with contextlib.suppress(RedubError):
            found[path] = shotfile.load(path)
    return found
