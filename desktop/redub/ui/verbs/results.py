"""Finished tasks: told when they are ready, played, shown in their folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from redub.core.tasks import TaskRecord, TaskState
from redub.i18n import _
from redub.ui.notices import Notice, NoticeAction, NoticeLevel
from redub.ui.tasks.rows import length
from redub.ui.verbs.tools import Tools


class ResultActions:
    """What can be done with a task's result."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def play(self, record: TaskRecord) -> None:
        """Play the result of a task; say why there is none."""
        if not record.result:
            self._tools.say(_("There is nothing to play yet."), record.message)
        elif not Path(record.result).exists():
            more = _("It was at {path}.").format(path=record.result)
            self._tools.say(_("The video is not there any more."), more, NoticeLevel.WARNING)
        elif self._tools.stage is not None:
            self._tools.stage.preview.shuttle(0)
            self._tools.window.arrangement.show_player(True)
            self._tools.stage.player.open(Path(record.result), record.take_name or record.name)

    def close(self) -> None:
        """Show the reference again."""
        self._tools.window.arrangement.show_player(False)

    def show_folder(self, record: TaskRecord) -> None:
        """Show the folder of a result; say where it is when nothing opens folders here."""
        folder = Path(record.result).parent if record.result else Path(record.folder)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._tools.say(_("The video lies here:"), str(folder))

    def tell(self, old: TaskRecord | None, record: TaskRecord) -> None:
        """Tell when a task has ended, well or not."""
        if old is None or old.state is record.state:
            return
        if record.state is TaskState.DONE:
            self._tell_done(record)
        elif record.state in {TaskState.FAILED, TaskState.EXPIRED}:
            self._tools.say(
                _("“{name}” was not made.").format(name=record.take_name or record.name),
                record.message,
                NoticeLevel.ERROR,
                replace=f"task:{record.id}",
            )

    def _tell_done(self, record: TaskRecord) -> None:
        self._tools.feed.pass_on()
        self._tools.panels.tasks.choose(record.id)
        play = NoticeAction(_("Play"), lambda: self.play(record))
        folder = NoticeAction(_("Show in folder"), lambda: self.show_folder(record))
        self._tools.notices.post(
            Notice(
                level=NoticeLevel.OK,
                text=_("“{name}” is ready.").format(name=record.take_name or record.name),
                more=" · ".join(part for part in (Path(record.result).name, length(record.duration)) if part),
                actions=(play, folder),
                replace=f"task:{record.id}",
            )
        )
