"""Bring finished results home: fetch, decode, compare, and only then give them a name in the results folder.

A file under its final name is whole and playable. Until then it lies hidden beside it and a later run goes on
with it. The service keeps results for seven days; a link that has died is asked for anew.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from redub.cloud import downloads as wire
from redub.core.errors import Bug, CloudFault, RedubError, UserError
from redub.core.progress import Progress, Stage
from redub.core.tasks import RETENTION_SECONDS, RemoteStatus, TaskRecord, TaskState
from redub.i18n import _
from redub.paths import Places, ensure
from redub.services.accounts import Accounts
from redub.services.ledger import Ledger
from redub.services.line import Line
from redub.services.news import News
from redub.services.pace import jittered
from redub.services.publishing import (
    Published,
    partials_of,
    publish,
    published_before,
    subtitles_published,
)
from redub.services.results import Checked, check_subtitles, check_video
from redub.services.scope import TaskScope
from redub.services.threads import in_thread
from redub.services.turns import Turns
from redub.store.files import disk_errors
from redub.store.tasks import TaskStore

log = logging.getLogger(__name__)

AT_A_TIME = 2
ATTEMPTS_AT_A_WRONG_FILE = 2
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0


class Downloads:
    """Fetches the results of tasks that were made.

    :ivar checked: what was found about the results of this run, by our own id
    """

    def __init__(
        self,
        *,
        places: Places,
        ledger: Ledger,
        accounts: Accounts,
        news: News,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._places = places
        self._ledger = ledger
        self._accounts = accounts
        self._news = news
        self._clock = clock
        self._scope = TaskScope("downloads")
        self._line = Line(AT_A_TIME)
        self._turns = Turns(places.runtime / "downloads")
        self._begun: set[str] = set()
        self._resting: dict[str, asyncio.Event] = {}
        self._wrong: dict[str, int] = {}
        self._checked: dict[str, Checked] = {}

    @property
    def checked(self) -> Mapping[str, Checked]:
        """Return what was found about the results that were fetched in this run."""
        return MappingProxyType(self._checked)

    def begin(self, record: TaskRecord) -> None:
        """Bring the result of a task that was made home, however long it takes; once for each task."""
        if record.id not in self._begun:
            self._begun.add(record.id)
            task = self._scope.start(self._bring_home(record.id), name=record.name or record.id)
            task.add_done_callback(lambda _task: self._begun.discard(record.id))

    def hurry(self, id: str) -> None:
        """Try at once instead of after the pause, where a result could not be fetched."""
        if id in self._resting:
            self._resting[id].set()

    async def aclose(self) -> None:
        """Stop; what has arrived stays and is gone on with later."""
        await self._scope.aclose()

    async def _bring_home(self, id: str) -> None:
        """Try until the task has ended, with growing pauses."""
        pause = FIRST_PAUSE
        while True:
            try:
                waiting = await self._ledger.read(lambda store: store.get(id))
                # What dies first at the service is fetched first.
                async with self._line.place(waiting.expires or 0.0), self._turns.alone(id):
                    record = await self._ledger.refresh(id)
                    if record.state is TaskState.MADE:
                        await self._fetch(record)
                self._news.ended(id)
                return
            except RedubError as error:
                log.info("The result of %s could not be brought home: %s", id, error)
                await self._keep_answer(id, error)
                self._news.trouble(id, error)
                pause = max(pause, getattr(error, "retry_after", None) or 0)
            except Exception as exc:  # whoever waits for the result must hear of it
                self._news.trouble(id, Bug(_("The result could not be brought home."), detail=repr(exc)))
                raise
            await self._rest(id, jittered(pause))
            pause = min(LONGEST_PAUSE, pause * 2)

    async def _keep_answer(self, id: str, error: RedubError) -> None:
        if error.detail and isinstance(error, CloudFault):
            words, code = error.detail, error.code
            await self._ledger.read(lambda store: store.answers.keep(id, "download", words, code=code))

    async def _rest(self, id: str, seconds: float) -> None:
        """Wait until the next attempt, or until somebody is in a hurry."""
        self._resting[id] = asyncio.Event()
        try:
            async with asyncio.timeout(seconds):
                await self._resting[id].wait()
        except TimeoutError:
            return
        finally:
            del self._resting[id]

    async def _fetch(self, record: TaskRecord) -> None:
        """Fetch, verify and publish the result of `record`."""
        before = await asyncio.to_thread(published_before, record)
        if before is not None:
            found = await self._verify(record, before.video)
            await asyncio.to_thread(_clean, record)  # the run that was stopped may not have come to it
            await self._done(record, before, found)
            return
        with disk_errors(Path(record.folder), "could not be created"):
            await asyncio.to_thread(ensure, Path(record.folder))
        try:
            await self._fetch_video(record)
        except wire.LinkExpired as fault:
            record = await self._fresh(record, fault)
            if record.state is not TaskState.MADE:
                return
            await self._fetch_video(record)
        checked = await self._checked_or_refused(record)
        if checked is not None:
            checked = await self._with_subtitles(record, checked)
            await self._publish(record, checked)

    async def _fetch_video(self, record: TaskRecord) -> None:
        parts = partials_of(record)
        await wire.fetch(record.media_url, parts.video, report=lambda progress: self._tell(record, progress))

    async def _fresh(self, record: TaskRecord, fault: wire.LinkExpired) -> TaskRecord:
        """Ask for a fresh address; a result that was made too long ago is given up as expired.

        :raises CloudFault: the service cannot be asked, or has no other address yet
        """
        gone = self._clock() - (record.submitted or record.created) > RETENTION_SECONDS
        try:
            account = await self._accounts.of(record)
            report = await self._accounts.client(account).progress(record.task_id)
        except CloudFault as error:
            if gone and error.code is not None:
                return await self._expired(record, fault)
            raise
        if report.media_url and report.media_url != record.media_url:
            url, subtitles = report.media_url, report.subtitles_url
            return await self._ledger.write(
                lambda store: store.reported(
                    record.id, status=RemoteStatus.SUCCESS, media_url=url, subtitles_url=subtitles
                )
            )
        if gone:
            return await self._expired(record, fault)
        raise fault

    async def _expired(self, record: TaskRecord, fault: wire.LinkExpired) -> TaskRecord:
        message = _("The service keeps results for seven days, and this one is gone.") + f" {fault.why}"
        await asyncio.to_thread(_clean, record)
        return await self._ledger.write(lambda store: store.expired(record.id, message=message))

    async def _checked_or_refused(self, record: TaskRecord) -> Checked | None:
        """Verify what has arrived; a wrong file is removed and fetched again, and refused when it stays wrong."""
        video = partials_of(record).video
        try:
            checked = await self._verify(record, video)
        except UserError as error:
            await asyncio.to_thread(wire.clean, video)
            self._wrong[record.id] = self._wrong.get(record.id, 0) + 1
            if self._wrong[record.id] < ATTEMPTS_AT_A_WRONG_FILE:
                raise _wrong_file(error) from error
            message = str(_wrong_file(error))
            await self._ledger.write(lambda store: store.failed(record.id, message=message))
            return None
        return checked

    async def _verify(self, record: TaskRecord, video: Path) -> Checked:
        self._tell(record, Progress(stage=Stage.VERIFY, done=0, total=1))
        checked = await in_thread(lambda stopped: check_video(video, record, stopped))
        self._tell(record, Progress(stage=Stage.VERIFY, done=1, total=1))
        return checked

    async def _with_subtitles(self, record: TaskRecord, checked: Checked) -> Checked:
        """Fetch the subtitles, where there are any; without a readable file the video comes alone, with a remark."""
        if not record.subtitles_url or await asyncio.to_thread(subtitles_published, record):
            return checked
        part = partials_of(record).subtitles
        try:
            await wire.fetch(record.subtitles_url, part)
            cues, end = await asyncio.to_thread(check_subtitles, part)
        except (UserError, wire.LinkExpired) as error:
            await asyncio.to_thread(wire.clean, part)
            remark = _("The subtitles could not be used: {why}").format(why=error)
            return replace(checked, remark=f"{checked.remark} {remark}".strip())
        return replace(checked, cues=cues, last_cue=end)

    async def _publish(self, record: TaskRecord, checked: Checked) -> None:
        with_subtitles = checked.cues is not None or await asyncio.to_thread(subtitles_published, record)
        store, runtime = self._ledger.store, self._places.runtime
        # In a thread that is not broken off: between the two names nothing may come in between but a crash.
        published = await asyncio.shield(
            asyncio.get_running_loop().run_in_executor(
                None, lambda: _published(store, runtime, record, with_subtitles)
            )
        )
        await self._done(record, published, checked)

    async def _done(self, record: TaskRecord, published: Published, checked: Checked) -> None:
        self._checked[record.id] = checked
        if checked.remark:
            await self._ledger.read(lambda store: store.note(record.id, "remark", checked.remark))
        await self._ledger.write(
            lambda store: store.done(
                record.id,
                result=str(published.video),
                subtitles=str(published.subtitles or ""),
                duration=round(checked.video.duration, 3),
                result_hash=checked.sha256,
                result_bytes=checked.size,
            )
        )

    def _tell(self, record: TaskRecord, progress: Progress) -> None:
        self._news.report(record.id, progress)


def _published(store: TaskStore, runtime: Path, record: TaskRecord, with_subtitles: bool) -> Published:
    """Give the result its names, and leave nothing else behind."""
    published = publish(store, runtime, record, with_subtitles=with_subtitles)
    _clean(record)
    return published


def _clean(record: TaskRecord) -> None:
    """Remove what the download has left beside the results."""
    parts = partials_of(record)
    wire.clean(parts.video)
    wire.clean(parts.subtitles)


def _wrong_file(error: UserError) -> CloudFault:
    return CloudFault(
        _("What the service delivered is not the video that was ordered."),
        why=str(error),
        next_step=_("It is fetched once more; if it stays wrong, ask the service's support with the TaskId."),
    )
