"""Quitting while work goes on: what goes on at the service without us, what goes on at the next start, what dies."""

from __future__ import annotations

import time
from collections.abc import Iterable

from redub.core.tasks import TaskRecord, TaskState
from redub.i18n import _, ngettext
from redub.ui.ask import Choice, ask_choice
from redub.ui.verbs.tools import Tools

LEAVE, STAY = "leave", "stay"
_DAY = 24 * 3600.0


async def may_quit(tools: Tools) -> bool:
    """Say what becomes of the work that goes on, and ask whether to quit; True at once when there is none."""
    lines = what_goes_on(tools.feed.records, converting=tools.panels.tasks.conversions.is_busy)
    if not lines:
        return True
    choices = (Choice(LEAVE, _("Quit"), "primary"), Choice(STAY, _("Stay"), is_escape=True))
    answer = await ask_choice(tools.window, _("Quit while work goes on?"), "\n".join(lines), choices)
    return answer == LEAVE


def what_goes_on(
    records: Iterable[TaskRecord], *, converting: bool = False, now: float | None = None
) -> tuple[str, ...]:
    """Say what becomes of everything that has not ended, one sentence a kind; () when nothing goes on."""
    moment = time.time() if now is None else now
    tasks = tuple(records)
    lines = []
    at_service = _count(tasks, TaskState.QUEUED, TaskState.MAKING)
    if at_service:
        said = ngettext(
            "{n} task goes on at the service; its video is fetched at the next start.",
            "{n} tasks go on at the service; their videos are fetched at the next start.",
            at_service,
        )
        lines.append(said.format(n=at_service))
    fetching = _count(tasks, TaskState.MADE)
    if fetching:
        said = ngettext(
            "{n} video is being fetched; it goes on from the same byte at the next start.",
            "{n} videos are being fetched; they go on from the same byte at the next start.",
            fetching,
        )
        lines.append(said.format(n=fetching))
    waiting = _count(tasks, TaskState.WAITING)
    if waiting:
        said = ngettext(
            "{n} task waits in your queue; it is sent at the next start.",
            "{n} tasks wait in your queue; they are sent at the next start.",
            waiting,
        )
        lines.append(said.format(n=waiting))
    preparing = _count(tasks, TaskState.INTENDED)
    if preparing:
        said = ngettext(
            "{n} take is being prepared or sent; what is not sent yet must be made again.",
            "{n} takes are being prepared or sent; what is not sent yet must be made again.",
            preparing,
        )
        lines.append(f"{said.format(n=preparing)} {_('Uploads go on where they were.')}")
    if converting:
        lines.append(_("A conversion is running; it begins anew at the next start."))
    dying = sum(1 for one in tasks if one.expires is not None and one.expires - moment < _DAY)
    if dying:
        said = ngettext(
            "{n} result is deleted by the service within a day. Stay until it is here.",
            "{n} results are deleted by the service within a day. Stay until they are here.",
            dying,
        )
        lines.append(said.format(n=dying))
    return tuple(lines)


def _count(records: Iterable[TaskRecord], *states: TaskState) -> int:
    return sum(1 for record in records if record.state in states)
