"""Marks to and from editing programs, and chosen takes as a timeline."""

from __future__ import annotations

import asyncio
from pathlib import Path

from redub.core.tasks import TaskRecord
from redub.i18n import _
from redub.ui.ask import ask_open, ask_save
from redub.ui.notices import Notice, NoticeAction, NoticeLevel
from redub.ui.verbs.tools import Tools

_ENDINGS = ("otio", "edl", "fcpxml", "csv")


class InterchangeActions:
    """Asks for the file, does the work beside everything else, and says what became of it."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def export_marks(self) -> None:
        """Ask where to write the marks of the shot."""
        self._tools.start(self._export_marks(), "export marks")

    def import_marks(self) -> None:
        """Ask for a file with marks, and use them."""
        self._tools.start(self._import_marks(), "import marks")

    def export_takes(self) -> None:
        """Ask where to write the chosen results as a timeline."""
        self._tools.start(self._export_takes(), "export takes")

    async def _export_marks(self) -> None:
        from redub.services.interchange import export_marks  # comes with the workbench

        view = self._tools.editing.view
        filters = ";;".join(f"{ending.upper()} (*.{ending})" for ending in _ENDINGS)
        path = await ask_save(
            self._tools.window, _("Export the marks"), filters, self._suggestion("otio"), "otio"
        )
        if path is not None:
            await asyncio.to_thread(export_marks, view, path)
            self._tools.say(_("The marks were exported."), str(path), NoticeLevel.OK, replace="marks")

    async def _import_marks(self) -> None:
        from redub.services.interchange import import_marks

        filters = _("Marks") + f" ({' '.join(f'*.{ending}' for ending in _ENDINGS)})"
        path = await ask_open(self._tools.window, _("Import marks"), filters)
        if path is None:
            return
        self._tools.apply(await asyncio.to_thread(import_marks, self._tools.editing.view, path))
        undo = NoticeAction(_("Undo"), self._tools.editing.undo)
        text = _("The marks of “{name}” are those of the shot now.").format(name=path.name)
        self._tools.notices.post(Notice(level=NoticeLevel.OK, text=text, actions=(undo,), replace="marks"))

    async def _export_takes(self) -> None:
        from redub.services.interchange import export_takes

        records = self._chosen()
        title = _("Export the takes as a timeline")
        path = await ask_save(
            self._tools.window, title, "OpenTimelineIO (*.otio)", self._suggestion("otio"), "otio"
        )
        if path is not None:
            await asyncio.to_thread(export_takes, self._tools.shot_name, records, path)
            names = ", ".join(record.take_name or record.name for record in records)
            self._tools.say(_("The timeline was exported."), names, NoticeLevel.OK, replace="marks")

    def _chosen(self) -> tuple[TaskRecord, ...]:
        """Return the chosen results, else the newest one of every take, in the order of the takes."""
        order = {take.id: place for place, take in enumerate(self._tools.editing.view.shot.takes)}
        chosen = [one for one in self._tools.panels.tasks.chosen if one.result]
        if len(chosen) < 2:
            made = [one for one in self._tools.feed.records if one.result and one.take_id in order]
            newest = {one.take_id: one for one in sorted(made, key=lambda one: one.created)}
            chosen = list(newest.values()) or chosen
        return tuple(sorted(chosen, key=lambda one: (order.get(one.take_id, len(order)), one.created)))

    def _suggestion(self, ending: str) -> str:
        view = self._tools.editing.view
        folder = view.path.parent if view.path is not None else Path.home()
        return str(folder / f"{self._tools.shot_name}.{ending}")
