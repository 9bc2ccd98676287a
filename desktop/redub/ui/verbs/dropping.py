"""Take in what was dropped: every file goes where it belongs, one after the other; what is left over is offered."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog

from redub.i18n import _, ngettext
from redub.ui.ask import ask
from redub.ui.commands.entry import Entry
from redub.ui.notices import Notice, NoticeAction, NoticeLevel
from redub.ui.palette import Palette
from redub.ui.verbs.drops import Kind, Sorted, kind_of, sorted_out
from redub.ui.verbs.files import FileActions
from redub.ui.verbs.newtakes import NewTakes
from redub.ui.verbs.scriptfiles import ScriptFileActions
from redub.ui.verbs.tools import Tools
from redub.ui.window.recentmenu import short_folder

_NAMED = 3


class Dropping:
    """Dropped files of one window; two drops do not get into each other's way."""

    def __init__(self, tools: Tools, files: FileActions, scripts: ScriptFileActions) -> None:
        self._tools, self._files, self._scripts = tools, files, scripts
        self._new_takes = NewTakes(tools)
        self._turn = asyncio.Lock()

    def take_in(self, paths: tuple[Path, ...]) -> None:
        """Put files and folders that were dropped on the window where they belong."""
        self._tools.start(self._take_in(paths), "take in what was dropped")

    def take_in_takes(self, paths: tuple[Path, ...], take_id: str) -> None:
        """Put what was dropped on the list of takes there: scripts and recordings into the take `take_id`, or into
        takes of their own when it is "".
        """
        self._tools.start(self._take_in(paths, take_id), "take in what was dropped on the takes")

    async def _take_in(self, paths: tuple[Path, ...], onto: str | None = None) -> None:
        async with self._turn:
            found = await asyncio.to_thread(sorted_out, paths)
            if onto:
                self._tools.choose_take(onto)
            opened = await self._open(found)
            if opened is None:
                return
            await self._speak(found, opened, own=onto == "")
            self._put_media(found)
            self._say(found)

    async def _open(self, found: Sorted) -> bool | None:
        """Open the first shot or clip.

        :returns: whether a shot was begun over a clip; None when the person would rather stay where he is
        """
        if not found.first:
            return False
        is_clip = kind_of(found.first) is Kind.CLIP
        if is_clip and not found.folder and not self._files.begins_anew():
            self._files.put(Kind.CLIP, found.first)
            return False
        return is_clip if await self._files.leave_and_open(found.first) else None

    async def _speak(self, found: Sorted, begun: bool, *, own: bool) -> None:
        """Let one script or recording go into the current take, and more of them become takes of their own."""
        many = own or bool(found.folder) or len(found.scripts) + len(found.recordings) > 1
        if many:
            # The words that a new shot begins with make room for the person's own.
            placeholder = self._tools.editing.view.take_id if begun else ""
            await self._new_takes.add(found.scripts, found.recordings, placeholder, said=not found.folder)
        else:
            for path in found.scripts:
                await self._scripts.take_in_now(path)
            for path in found.recordings:
                self._files.put(Kind.RECORDING, path)
        for path in found.tables:
            await self._scripts.take_in_now(path)

    def _put_media(self, found: Sorted) -> None:
        for path in found.single:
            self._files.put(kind_of(path), path)

    def _say(self, found: Sorted) -> None:
        """Say what of it was taken, and offer what is left."""
        if found.folder:
            self._say_folder(found)
            return
        if found.left:
            self._tools.notices.post(
                Notice(
                    level=NoticeLevel.INFO,
                    text=_left(found),
                    actions=(self._another(found),),
                    replace="left over",
                )
            )
        if found.unknown:
            self._tools.say(
                ngettext(
                    "{names} has no place in a shot.", "{names} have no place in a shot.", len(found.unknown)
                ).format(names=_names(found.unknown)),
                _("Drop a clip, a shot, a recording, a text, a photo of the face, or a PDF letter."),
                NoticeLevel.WARNING,
            )

    def _say_folder(self, found: Sorted) -> None:
        """Say what was taken of a folder; whatever else lies in it is nobody's fault."""
        if not (found.first or found.scripts or found.tables):
            self._tools.say(
                _("In “{name}” there is nothing that belongs into a shot.").format(name=found.folder),
                _("Clips, shots and scripts are taken out of a folder."),
                NoticeLevel.WARNING,
            )
            return
        opened = _("Opened: {name}.").format(name=found.first.name) if found.first else ""
        count = len(found.scripts)
        takes = ngettext("{n} script is a take.", "{n} scripts are takes.", count).format(n=count)
        parts = (opened, takes if count else "", _left(found) if found.left else "")
        undo = (NoticeAction(_("Undo"), self._tools.editing.undo),) if count else ()
        self._tools.notices.post(
            Notice(
                level=NoticeLevel.OK,
                text=_("Taken out of “{name}”.").format(name=found.folder),
                more=" ".join(part for part in parts if part),
                actions=(*undo, self._another(found)) if found.left else undo,
                replace="folder",
            )
        )

    def _another(self, found: Sorted) -> NoticeAction:
        return NoticeAction(_("Open another…"), partial(self._offer, found.left))

    def _offer(self, paths: tuple[Path, ...]) -> None:
        self._tools.start(self._choose(paths), "open another file")

    async def _choose(self, paths: tuple[Path, ...]) -> None:
        entries = tuple(
            Entry(id=str(path), text=path.name, where=short_folder(path), icon="film") for path in paths
        )
        palette = Palette(self._tools.window, entries, _("Open another file"), _("Type a part of its name"))
        if await ask(palette) == QDialog.DialogCode.Accepted:
            await self._files.leave_and_open(Path(palette.chosen))


def _left(found: Sorted) -> str:
    """Say what can be opened besides."""
    count = len(found.left)
    said = ngettext("{n} more file can be opened: {names}.", "{n} more files can be opened: {names}.", count)
    return said.format(n=count, names=_names(found.left))


def _names(paths: tuple[Path, ...]) -> str:
    """Name the first few of `paths`."""
    named = ", ".join(f"“{path.name}”" for path in paths[:_NAMED])
    return f"{named}, …" if len(paths) > _NAMED else named
