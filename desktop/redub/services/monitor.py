"""Follow every unfinished task until its result lies in the results folder; never send anything.

Each account has a round of its own, so that a service that cannot be reached holds up no other. What cannot be
asked now is asked again later: tasks go on by themselves when the network returns.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from dataclasses import replace

from redub.cloud.client import TaskReport, clock_fault
from redub.cloud.codes import UNKNOWN_TASK, fail_code
from redub.core.errors import Bug, CloudFault, RedubError, Unreachable
from redub.core.progress import Progress, Stage
from redub.core.tasks import UNFINISHED, RemoteStatus, TaskRecord, TaskState
from redub.i18n import _, ngettext
from redub.services.accounts import Accounts
from redub.services.asking import Gate, Next, Round
from redub.services.downloads import Downloads
from redub.services.ledger import Ledger
from redub.services.news import News
from redub.services.outlook import Outlooks
from redub.services.pace import GROWTH, Pace, pace_of
from redub.services.scope import TaskScope
from redub.store.settings import Settings
from redub.store.tasks import TaskStore

log = logging.getLogger(__name__)

_OFTEN_ENOUGH = 3
_ASKED = frozenset({TaskState.QUEUED, TaskState.MAKING})


class TaskMonitor:
    """Asks about tasks, and hands those that were made to the downloads."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        accounts: Accounts,
        downloads: Downloads,
        news: News,
        settings: Settings,
        outlooks: Outlooks,
    ) -> None:
        self._ledger = ledger
        self._accounts = accounts
        self._downloads = downloads
        self._news = news
        self._settings = settings
        self._outlooks = outlooks
        self._scope = TaskScope("task monitor")
        self._rounds: dict[tuple[str, str, str], Round] = {}
        self._gates: dict[Pace, Gate] = {}
        self._unreached: Counter[str] = Counter()
        self._unknown: Counter[str] = Counter()

    async def resume(self) -> tuple[TaskRecord, ...]:
        """Go on with everything unfinished, and return the tasks that an earlier crash has left unclear."""
        unclear = await self._ledger.read(lambda store: store.recover())
        for record in await self._ledger.read(lambda store: store.unfinished()):
            self.follow(record)
        return unclear

    def use(self, settings: Settings) -> None:
        """Keep another pace from now on."""
        self._settings = settings
        for (_site, base_url, _appkey), round_ in self._rounds.items():
            pace = pace_of(base_url, settings)
            round_.keep(pace, self._gates.setdefault(pace, Gate(pace.gap)))

    def follow(self, record: TaskRecord) -> None:
        """Follow one task; one that has ended, or is followed already, is left alone."""
        if record.state in _ASKED:
            self._round(record).add(record.id)
        elif record.state is TaskState.MADE:
            self._downloads.begin(record)

    def hurry(self, record: TaskRecord) -> None:
        """Ask about a task, or fetch its result, at once instead of after the pause."""
        self.follow(record)
        if record.state in _ASKED:
            self._round(record).hurry(record.id)
        self._downloads.hurry(record.id)

    async def finished(self, id: str, *, patience: float | None = None) -> TaskRecord:
        """Wait until a task has ended, and return it.

        :param patience: seconds that one trouble may last; None waits for ever
        :raises RedubError: the trouble that lasted longer, or one that only the person can end; the task
            itself is as it was, and is still followed
        """
        moved = asyncio.Event()
        endings = [
            self._ledger.changes.listen(lambda _record: moved.set()),
            self._news.changes.listen(lambda _id: moved.set()),
        ]
        try:
            while True:
                moved.clear()
                record = await self._ledger.read(lambda store: store.get(id))
                if record.state not in UNFINISHED:
                    return record
                left = self._left(id, patience)
                try:
                    async with asyncio.timeout(left):
                        await moved.wait()
                except TimeoutError:
                    continue
        finally:
            for end in endings:
                end()

    async def aclose(self) -> None:
        """Ask no more."""
        await self._scope.aclose()

    def _left(self, id: str, patience: float | None) -> float | None:
        """Return the seconds until the patience with a task's trouble ends, None without trouble; raise it then."""
        trouble = self._news.troubles.get(id)
        if trouble is None or patience is None:
            return None
        left = trouble.since + patience - asyncio.get_running_loop().time()
        if left <= 0 or not isinstance(trouble.error, CloudFault):
            raise trouble.error
        return left

    def _round(self, record: TaskRecord) -> Round:
        """Return the round of the task's account, begun with its first task."""
        key = (record.site, record.base_url, record.appkey)
        if key not in self._rounds:
            pace = pace_of(record.base_url, self._settings)
            gate = self._gates.setdefault(pace, Gate(pace.gap))
            round_ = Round(pace, self._ask, gate=gate, on_wake=lambda slept: self._woke(record, slept))
            self._rounds[key] = round_
            self._scope.start(round_.run(), name=f"tasks at {record.site}")
        return self._rounds[key]

    async def _ask(self, id: str, delay: float) -> Next:
        """Ask about one task and act on the answer; whatever goes wrong is noted and asked again."""
        record = await self._ledger.read(lambda store: store.get(id))
        if record.state not in _ASKED:
            return await self._leave(id)
        pace = self._round(record).pace
        try:
            account = await self._accounts.of(record)
            client = self._accounts.client(account)
            try:
                report = await client.progress(record.task_id)
            finally:
                self._news.warn(f"clock {record.account}", clock_fault(client))
            self._unreached.pop(record.account, None)
            return await self._take(record, report, delay)
        except RedubError as error:
            asked = getattr(error, "retry_after", None) or 0.0
            pause = max(pace.next(delay), asked)
            next = await self._failed(record, error, pause)
            return replace(next, rest=max(asked, self._rest(record, error, pace)))
        except Exception as exc:
            # One task must not keep the others from being asked about, and whoever waits for it must hear of it.
            log.exception("Task %s could not be asked about", record.task_id)
            bug = Bug(_("A task could not be asked about."), detail=repr(exc))
            return await self._failed(record, bug, pace.longest)

    def _rest(self, record: TaskRecord, error: RedubError, pace: Pace) -> float:
        """Return how long nothing is asked of an account that is out of reach: one question tells for all tasks."""
        if not isinstance(error, Unreachable):
            self._unreached.pop(record.account, None)
            return 0.0
        self._unreached[record.account] += 1
        return min(pace.longest, pace.first * GROWTH ** (self._unreached[record.account] - 1))

    async def _woke(self, record: TaskRecord, slept: float) -> None:
        """Open new connections: those from before the sleep are dead, and say so only after a minute."""
        log.info("The computer slept for %.0f s; everything is asked about anew", slept)
        self._unreached.clear()
        try:
            await self._accounts.client(await self._accounts.of(record)).renew()
        except RedubError:
            log.info("The account of %s cannot be used now", record.id)

    async def _take(self, record: TaskRecord, report: TaskReport, delay: float) -> Next:
        """Write down what the service said."""
        self._unknown.pop(record.id, None)
        now = await self._ledger.write(lambda store: _note(store, record.id, report))
        if now.state not in _ASKED:
            return await self._leave(record.id)
        self._outlooks.seen(now)
        outlook = await self._outlooks.of(now)
        note = " ".join(outlook.sentences) or _place(now)
        self._news.report(record.id, Progress(stage=Stage.MAKE, note=note))
        moved = (now.state, now.ahead) != (record.state, record.ahead)
        pace = self._round(record).pace
        is_making = now.state is TaskState.MAKING
        return Next(pace.first if moved else pace.next(delay, is_making=is_making))

    async def _leave(self, id: str) -> Next:
        """Stop asking: the task has ended, or its result is there to be fetched."""
        record = await self._ledger.refresh(id)
        if record.state is TaskState.MADE:
            self._downloads.begin(record)
        else:
            self._news.ended(id)
        return Next(None)

    async def _failed(self, record: TaskRecord, error: RedubError, pause: float) -> Next:
        """Note why a question had no answer; a task that the service does not know, again and again, is lost."""
        if isinstance(error, CloudFault) and error.code == UNKNOWN_TASK:
            self._unknown[record.id] += 1
            if self._unknown[record.id] >= _OFTEN_ENOUGH:
                await self._ledger.write(lambda store: store.failed(record.id, message=str(error)))
                return await self._leave(record.id)
        log.info("Task %s could not be asked about: %s", record.task_id, error)
        self._news.trouble(record.id, error)
        return Next(pause)


def _note(store: TaskStore, id: str, report: TaskReport) -> TaskRecord:
    """Write a report down; a failure in the creator's words."""
    before = store.get(id)
    now = store.reported(
        id,
        status=report.status,
        ahead=report.ahead,
        media_url=report.media_url,
        subtitles_url=report.subtitles_url,
        duration=report.duration,
        fail_code=report.fail_code,
        message=_failure(report) if report.status is RemoteStatus.FAIL else "",
    )
    if now.state is not before.state:
        store.answers.keep(id, "progress", report.answer, code=0, request_id=report.request_id)
    return now


def _failure(report: TaskReport) -> str:
    meaning = fail_code(report.fail_code)
    parts = [meaning.what, meaning.why, meaning.next_step]
    if report.fail_message:
        parts.append(_("The service says: {words}").format(words=report.fail_message))
    return " ".join(part for part in parts if part)


def _place(record: TaskRecord) -> str:
    if record.state is TaskState.MAKING:
        return _("in the making")
    if record.ahead:
        return ngettext("{n} task ahead", "{n} tasks ahead", record.ahead).format(n=record.ahead)
    return _("in the queue")
