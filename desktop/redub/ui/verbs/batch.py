"""Make many takes: checked together, confirmed once, then into the queue in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from redub.core.checkedtakes import CheckedTake
from redub.core.errors import RedubError
from redub.core.shot import Shot
from redub.core.tasks import TaskRecord
from redub.i18n import _, ngettext
from redub.ui.ask import ask
from redub.ui.batch import BatchDialog
from redub.ui.notices import NoticeLevel
from redub.ui.notices.hooks import tell
from redub.ui.verbs.sending import REHEARSAL, Sending
from redub.ui.verbs.tools import Tools

if TYPE_CHECKING:
    from redub.services.making import Again
    from redub.services.takesbatch import TakesBatch


class BatchActions:
    """Batches of one window."""

    def __init__(self, tools: Tools, sending: Sending, titles: dict[str, str]) -> None:
        self._tools, self._sending, self._titles = tools, sending, titles
        self._asked = 0

    def make_all(self) -> None:
        """Show all takes with what is found about them, and make those that are ticked."""
        self._tools.start(self._make_all(), "make all takes")

    async def _make_all(self) -> None:
        shot, name = self._tools.editing.view.shot, self._tools.shot_name
        batch = await self._batch()
        checked = await batch.check(shot)
        dialog = BatchDialog(self._tools.window, checked, self._busy(), self._service())
        dialog.take_wanted.connect(self._tools.choose_take)
        dialog.total_wanted.connect(
            lambda: self._tools.start(self._count(dialog, batch, name), "count the takes of a batch")
        )
        await self._count(dialog, batch, name)
        if await ask(dialog) == QDialog.DialogCode.Accepted:
            await self._send_all(shot, name, dialog.chosen, again=dialog.sends_again)

    async def _batch(self) -> TakesBatch:
        from redub.services.takesbatch import TakesBatch  # comes with the workbench

        bench = await self._tools.bench
        return TakesBatch(
            preflight=bench.preflight,
            deriver=bench.deriver,
            voices=bench.voices,
            accounts=bench.accounts,
            quota=bench.quota,
        )

    def _busy(self) -> dict[str, str]:
        return {take_id: _("This take is being sent already.") for take_id in self._tools.sending}

    def _service(self) -> str:
        """Return what the service is called that is paid, "" for the rehearsal."""
        site = self._tools.site
        return "" if site == REHEARSAL else self._titles.get(site, _("The service"))

    async def _count(self, dialog: BatchDialog, batch: TakesBatch, name: str) -> None:
        """Say the total; the newest question wins."""
        self._asked += 1
        asked = self._asked
        total = await batch.total(name, dialog.chosen, is_free=self._tools.site == REHEARSAL)
        if asked == self._asked:
            dialog.show_total(total)

    async def _send_all(self, shot: Shot, name: str, chosen: tuple[CheckedTake, ...], *, again: bool) -> None:
        """Send what was confirmed, as it was then: the shot may be worked on meanwhile."""
        ids = {one.take.id for one in chosen} - self._tools.sending
        self._tools.sending |= ids
        self._tools.editing.refresh()
        decide = _Decision(again or self._tools.site == REHEARSAL)
        sent = 0
        try:
            for one in chosen:
                if one.take.id in ids and await self._send(shot, name, one, decide):
                    sent += 1
                self._tools.sending.discard(one.take.id)
        finally:
            self._tools.sending -= ids
            self._tools.editing.refresh()
        self._say(sent - decide.followed, decide.followed)

    async def _send(self, shot: Shot, name: str, one: CheckedTake, decide: _Decision) -> bool:
        """Bring one take into the queue; what is wrong with it is told, and the next ones go on."""
        try:
            return await self._sending.send(shot, name, one.take.id, one.seconds, decide)
        except RedubError as error:
            tell(self._tools.notices, error, f"make {one.take.name}")
            return False

    def _say(self, sent: int, followed: int) -> None:
        parts = []
        if sent:
            parts.append(
                ngettext("{n} take is on its way.", "{n} takes are on their way.", sent).format(n=sent)
            )
        if followed:
            said = ngettext(
                "{n} take was sent exactly so before: the earlier one is used.",
                "{n} takes were sent exactly so before: the earlier ones are used.",
                followed,
            )
            parts.append(said.format(n=followed))
        if parts:
            self._tools.say(parts[0], " ".join(parts[1:]), NoticeLevel.OK, "batch")


class _Decision:
    """What becomes of takes that were sent exactly so before, decided once for all; counts those that are followed."""

    def __init__(self, again: bool) -> None:
        self._again = again
        self.followed = 0

    async def __call__(self, _twins: tuple[TaskRecord, ...]) -> Again:
        from redub.services.making import Again

        if self._again:
            return Again.SEND
        self.followed += 1
        return Again.FOLLOW
