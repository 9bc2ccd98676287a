"""Begin shots with what was kept of others."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from redub.i18n import _
from redub.services.orders import plain_name
from redub.services.templates import Templates
from redub.ui.ask import Choice, ask, ask_choice, ask_text
from redub.ui.commands.entry import Entry
from redub.ui.notices import NoticeLevel
from redub.ui.palette import Palette
from redub.ui.verbs.drops import Kind
from redub.ui.verbs.files import FileActions
from redub.ui.verbs.tools import Tools

YES, NO = "yes", "no"


class TemplateActions:
    """Keep, use and remove templates."""

    def __init__(self, tools: Tools, files: FileActions) -> None:
        self._tools, self._files = tools, files
        self._templates = Templates(tools.places)

    def save(self) -> None:
        """Keep takes, voices and options of the shot under a name."""
        self._tools.start(self._save(), "save a template")

    def begin(self) -> None:
        """Choose a template and a clip, and begin a shot with both."""
        self._tools.start(self._begin(), "begin with a template")

    def remove(self) -> None:
        """Choose a template and remove it."""
        self._tools.start(self._remove(), "remove a template")

    async def _save(self) -> None:
        shot = self._tools.editing.view.shot
        name = await ask_text(
            self._tools.window, _("Save as template"), _("Name of the template"), self._tools.shot_name
        )
        if not name or not await self._may_replace(name):
            return
        kept = await self._templates.keep(shot, name)
        self._tools.say(
            _("The template “{name}” has the takes with their voices and options.").format(name=kept),
            _("File > New from template… begins another shot with them."),
            NoticeLevel.OK,
            "template",
        )

    async def _may_replace(self, name: str) -> bool:
        if plain_name(name) not in await self._templates.names():
            return True
        return await self._sure(
            _("Replace the template?"), _("There is a template “{name}” already."), name, _("Replace")
        )

    async def _begin(self) -> None:
        name = await self._chosen(_("New from template"))
        if not name:
            return
        clip = await self._files.ask_for(_("Choose the clip for “{name}”").format(name=name), Kind.CLIP)
        if clip is None or not await self._files.may_leave():
            return
        shot = await self._templates.begin(name, clip)
        self._tools.editing.open(shot, None, saved=False)

    async def _remove(self) -> None:
        name = await self._chosen(_("Remove a template"))
        title, words = (
            _("Remove the template?"),
            _("“{name}” goes. Shots that began with it stay as they are."),
        )
        if name and await self._sure(title, words, name, _("Remove")):
            await self._templates.remove(name)

    async def _chosen(self, title: str) -> str:
        """Ask for a template; "" when there is none or none was chosen."""
        names = await self._templates.names()
        if not names:
            self._tools.say(
                _("There are no templates yet."),
                _("File > Save as template… makes one of the open shot."),
                replace="template",
            )
            return ""
        entries = tuple(Entry(id=name, text=name, where=_("Template"), icon="duplicate") for name in names)
        palette = Palette(self._tools.window, entries, title, _("Type a part of its name"))
        accepted = await ask(palette) == QDialog.DialogCode.Accepted
        return palette.chosen if accepted else ""

    async def _sure(self, title: str, words: str, name: str, yes: str) -> bool:
        choices = (Choice(YES, yes, "primary"), Choice(NO, _("Cancel"), is_escape=True))
        return (
            await ask_choice(self._tools.window, title, words.format(name=plain_name(name)), choices) == YES
        )
