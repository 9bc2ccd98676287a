"""The creator's own queue: sends a task when the account has a place for it, in the creator's order, each once.

A service that has no place answers with a refusal instead of queueing; here the task keeps its turn and is sent when a
place is free. How many places there are is learned. The order, pauses and moments are on the disk, so that a night's
work goes on after a crash; taking the next task is one step of the database, so that two programs never send it twice.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

from redub.cloud.client import Submitted
from redub.core.errors import CloudFault, EnvironmentFault, RedubError, Refused, Unclear, Unreachable
from redub.core.tasks import OCCUPYING, TaskRecord, TaskState
from redub.i18n import _
from redub.services.accounts import Accounts
from redub.services.ledger import Ledger
from redub.services.monitor import TaskMonitor
from redub.services.news import News
from redub.services.places import QUOTA_EXCEEDED, Rest, may_be_queued, place_limit, rest_after
from redub.services.queueview import AccountState, Waiting, states_of, waiting_of
from redub.services.scope import TaskScope
from redub.store.tasks import Intent, TaskStore

log = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds that a request which is under way gets to end when the program is closed."""
FRESH_SECONDS = 30.0
"""So long somebody waits in front of it: a service that is out of reach is said at once, not waited for."""
KEEP_AGAIN = 2.0
"""Seconds between two attempts to write a TaskId to a disk that refuses."""
LOOK_AGAIN, LOOK_SELDOM = 2.0, 30.0
"""Seconds between two looks at what other copies of the program have changed, while something waits and else."""


