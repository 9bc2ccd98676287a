"""A take for each of many scripts and recordings, added in one step."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from redub.core import edits
from redub.core.history import Edit
from redub.core.limits import limits_for
from redub.core.shot import DriverType, Shot, Source, Take
from redub.i18n import _, ngettext
from redub.ui.notices import Notice, NoticeAction, NoticeLevel
from redub.ui.verbs.tools import Tools

if TYPE_CHECKING:
    from redub.services.importing import Imported


class NewTakes:
    """Adds takes like the current one."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def add(
        self,
        scripts: tuple[Path, ...],
        recordings: tuple[Path, ...],
        instead_of: str = "",
        *,
        said: bool = True,
    ) -> None:
        """Add a take for every file; undo takes all of them back.

        :param instead_of: the take whose place they take, "" for none
        :param said: say so in a notice
        :raises UserError: a file cannot be read; nothing is added then
        """
        await self._tools.bench
        takes = [take for path in scripts for take in await self._of_script(path)]
        takes += [self._of_recording(path) for path in recordings]
        if takes:
            self._apply(tuple(takes), instead_of)
        if takes and said:
            self._say(len(takes))

    async def _of_script(self, path: Path) -> tuple[Take, ...]:
        from redub.services.importing import Wishes, plan, read, takes_of  # comes with the workbench

        def planned() -> tuple[Take, ...]:
            found: Imported = read(path)
            return takes_of(plan(found, Wishes(), self._like(), limits_for(self._tools.site)))

        return await asyncio.to_thread(planned)

    def _of_recording(self, path: Path) -> Take:
        source = Source(path=str(path.absolute()))
        return replace(
            self._like(), name=path.stem, driver=DriverType.ORIGINAL_VOICE, recording=source, script=""
        )

    def _like(self) -> Take:
        """Return the take whose voice and options new ones get."""
        from redub.services.voices import first_speech

        take = self._tools.editing.view.take
        return take or Take(id="", name="", speech=first_speech(self._tools.site, "", None))

    def _apply(self, takes: tuple[Take, ...], instead_of: str) -> None:
        from redub.services.importing import adding

        added = adding(takes)

        def change(shot: Shot) -> Shot:
            changed = added.change(shot)
            return edits.remove_take(changed, instead_of) if instead_of else changed

        before = len(self._tools.editing.view.shot.takes) - bool(instead_of)
        self._tools.apply(Edit(added.label, change))
        self._tools.choose_take(self._tools.editing.view.shot.takes[before].id)

    def _say(self, count: int) -> None:
        said = ngettext("{n} take was added.", "{n} takes were added.", count).format(n=count)
        undo = NoticeAction(_("Undo"), self._tools.editing.undo)
        self._tools.notices.post(Notice(level=NoticeLevel.OK, text=said, actions=(undo,), replace="put"))
