"""What a person can do with a task: settle an unclear one, send it again, ask again, give up, forget, bring back.

Nothing here pays by itself: `send_again` and `submit_again` are the only two that lead to a new paid job, and both put
it into the creator's queue as a task of its own, so that the history keeps both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from redub.cloud.codes import UNKNOWN_TASK
from redub.core.errors import CloudFault, UserError
from redub.core.tasks import RESTING, UNFINISHED, TaskRecord, TaskState
from redub.i18n import _
from redub.services.accounts import Accounts
from redub.services.ledger import Ledger
from redub.services.monitor import TaskMonitor
from redub.services.publishing import SUBTITLES_ENDING
from redub.services.results import check_video
from redub.services.sendqueue import SendQueue
from redub.services.threads import in_thread
from redub.store.tasks import TaskStore


class Deed(StrEnum):
    """What can be done with a task; `deeds_for` says which of it makes sense now."""

    IT_WAS_MADE = "it_was_made"
    SEND_AGAIN = "send_again"
    GIVE_UP = "give_up"
    RETRY = "retry"
    SUBMIT_AGAIN = "submit_again"
    FORGET = "forget"
    RELOCATE = "relocate"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What `forget` took off the list; `undo` of it brings exactly these back."""

    ids: tuple[str, ...]


def deeds_for(record: TaskRecord) -> frozenset[Deed]:
    """Return what can be done with `record` as it is now."""
    state, deeds = record.state, set[Deed]()
    if state is TaskState.UNCLEAR:
        deeds |= {Deed.IT_WAS_MADE, Deed.SEND_AGAIN, Deed.GIVE_UP}
    if state in UNFINISHED:
        deeds |= {Deed.RETRY, Deed.GIVE_UP}
    if state is TaskState.WAITING:
        deeds |= {Deed.WITHDRAW, Deed.RETRY}
    if state in RESTING:
        deeds |= {Deed.FORGET, Deed.SUBMIT_AGAIN}
        if state is not TaskState.DONE and (record.task_id or state is TaskState.REFUSED):
            deeds.add(Deed.RETRY)
    if state is TaskState.DONE:
        deeds.add(Deed.RELOCATE)
    return frozenset(deeds)


