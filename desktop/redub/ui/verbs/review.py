"""Reviewing results in their window: open it, keep what is decided, make the next take, export."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from redub.core.errors import RedubError
from redub.core.tasks import TaskRecord
from redub.i18n import _
from redub.ui.ask import ask_folder, ask_save
from redub.ui.notices import Notice, NoticeAction, NoticeLevel
from redub.ui.verbs.tools import Tools

if TYPE_CHECKING:
    from redub.core.review import Review
    from redub.services.review import Session
    from redub.services.workbench import Workbench
    from redub.ui.review.window import ReviewWindow


log = logging.getLogger(__name__)


class ReviewActions:
    """Everything that can be done in a review; its window is made when it is first wanted."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._window: ReviewWindow | None = None
        self._opening = 0

    async def begin(self, bench: Workbench) -> None:
        """Show in the table of tasks how every review stands, now and whenever one is changed."""
        show = self._tools.panels.tasks.show_reviews
        bench.reviews.changes.listen(show)
        show(await bench.reviews.summaries())

    def open(self) -> None:
        """Review the task that is chosen in the table, else the newest result of the take, else of the shot."""
        record = self._wanted()
        if record is not None:
            self.review(record)

    def review(self, record: TaskRecord) -> None:
        """Review the result of one task."""
        self._start(record.id, None)

    def close(self) -> None:
        """Let go of all videos; for the end of the program."""
        if self._window is not None:
            self._window.close_clips()
            self._window.hide()

    def _wanted(self) -> TaskRecord | None:
        chosen = [record for record in self._tools.panels.tasks.chosen if record.result]
        if chosen:
            return chosen[0]
        take_id = self._tools.editing.view.take_id
        made = sorted((one for one in self._tools.feed.records if one.result), key=lambda one: one.created)
        of_take = [one for one in made if one.take_id == take_id] or made
        return of_take[-1] if of_take else None

    def _start(self, id: str, beside: object) -> None:
        keys = tuple(map(str, beside)) if isinstance(beside, tuple) else None
        self._opening += 1
        self._tools.start(self._show(id, keys, self._opening), "open a review")

    async def _show(self, id: str, beside: tuple[str, ...] | None, turn: int) -> None:
        bench = await self._tools.bench
        session = await bench.reviews.open(id, self._tools.editing.view, beside)
        if turn != self._opening:
            return  # another one is wanted by now
        if self._tools.stage is not None:
            self._tools.stage.preview.shuttle(0)
            self._tools.stage.player.shuttle(0)
        window = self._the_window()
        window.show_session(session)
        window.show_up()
        await self._fetch_sounds(session, turn)

    async def _fetch_sounds(self, session: Session, turn: int) -> None:
        """Lay out the sound of every pane along the result; one without sound stays silent."""
        bench = await self._tools.bench
        for place, pane in enumerate(session.panes):
            try:
                sound: Path | None = await asyncio.to_thread(
                    bench.reviews.write_sound, pane, f"{turn % 2}-{place}"
                )
            except RedubError as error:
                log.info("“%s” is not heard: %s", pane.title, error)
                sound = None
            if turn != self._opening or self._window is None:
                return
            if sound is None:
                self._window.note_silent(pane.key)
            else:
                self._window.take_sound(pane.key, sound)

    def _the_window(self) -> ReviewWindow:
        if self._window is None:
            from redub.ui.review.window import (
                ReviewWindow,  # with the codecs, which the stage has loaded by now
            )

            self._window = window = ReviewWindow(self._tools.window)
            window.session_wanted.connect(self._start)
            window.review_changed.connect(self._keep)
            window.redo_wanted.connect(self._redo)
            window.export_wanted.connect(lambda session, _review: self._ask("export", session, _review))
            window.sheet_wanted.connect(partial(self._ask, "sheet"))
            window.playing_changed.connect(self._silence)
        return self._window

    def _silence(self, plays: bool) -> None:
        """Let only the review be heard while it plays."""
        if plays and self._tools.stage is not None:
            self._tools.stage.preview.shuttle(0)
            self._tools.stage.player.shuttle(0)

    def _keep(self, id: str, review: Review) -> None:
        self._tools.start(self._keep_now(id, review), "keep a review")

    async def _keep_now(self, id: str, review: Review) -> None:
        bench = await self._tools.bench
        await bench.reviews.keep(id, review)

    def _redo(self, session: Session, review: Review) -> None:
        """Make the redo list the next take of the shot, in one step."""
        from redub.services.redoing import redo_edit  # comes with the workbench, which is open by now

        try:
            edit, take_id = redo_edit(review, session.record, self._tools.editing.view)
        except RedubError as error:
            self._tools.notices.post_error(error)
            return
        self._tools.apply(edit)
        self._tools.choose_take(take_id)
        take = self._tools.editing.view.take
        self._tools.window.arrangement.show_panel("script")
        self._tools.notices.post(
            Notice(
                level=NoticeLevel.OK,
                text=_("“{name}” is the next take.").format(name=take.name if take is not None else ""),
                more=_("It says just the sentences to redo; make it when they are as you want them."),
                actions=(NoticeAction(_("Undo"), self._tools.editing.undo),),
                replace="review",
            )
        )
        self._tools.window.come_forward()

    def _ask(self, what: str, session: Session, review: Review) -> None:
        work = self._export(session) if what == "export" else self._sheet(session, review)
        self._tools.start(work, f"{what} of a review")

    async def _export(self, session: Session) -> None:
        from redub.services.reviewfiles import export_take

        folder = await ask_folder(self._the_window(), _("Export the take and its subtitles to a folder"))
        if folder is not None:
            made = await asyncio.to_thread(export_take, session.record, folder)
            self._say_written(_("The take was exported."), made)

    async def _sheet(self, session: Session, review: Review) -> None:
        from redub.services.reviewfiles import export_sheet

        video = session.panes[0].path
        suggestion = str(video.with_name(f"{video.stem} {_('review')}.html"))
        filters = _("Web page (*.html);;Table (*.csv)")
        path = await ask_save(self._the_window(), _("Save the review sheet"), filters, suggestion, "html")
        if path is not None:
            made = await asyncio.to_thread(export_sheet, session.record, review, path)
            self._say_written(_("The review sheet was saved."), (made,))

    def _say_written(self, text: str, made: tuple[Path, ...]) -> None:
        more = "\n".join(str(path) for path in made)
        self._tools.say(text, more, NoticeLevel.OK, replace="review")
