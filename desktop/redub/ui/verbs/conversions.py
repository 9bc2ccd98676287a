"""The queue of conversions in its window: put clips in, look on, say how."""

from __future__ import annotations

from collections.abc import Coroutine, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog

from redub.core.jobs import Jobs
from redub.i18n import _
from redub.ui.ask import ask, ask_folder, ask_open_many
from redub.ui.conversions import ConversionSettings, QueueWindow, Wishes
from redub.ui.notices import NoticeLevel
from redub.ui.verbs.drops import Kind, file_filter
from redub.ui.verbs.tools import Tools

if TYPE_CHECKING:
    from redub.services.conversions import Conversions
    from redub.services.workbench import Workbench


class ConversionActions:
    """Everything that can be done with the queue; its window is made when it is first wanted."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._window: QueueWindow | None = None

    def begin(self, bench: Workbench) -> None:
        """Show every change of the queue."""
        bench.conversions.changes.listen(lambda jobs: self._show(jobs, bench.conversions.paused))
        for news in (bench.conversions.made, bench.wholeness.changes):
            news.listen(lambda _news: self._tools.editing.refresh())

    def show(self) -> None:
        """Show the queue."""
        self._tools.start(self._show_window(), "show the conversions")

    def add(self) -> None:
        """Ask for clips and for a folder, and put them into the queue."""
        self._tools.start(self._add_chosen(), "add clips")

    def settings(self) -> None:
        """Ask how clips are converted."""
        self._tools.start(self._ask_settings(), "settings of conversions")

    def copy_command(self) -> None:
        """Copy the exact ffmpeg command that converts the reference."""
        view = self._tools.editing.view
        if view.facts is not None:
            self._tools.start(self._copy(view.facts.path, view.part), "copy the ffmpeg command")

    async def _show_window(self) -> None:
        window, conversions = self._the_window(), (await self._tools.bench).conversions
        window.panel.show_jobs(conversions.jobs, conversions.paused)
        window.show_up()

    def _the_window(self) -> QueueWindow:
        if self._window is None:
            self._window = QueueWindow(self._tools.window)
            self._wire(self._window)
        return self._window

    def _wire(self, window: QueueWindow) -> None:
        panel = window.panel
        panel.add_wanted.connect(self.add)
        panel.settings_wanted.connect(self.settings)
        panel.dropped.connect(lambda paths: self._tools.start(self._add(paths), "add clips"))
        panel.folder_wanted.connect(lambda job: self._tools.start(self._show_folder(job), "show the result"))
        panel.command_wanted.connect(lambda job: self._tools.start(self._copy_of(job), "copy the command"))
        panel.stop_wanted.connect(lambda job: self._do(lambda queue: queue.stop(job)))
        panel.retry_wanted.connect(lambda job: self._do(lambda queue: queue.retry(job)))
        panel.move_wanted.connect(lambda job, place: self._do(lambda queue: queue.move(job, place)))
        panel.pause_wanted.connect(lambda paused: self._do(lambda queue: queue.pause(paused)))
        panel.clear_wanted.connect(lambda: self._do(lambda queue: queue.forget()))

    def _do(self, what: Any) -> None:
        async def do() -> None:
            work: Coroutine[Any, Any, None] = what((await self._tools.bench).conversions)
            await work

        self._tools.start(do(), "change the queue of conversions")

    def _show(self, jobs: Jobs, paused: bool) -> None:
        if self._window is not None:
            self._window.panel.show_jobs(jobs, paused)

    async def _add_chosen(self) -> None:
        parent = self._window or self._tools.window
        paths = await ask_open_many(parent, _("Clips to convert"), file_filter(Kind.CLIP))
        if paths:
            await self._add(paths)

    async def _add(self, paths: Iterable[str | Path]) -> None:
        """Ask where the results shall lie, beginning where they lay the last time, and put the clips in."""
        bench = await self._tools.bench
        start = bench.settings.convert_folder or str(bench.results_folder)
        folder = await ask_folder(
            self._window or self._tools.window, _("Folder for the converted clips"), start
        )
        if folder is None:
            return
        await bench.preferences.change(convert_folder=str(folder))
        await bench.conversions.add(list(paths), str(folder))
        await self._show_window()

    async def _show_folder(self, job_id: str) -> None:
        for job in (await self._tools.bench).conversions.jobs:
            if job.id == job_id and job.result:
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(job.result).parent)))

    async def _copy_of(self, job_id: str) -> None:
        for job in (await self._tools.bench).conversions.jobs:
            if job.id == job_id:
                await self._copy(job.source, job.part)

    async def _copy(self, path: str, part: Any) -> None:
        conversions: Conversions = (await self._tools.bench).conversions
        QGuiApplication.clipboard().setText(await conversions.command_line(path, part))
        self._tools.say(_("The ffmpeg command is on the clipboard."), level=NoticeLevel.OK, replace="command")

    async def _ask_settings(self) -> None:
        from redub.media.encoders import working_encoders
        from redub.services.conversionsettings import as_settings
        from redub.store.settings import PRESETS

        bench = await self._tools.bench
        conversions = bench.conversions
        encoders = await working_encoders(await conversions.program())
        wishes = Wishes(conversions.settings, conversions.name_template)
        dialog = ConversionSettings(self._window or self._tools.window, wishes, PRESETS, encoders)
        if await ask(dialog) != QDialog.DialogCode.Accepted:
            return
        chosen = dialog.wishes
        await bench.preferences.change(**as_settings(chosen.encode, chosen.name))
        self._tools.editing.refresh()
