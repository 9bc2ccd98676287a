"""Make a take at the chosen service: confirm what costs money, prepare, send once, and show how far it is."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from redub.core.errors import RedubError
from redub.core.progress import Progress, Stage
from redub.core.shot import Shot
from redub.core.tasks import TaskRecord, TaskState
from redub.i18n import _
from redub.ui.ask import Choice, ask_choice
from redub.ui.tasks.rows import ago, length
from redub.ui.verbs.tools import Tools

if TYPE_CHECKING:
    from pathlib import Path

    from redub.services.making import Again, Decide
    from redub.services.orders import Order
    from redub.services.workbench import Workbench

YES, NO, FOLLOW = "yes", "no", "follow"
REHEARSAL = "rehearsal"


class Sending:
    """Takes on their way to the service."""

    def __init__(self, tools: Tools, titles: dict[str, str]) -> None:
        self._tools = tools
        self._titles = titles

    def make(self) -> None:
        """Make the current take; one that is on its way already is left alone."""
        view = self._tools.editing.view
        if view.take is not None and view.take_id not in self._tools.sending:
            self._tools.sending.add(view.take_id)
            self._tools.editing.refresh()
            self._tools.start(self._make(view.take_id), f"make {view.take.name}")

    async def _make(self, take_id: str) -> None:
        view = self._tools.editing.view
        shot, name = view.shot, self._tools.shot_name
        seconds = view.plan.duration if view.plan is not None else None
        try:
            if await self._confirmed():
                await self.send(shot, name, take_id, seconds, self._decide)
        finally:
            self._tools.sending.discard(take_id)
            self._tools.editing.refresh()

    async def send(self, shot: Shot, name: str, take_id: str, seconds: float | None, decide: Decide) -> bool:
        """Bring a take that was confirmed into the queue, and show how far it is; False when `decide` stops it.

        :param name: what the shot is called
        :param seconds: expected length of the result
        :param decide: asked when exactly the same was sent before
        :raises RedubError: as `Maker.enqueue`
        """
        draft = self._draft(shot, name, take_id, seconds)

        def report(progress: Progress) -> None:
            self._tools.feed.prepare(draft, progress)

        try:
            report(Progress(stage=Stage.PREPARE))
            bench = await self._tools.bench
            order = _order(shot, name, take_id, bench.results_folder)
            record = await bench.maker.enqueue(order, report, decide)
            if record is not None:
                self._tools.feed.tell(record)
        finally:
            self._tools.feed.prepare(draft, None)
        if record is not None and record.state is TaskState.WAITING:
            # Waited for on its own: it may be hours until there is a place, and the take is free for other work.
            self._tools.start(self._sent(bench, record), f"send {record.take_name}")
        return record is not None

    async def _sent(self, bench: Workbench, record: TaskRecord) -> None:
        """Wait until a task was sent; a refusal is told like any failure."""
        await bench.queue.sent(record.id)

    def _draft(self, shot: Shot, name: str, take_id: str, seconds: float | None) -> TaskRecord:
        """Return a record to be shown until the service's own is there."""
        return TaskRecord(
            id=f"draft:{take_id}",
            state=TaskState.INTENDED,
            shot=name,
            take_id=take_id,
            take_name=shot.take(take_id).name,
            site=self._tools.site,
            expected_seconds=seconds,
            created=time.time(),
        )

    async def _confirmed(self) -> bool:
        """Ask before anything is paid for; a rehearsal costs nothing."""
        if self._tools.site == REHEARSAL:
            return True
        view = self._tools.editing.view
        long = length(view.speech_seconds, not view.speech_is_real) or _("unknown")
        answer = await ask_choice(
            self._tools.window,
            _("Make this take?"),
            _("{title} makes it, and your account pays for it. Length: {long}.").format(
                title=self._titles.get(self._tools.site, _("The service")), long=long
            )
            + await self._quota(),
            (Choice(YES, _("Make"), "primary"), Choice(NO, _("Cancel"), is_escape=True)),
        )
        return answer == YES

    async def _quota(self) -> str:
        """Say what the take will use and what is left, in lines of their own; "" where nothing can be said."""
        view, bench = self._tools.editing.view, await self._tools.bench
        if view.take is None:
            return ""
        try:
            quota = await bench.quota.view(
                shot=self._tools.shot_name,
                concurrency=view.take.options.concurrency,
                seconds=view.speech_seconds,
            )
        except RedubError:
            return ""  # what is wrong with the account is said when the take is sent
        return "\n\n" + "\n".join(quota.sentences)

    async def _decide(self, twins: tuple[TaskRecord, ...]) -> Again:
        """Ask what to do when exactly the same was sent before; a rehearsal is simply made again."""
        from redub.services.making import Again  # comes with the workbench, which is open by now

        if self._tools.site == REHEARSAL:
            return Again.SEND
        latest = twins[-1]
        said = _("Exactly this take was sent {ago} ago. Sending it again is paid for again.").format(
            ago=ago(time.time() - latest.created)
        )
        if latest.state in {TaskState.UNCLEAR, TaskState.INTENDED}:
            said += " " + _("It is not known whether it was made: look into your account first.")
        answer = await ask_choice(
            self._tools.window,
            _("This was sent before."),
            said,
            (
                Choice(FOLLOW, _("Use the earlier one"), "primary"),
                Choice(YES, _("Pay and send again")),
                Choice(NO, _("Cancel"), is_escape=True),
            ),
        )
        return {YES: Again.SEND, FOLLOW: Again.FOLLOW}.get(answer, Again.STOP)


def _order(shot: Shot, name: str, take_id: str, folder: Path) -> Order:
    from redub.services.orders import Order  # comes with the workbench, which is open by now

    return Order(shot=shot, take_id=take_id, shot_name=name, folder=folder)
