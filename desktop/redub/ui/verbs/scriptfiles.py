"""Scripts out of files and into files."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from redub.core.history import Edit
from redub.core.limits import limits_for
from redub.core.shot import Take
from redub.i18n import _, ngettext
from redub.ui.ask import ask, ask_open, ask_save
from redub.ui.importing.dialog import ADD, REPLACE, ImportDialog
from redub.ui.notices import Notice, NoticeAction, NoticeLevel
from redub.ui.verbs.tools import Tools

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redub.core.batch import Coming
    from redub.services.importing import Imported


class ScriptFileActions:
    """Import and export scripts."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._asked = 0

    def import_scripts(self) -> None:
        """Ask for a file and let it become takes."""
        self._tools.start(self._ask_and_import(), "import scripts")

    def export_script(self) -> None:
        """Ask where to save the current script: as InputSsml, plain text, or subtitles."""
        self._tools.start(self._export(), "export the script")

    async def _ask_and_import(self) -> None:
        from redub.services.importing import kinds  # comes with the workbench

        await self._tools.bench
        path = await ask_open(self._tools.window, _("Import scripts"), _filters(kinds()), str(Path.home()))
        if path is not None:
            await self._import(path)

    async def take_in_now(self, path: Path) -> None:
        """Take in a dropped file: one script goes into the current take, a table shows what will come of it."""
        from redub.services.importing import read

        await self._tools.bench
        found = await asyncio.to_thread(read, path)
        take = self._tools.editing.view.take
        if take is None or found.is_table or len(await self._plan(found)) != 1:
            await self._show(found)
        else:
            self._replace(take, found.script())

    async def _import(self, path: Path) -> None:
        from redub.services.importing import read

        await self._show(await asyncio.to_thread(read, path))

    async def _show(self, found: Imported) -> None:
        """Show what will come of a file, and let it come when the person says so."""
        take = self._tools.editing.view.take
        template = take.script if take is not None else ""
        dialog = ImportDialog(self._tools.window, found, template, has_take=take is not None)
        dialog.plan_wanted.connect(lambda: self._tools.start(self._replan(dialog, found), "plan an import"))
        dialog.show_plan(await self._plan(found, dialog))
        code = await ask(dialog)
        if code == ADD:
            self._add(dialog.rows)
        elif code == REPLACE and take is not None:
            self._replace(take, dialog.rows[0].take.script)

    async def _replan(self, dialog: ImportDialog, found: Imported) -> None:
        self._asked += 1
        asked = self._asked
        rows = await self._plan(found, dialog)
        if asked == self._asked:
            dialog.show_plan(rows)

    async def _plan(self, found: Imported, dialog: ImportDialog | None = None) -> tuple[Coming, ...]:
        """Say what will come, in a thread: a table may have thousands of rows."""
        from redub.services.importing import Wishes, plan

        bench = await self._tools.bench
        wishes = Wishes() if dialog is None else Wishes(has_head=dialog.has_head, wiring=dialog.wiring)
        keys = frozenset(timbre.key for timbre in bench.voices.known)
        limits = limits_for(self._tools.site)
        return await asyncio.to_thread(plan, found, wishes, self._like(), limits, keys)

    def _like(self) -> Take:
        """Return the take whose voice and options new ones get."""
        from redub.services.voices import first_speech

        take = self._tools.editing.view.take
        return take or Take(id="", name="", speech=first_speech(self._tools.site, "", None))

    def _add(self, rows: tuple[Coming, ...]) -> None:
        from redub.services.importing import adding, takes_of

        takes = takes_of(rows)
        if not takes:
            return
        before = len(self._tools.editing.view.shot.takes)
        self._tools.apply(adding(takes))
        self._tools.choose_take(self._tools.editing.view.shot.takes[before].id)
        said = ngettext("{n} take was added.", "{n} takes were added.", len(takes)).format(n=len(takes))
        self._say_with_undo(said)

    def _replace(self, take: Take, script: str) -> None:
        from redub.services.importing import one_take

        change = partial(one_take, take_id=take.id, script=script)
        self._tools.apply(Edit(_("Put in a text"), change))
        self._tools.window.arrangement.show_panel("script")

    def _say_with_undo(self, text: str) -> None:
        undo = NoticeAction(_("Undo"), self._tools.editing.undo)
        self._tools.notices.post(Notice(level=NoticeLevel.OK, text=text, actions=(undo,), replace="put"))

    async def _export(self) -> None:
        from redub.services.exporting import ScriptFormat, exported
        from redub.services.orders import plain_name
        from redub.store.files import write_atomically

        bench = await self._tools.bench
        take = self._tools.editing.view.take
        if take is None:
            return
        names = {
            ScriptFormat.SSML: _("InputSsml"),
            ScriptFormat.TEXT: _("Plain text"),
            ScriptFormat.SUBTITLES: _("Subtitles from the times of the words"),
        }
        filters = ";;".join(f"{names[form]} (*.{form.value})" for form in ScriptFormat)
        name = f"{plain_name(take.name) or 'script'}.{ScriptFormat.SSML.value}"
        path = await ask_save(
            self._tools.window,
            _("Export the script"),
            filters,
            str(Path.home() / name),
            ScriptFormat.SSML.value,
        )
        if path is None:
            return
        ending = path.suffix.lower().removeprefix(".")
        form = next((one for one in ScriptFormat if one.value == ending), ScriptFormat.TEXT)
        text = await exported(take, form, bench.listening)
        await asyncio.to_thread(write_atomically, path, text.encode("utf-8"))
        self._tools.say(_("The script was saved as “{name}”.").format(name=path.name), level=NoticeLevel.OK)


def _filters(kinds: Mapping[str, tuple[str, ...]]) -> str:
    """Return the filters of the file dialog, all kinds together first."""
    every = " ".join(f"*.{ending}" for endings in kinds.values() for ending in endings)
    single = [f"{name} ({' '.join(f'*.{one}' for one in endings)})" for name, endings in kinds.items()]
    return ";;".join((f"{_('Scripts')} ({every})", *single))