class TaskActions:
    """The deeds; each returns the task as it is afterwards, and everybody is told by the ledger."""

    def __init__(self, *, ledger: Ledger, accounts: Accounts, monitor: TaskMonitor, queue: SendQueue) -> None:
        self._ledger = ledger
        self._accounts = accounts
        self._monitor = monitor
        self._queue = queue

    async def it_was_made(self, id: str, task_id: str) -> TaskRecord:
        """Settle an unclear task with the TaskId that the creator has found in the account; it is followed then.

        The service is asked first, so that a mistyped TaskId changes nothing.

        :raises UserError: the service does not know this TaskId, another task has it, or the task is not unclear
        :raises CloudFault: the service cannot be asked now; nothing was changed
        """
        record = await self._wanted(id, TaskState.UNCLEAR)
        found = task_id.strip()
        await self._check_task_id(record, found)
        said = _("You found it at the service: TaskId {task_id}").format(task_id=found)
        accepted = await self._ledger.write(lambda store: store.accepted(id, found, detail=said))
        self._monitor.follow(accepted)
        return accepted

    async def send_again(self, id: str) -> TaskRecord:
        """Send the request of an unclear task once more, as a new task; the old one is given up. It may be paid twice.

        :raises UserError: the task is not unclear
        """
        await self._wanted(id, TaskState.UNCLEAR)
        return await self._again(id, _("You had it sent again, as nobody knew whether it was made."))

    async def submit_again(self, id: str) -> TaskRecord:
        """Send the exact request of an earlier task once more, as a new task that is paid for.

        :raises UserError: the earlier task goes on, or nobody knows whether it was made
        """
        await self._wanted(id, *RESTING)
        return await self._again(id, _("You had the same sent again."))

    async def give_up(self, id: str) -> TaskRecord:
        """Follow a task no more (it may go on at the service), or settle an unclear one; one that waits is withdrawn.

        :raises UserError: the task has ended
        """
        record = await self._wanted(id, TaskState.UNCLEAR, TaskState.WAITING, *UNFINISHED)
        if record.state is TaskState.WAITING:
            return await self._queue.withdraw(id)
        said = _("You gave it up.")
        return await self._ledger.write(lambda store: store.given_up(id, message=said))

    async def retry(self, id: str) -> TaskRecord:
        """Go on with a task at once, in the way that costs nothing where there is one.

        Running: asked or fetched now. Failed, expired or given up with a TaskId: asked about again. Waiting: tried now.
        Refused: put into the queue again, as the service had made nothing.

        :raises UserError: there is nothing to retry
        """
        record = await self._ledger.read(lambda store: store.get(id))
        if record.state is TaskState.WAITING:
            await self._queue.retry_now(record.account)
            self._queue.adopt(id)
        elif record.state in UNFINISHED:
            self._monitor.hurry(record)
        elif record.state is TaskState.REFUSED:
            return await self._again(id, _("You tried it again."))
        elif record.state in RESTING and record.state is not TaskState.DONE and record.task_id:
            record = await self._ledger.write(
                lambda store: store.take_up(id, detail=_("You had the service asked again."))
            )
            self._monitor.follow(record)
        else:
            raise _not_now(record)
        return record

    async def forget(self, ids: Iterable[str]) -> Forgotten:
        """Take tasks that have ended off the list. Results stay where they are, and nothing is deleted.

        :raises UserError: one of them has not ended; then none is taken off
        """
        wanted = tuple(dict.fromkeys(ids))
        for id in wanted:
            await self._wanted(id, *RESTING)
        await self._ledger.step(lambda store: store.forget(*wanted))
        return Forgotten(wanted)

    async def undo(self, forgotten: Forgotten) -> tuple[TaskRecord, ...]:
        """Bring back what `forget` took off the list."""
        return await self._ledger.step(lambda store: store.remember(*forgotten.ids))

    async def relocate(self, id: str, path: Path) -> TaskRecord:
        """Note where a finished result lies now; it is decoded first, and the SRT beside it comes along.

        :raises UserError: the file is not this result
        """
        record = await self._wanted(id, TaskState.DONE)
        await in_thread(lambda stopped: check_video(path, record, stopped))
        subtitles = path.with_suffix(SUBTITLES_ENDING)
        beside = str(subtitles) if subtitles.is_file() else ""
        return await self._ledger.write(lambda store: store.moved(id, result=str(path), subtitles=beside))

    async def _again(self, id: str, detail: str) -> TaskRecord:
        def work(store: TaskStore) -> tuple[TaskRecord, TaskRecord]:
            return store.again(id, detail=detail)

        _old, new = await self._ledger.step(work)
        self._queue.adopt(new.id)
        return new

    async def _wanted(self, id: str, *states: TaskState) -> TaskRecord:
        record = await self._ledger.read(lambda store: store.get(id))
        if record.state not in states:
            raise _not_now(record)
        return record

    async def _check_task_id(self, record: TaskRecord, task_id: str) -> None:
        if not task_id:
            raise UserError(_("The TaskId is missing."), next_step=_("Look it up in your account."))

        def holder(store: TaskStore) -> TaskRecord | None:
            return store.with_task_id(task_id)

        other = await self._ledger.read(holder)
        if other is not None:
            said = _("The task {name} has it already.").format(name=other.take_name or other.id[:8])
            raise UserError(_("This TaskId belongs to another task."), why=said)
        client = self._accounts.client(await self._accounts.of(record))
        try:
            await client.progress(task_id)
        except CloudFault as fault:
            if fault.code != UNKNOWN_TASK:
                raise
            raise UserError(
                _("The service does not know the TaskId “{task_id}”.").format(task_id=task_id),
                next_step=_("Copy it from your account once more; the task stays as it is."),
                detail=fault.detail,
            ) from fault


def _not_now(record: TaskRecord) -> UserError:
    return UserError(
        _("This cannot be done with the task now."),
        why=_("It stands at “{state}”.").format(state=record.state.value),
    )