class SendQueue:
    """Sends what waits; `wake` makes it look at once."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        accounts: Accounts,
        monitor: TaskMonitor,
        news: News,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._ledger = ledger
        self._accounts = accounts
        self._monitor = monitor
        self._warnings = news
        self._clock = clock
        self._scope = TaskScope("queue", on_failure=_told)
        self._mine: set[str] = set()
        self._sends_all = False
        self._sending: dict[str, asyncio.Task[None]] = {}
        self._faults: dict[str, RedubError] = {}
        self._occupying: dict[str, str] = {}
        self._full: set[str] = set()
        self._freed: set[str] = set()
        self._news = asyncio.Event()
        self._runner: asyncio.Task[None] | None = None
        self._end_listening = ledger.changes.listen(self._hear)

    def begin(self) -> None:
        """Send everything that waits from now on, also what earlier runs have left."""
        self._sends_all = True
        self._run()

    async def enter(self, intent: Intent) -> TaskRecord:
        """Put `intent` into the queue, on the disk; it is sent when its turn comes."""
        record = await self._ledger.write(lambda store: store.waiting.enter(intent))
        self.adopt(record.id)
        return record

    def adopt(self, id: str) -> None:
        """Send this task too, where only chosen ones are sent."""
        self._mine.add(id)
        self._run()

    async def sent(self, id: str, *, patience: float | None = None) -> TaskRecord:
        """Wait until a task has left the queue and was sent, and return it.

        :param patience: seconds that the service may refuse it for want of a place; None waits for ever
        :raises Refused, Unreachable: the service made nothing; the fault, as it came
        :raises Unclear: nobody knows
        """
        moved = asyncio.Event()
        end = self._ledger.changes.listen(lambda _record: moved.set())
        started = asyncio.get_running_loop().time()
        try:
            while True:
                moved.clear()
                record = await self._ledger.read(lambda store: store.get(id))
                if record.state not in {TaskState.WAITING, TaskState.INTENDED}:
                    return self._outcome(record)
                late = asyncio.get_running_loop().time() - started > (patience or 0)
                if patience is not None and late and record.state is TaskState.WAITING and id in self._faults:
                    raise self._faults.pop(id)
                await _until(moved, LOOK_AGAIN)
        except asyncio.CancelledError:
            await self._let_end(id)
            raise
        finally:
            end()

    async def waiting(self) -> tuple[Waiting, ...]:
        """Return the queue in its order, each with what it waits for."""
        return await self._ledger.read(lambda store: waiting_of(store, self._clock()))

    async def why(self, id: str) -> str:
        """Say what one task waits for; "" when it does not wait."""
        return next((one.why for one in await self.waiting() if one.record.id == id), "")

    async def states(self) -> tuple[AccountState, ...]:
        """Return every account that something waits for or runs at."""
        return await self._ledger.read(lambda store: states_of(store, self._clock()))

    async def pause(self, account: str, *, paused: bool = True) -> None:
        """Stop the queue of an account (`TaskRecord.account`), or let it go on; what was sent is not touched."""
        await self._ledger.read(lambda store: store.accounts.pause(account, paused))
        self.wake()

    async def hold(self, id: str, *, held: bool = True) -> TaskRecord:
        """Keep one task back, or let it go."""
        return await self._arranged(lambda store: store.waiting.arrange(id, held=held))

    async def prioritise(self, id: str, priority: int) -> TaskRecord:
        """Give a task another priority: higher ones are sent first; 0 is the ordinary one."""
        return await self._arranged(lambda store: store.waiting.arrange(id, priority=priority))

    async def start_after(self, id: str, moment: float | None) -> TaskRecord:
        """Send a task not before `moment` (Unix seconds); None sends it when its turn comes."""
        return await self._arranged(
            lambda store: store.waiting.arrange(id, not_before=moment, at_once=moment is None)
        )

    async def move(self, id: str, before: str | None) -> TaskRecord:
        """Put a task before another one of the queue, or at its end."""
        return await self._arranged(lambda store: store.waiting.move(id, before))

    async def withdraw(self, id: str) -> TaskRecord:
        """Take a task out of the queue; nothing was sent."""
        message = _("It was taken out of the queue; nothing was sent.")
        return await self._arranged(lambda store: store.waiting.withdraw(id, message=message))

    async def retry_now(self, account: str) -> None:
        """Forget the pause that the service has asked for, and try at once."""
        await self._ledger.read(lambda store: store.accounts.go_on(account))
        self.wake()

    def wake(self) -> None:
        """Look at once whether something can be sent."""
        self._news.set()

    async def aclose(self) -> None:
        """Let requests that are under way end, then stop; what stays open is written down as unclear."""
        self._end_listening()
        if self._runner is not None:
            self._runner.cancel()
        if self._sending:
            await asyncio.wait(set(self._sending.values()), timeout=PATIENCE)
        await self._scope.aclose()

    async def _arranged(self, step: Callable[[TaskStore], TaskRecord]) -> TaskRecord:
        record = await self._ledger.write(step)
        self.wake()
        return record

    def _hear(self, record: TaskRecord) -> None:
        """Notice that a place is free: what waits for one need not wait for the pause to end."""
        if record.state in OCCUPYING:
            self._occupying[record.id] = record.account
            return
        if self._occupying.pop(record.id, None) and record.state is not TaskState.WAITING:
            self._freed.add(record.account)
        self._news.set()

    def _run(self) -> None:
        if self._runner is None or self._runner.done():
            self._runner = self._scope.start(self._serve(), name="sending")
        self.wake()

    async def _serve(self) -> None:
        """Send whatever can be sent, then wait for news or the next moment."""
        while True:
            self._news.clear()
            try:
                waits = await self._send_what_can_be()
            except RedubError:
                log.exception("The queue could not be looked through")
                waits = True
            await _until(self._news, LOOK_AGAIN if waits else LOOK_SELDOM)

    async def _send_what_can_be(self) -> bool:
        """Begin one request for each account that has a place; say whether anything waits."""
        records = await self._ledger.read(lambda store: store.waiting.all())
        wanted = [one for one in records if self._sends_all or one.id in self._mine]
        for account in dict.fromkeys(one.account for one in wanted):
            if account not in self._sending:
                self._start(account)
        return bool(wanted)

    async def _claim(self, account: str) -> TaskRecord | None:
        only = None if self._sends_all else frozenset(self._mine)
        now, hurries = self._clock(), account in self._freed & self._full
        self._freed.discard(account)

        def work(store: TaskStore) -> TaskRecord | None:
            note = store.accounts.get(account)
            rests = note.rest_until is not None and note.rest_until > now and not hurries
            if note.paused or rests:
                return None
            return store.waiting.claim(account, place_limit(note, now), only=only)

        return await self._ledger.step(work)

    def _start(self, account: str) -> None:
        """Send in a task of its own: closing a window must not tear it off in the middle."""
        self._sending[account] = self._scope.start(self._send_next(account), name=account)

    async def _send_next(self, account: str) -> None:
        """Send as long as the account has places; one after the other, as its pauses are its own."""
        try:
            while (record := await self._claim(account)) is not None:
                await self._send(record)
        finally:
            self._sending.pop(account, None)

    async def _send(self, record: TaskRecord) -> None:
        """Send one request, and write down what became of it before anybody is told."""
        try:
            # Asked again for each: a rehearsal service may have ended meanwhile, and is started anew by this.
            client = self._accounts.client(await self._accounts.of(record))
        except (RedubError, asyncio.CancelledError) as fault:
            await self._not_sent(record, fault)
            return
        try:
            submitted = await client.submit(record.request.encode())
        except (Refused, Unreachable) as fault:
            await self._refused(record, fault)
        except BaseException as fault:
            known = isinstance(fault, Unclear)
            message = str(fault) if known else _("The program was closed meanwhile.")
            if isinstance(fault, CloudFault):
                await self._keep_answer(record, fault)
                self._faults[record.id] = fault
            await self._ledger.write(lambda store: store.unclear(record.id, message=message))
            if not known:
                raise
        else:
            accepted = await self._kept(record, submitted)
            self._faults.pop(record.id, None)
            self._full.discard(record.account)
            self._monitor.follow(accepted)
            await self._ledger.read(
                lambda store: _accepted(store, record, submitted.answer, submitted.request_id)
            )

    async def _kept(self, record: TaskRecord, submitted: Submitted) -> TaskRecord:
        """Write the TaskId down, the only key to a paid result; a disk that refuses is tried until it takes it."""
        detail = f"TaskId {submitted.task_id}, RequestID {submitted.request_id}"
        while True:
            try:
                accepted = await self._ledger.write(
                    lambda store: store.accepted(
                        record.id, submitted.task_id, detail=detail, request_id=submitted.request_id
                    )
                )
            except EnvironmentFault as fault:
                log.error("The task %s was accepted and could not be written down: %s", record.id, detail)  # noqa: TRY400 - the fault says it all
                self._warnings.warn(f"history {record.id}", _not_kept(submitted.task_id, fault))
                await asyncio.sleep(KEEP_AGAIN)
            else:
                self._warnings.warn(f"history {record.id}", None)
                return accepted

    async def _not_sent(self, record: TaskRecord, fault: BaseException) -> None:
        """Nothing was sent: the account is not complete, or the program is being closed."""
        if isinstance(fault, RedubError):
            self._faults[record.id] = fault
            message = str(fault)
            await self._ledger.write(lambda store: store.refused(record.id, message=message))
            return
        said = _("The program was closed before it was sent.")
        await self._ledger.write(lambda store: store.waiting.give_back(record.id, said))
        raise fault

    async def _refused(self, record: TaskRecord, fault: CloudFault) -> None:
        """Put the task back into the queue where that can help; otherwise it has ended."""
        await self._keep_answer(record, fault)
        self._faults[record.id] = fault
        waited = record.refusals > 0 or self._clock() - record.created > FRESH_SECONDS
        message, code = str(fault), fault.code
        if may_be_queued(fault, has_waited=waited):
            if code == QUOTA_EXCEEDED:
                self._full.add(record.account)
            rest = await self._ledger.read(lambda store: self._learned(store, record, fault))
            log.info("The service has no place for %s; tried again in %.0f s", record.id, rest.seconds)
            await self._ledger.write(lambda store: store.waiting.give_back(record.id, message))
            return
        await self._ledger.write(
            lambda store: store.refused(record.id, message=message, code=code, request_id=fault.request_id)
        )

    def _learned(self, store: TaskStore, record: TaskRecord, fault: CloudFault) -> Rest:
        """Write down how long nothing is to be sent, and how many places there are."""
        note = store.accounts.get(record.account)
        taken = store.waiting.taken_places(record.account) - 1  # not counting this one
        rest = rest_after(fault, note.rests, taken)
        if rest.places is not None:
            store.accounts.learn(record.account, rest.places)
        store.accounts.rest(record.account, rest.seconds, str(fault))
        return rest

    async def _keep_answer(self, record: TaskRecord, fault: CloudFault) -> None:
        body, code, request_id = fault.answer or fault.detail, fault.code, fault.request_id
        await self._ledger.read(
            lambda store: store.answers.keep(record.id, "submit", body, code=code, request_id=request_id)
        )

    def _outcome(self, record: TaskRecord) -> TaskRecord:
        """Return a task that was sent; raise what its state means otherwise."""
        fault = self._faults.pop(record.id, None)
        if record.state is TaskState.REFUSED:
            raise fault or Refused(record.message, code=record.code)
        if record.state is TaskState.UNCLEAR:
            raise fault or Unclear(record.message)
        return record

    async def _let_end(self, id: str) -> None:
        """Give a request that is under way the time to end; nobody waits for it any more."""
        moved = asyncio.Event()
        end = self._ledger.changes.listen(lambda _record: moved.set())
        deadline = asyncio.get_running_loop().time() + PATIENCE
        try:
            while (task := await self._task_of(id)) is not None:
                left = deadline - asyncio.get_running_loop().time()
                if left <= 0:
                    task.cancel()
                    await asyncio.wait([task])
                    return
                await _until(moved, left)
                moved.clear()
        finally:
            end()

    async def _task_of(self, id: str) -> asyncio.Task[None] | None:
        """Return what is sending the task `id` right now."""
        record = await self._ledger.read(lambda store: store.get(id))
        return self._sending.get(record.account) if record.state is TaskState.INTENDED else None


async def _until(event: asyncio.Event, seconds: float | None) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return


def _accepted(store: TaskStore, record: TaskRecord, answer: str, request_id: str) -> None:
    store.answers.keep(record.id, "submit", answer, code=0, request_id=request_id)
    store.accounts.go_on(record.account)


def _not_kept(task_id: str, fault: EnvironmentFault) -> EnvironmentFault:
    return EnvironmentFault(
        _("The service took the job, but its TaskId could not be written down yet: {task_id}").format(
            task_id=task_id
        ),
        why=fault.why,
        next_step=_("Leave the program open and make space; it is tried again every two seconds."),
        detail=fault.detail,
    )


def _told(_name: str, failure: BaseException) -> None:
    """Leave a failure to whoever waits for the task; only the log hears of it here."""
    log.info("A request came back without a task: %s", failure)
