"""Finished tasks: told when they are ready, played, shown in their folder."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from redub.core.tasks import TaskRecord, TaskState
from redub.i18n import _, ngettext
from redub.ui.notices import Notice, NoticeAction, NoticeLevel
from redub.ui.tasks import Announcer
from redub.ui.tasks.rows import length
from redub.ui.tasks.states import RUNNING
from redub.ui.verbs.tools import Tools

_TOLD = frozenset({TaskState.DONE, TaskState.FAILED, TaskState.EXPIRED, TaskState.UNCLEAR})


class ResultActions:
    """What can be done with a task's result."""

    def __init__(self, tools: Tools, announcer: Announcer) -> None:
        self._tools = tools
        self._announcer = announcer

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
        if record.state in _TOLD:
            self._announcer.ended(record.take_name or record.name, record.state is TaskState.DONE)
        if record.state is TaskState.DONE:
            self._tell_done(record)
        elif record.state in {TaskState.FAILED, TaskState.EXPIRED}:
            self._tools.say(
                _("“{name}” was not made.").format(name=record.take_name or record.name),
                record.message,
                NoticeLevel.ERROR,
                replace=f"task:{record.id}",
            )

    def warn_of_expiry(self, records: tuple[TaskRecord, ...]) -> None:
        """Say which results the service is about to delete before they are here."""
        from redub.services.outlook import expiring, expiry_sentence  # comes with the workbench

        now = time.time()
        dying = expiring(records, now)
        if dying:
            count = len(dying)
            said = ngettext(
                "{n} result is about to be deleted at the service.",
                "{n} results are about to be deleted at the service.",
                count,
            )
            more = "\n".join(expiry_sentence(record, now) for record in dying[:5])
            self._tools.say(said.format(n=count), more, NoticeLevel.WARNING, replace="expiry")

    def count(self, records: tuple[TaskRecord, ...]) -> None:
        """Show on icon and title how many tasks run."""
        running = sum(record.state in RUNNING for record in records)
        self._announcer.show_running(running)
        self._tools.window.show_running(running)

    def save_picture(self, path: Path, seconds: float) -> None:
        """Save the picture of a video at a moment beside it, in its full size."""
        self._tools.start(self._save_picture(path, seconds), "save a picture")

    async def _save_picture(self, path: Path, seconds: float) -> None:
        target = await asyncio.to_thread(saved_picture, path, seconds)
        if target is not None:
            self._tools.say(_("The picture was saved."), str(target), NoticeLevel.OK, replace="picture")
        else:
            more = _("{folder} takes no file. Check the folder, or its disk.").format(folder=path.parent)
            self._tools.say(
                _("The picture could not be saved."), more, NoticeLevel.WARNING, replace="picture"
            )

    def _tell_done(self, record: TaskRecord) -> None:
        self._tools.feed.pass_on()
        if not self._tools.panels.tasks.chosen:  # somebody may be busy with other tasks there
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


def saved_picture(path: Path, seconds: float) -> Path | None:
    """Write the picture at `seconds` beside the video and return where, None when the folder does not take it; blocks.

    Another file is never written over.
    """
    from redub.media.frames import FrameReader  # the codecs come with the stage, which is there by now
    from redub.ui.preview.images import image_of

    with FrameReader(path) as reader:
        picture = image_of(reader.frame_at(seconds))
    stem = f"{path.stem} {seconds:07.3f}s"
    names = (path.with_name(f"{stem}{'' if n == 1 else f' ({n})'}.png") for n in range(1, 1000))
    target = next(name for name in names if not name.exists())
    return target if picture.save(str(target)) else None
