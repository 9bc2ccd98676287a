"""What can be done with tasks from the table: settle, retry, send again, forget and bring back, look at everything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid

from redub.core.errors import UserError
from redub.core.tasks import TaskRecord, TaskState
from redub.i18n import _, ngettext
from redub.ui.ask import Choice, ask, ask_choice, ask_open, ask_text
from redub.ui.notices import Notice, NoticeAction, NoticeLevel
from redub.ui.tasks.menu import deeds_menu
from redub.ui.tasks.states import state_word
from redub.ui.tasks.story import StoryDialog, TaskStory
from redub.ui.verbs.results import ResultActions
from redub.ui.verbs.review import ReviewActions
from redub.ui.verbs.tools import Tools

if TYPE_CHECKING:
    from redub.services.takerecords import TaskDetails
    from redub.services.taskactions import Forgotten
    from redub.services.workbench import Workbench

YES, NO, MADE, AGAIN, UP = "yes", "no", "it_was_made", "send_again", "give_up"
_ONE_ONLY = frozenset(
    {"play", "review", "folder", "details", "it_was_made", "copy_json", "copy_curl", "relocate", "first"}
)


class DeedActions:
    """The deeds of the tasks' menu; each says what became of it."""

    def __init__(self, tools: Tools, results: ResultActions, reviewing: ReviewActions) -> None:
        self._tools = tools
        self._results = results
        self.reviewing = reviewing
        self._deeds: dict[str, Callable[[Workbench, tuple[TaskRecord, ...]], object]] = {
            "it_was_made": self._it_was_made,
            "send_again": self._send_again,
            "give_up": self._give_up,
            "retry": self._retry,
            "submit_again": self._submit_again,
            "first": self._first,
            "later": self._later,
            "pause_queue": partial(self._pause, paused=True),
            "resume_queue": partial(self._pause, paused=False),
            "hold": partial(self._hold, held=True),
            "release": partial(self._hold, held=False),
            "withdraw": self._withdraw,
            "copy_json": self._copy_json,
            "copy_curl": self._copy_curl,
            "relocate": self._relocate,
            "forget": self._forget,
        }

    def menu(self, records: tuple[TaskRecord, ...], point: QPoint) -> None:
        """Show what can be done with `records` at a point of the screen."""
        if records:
            self._tools.start(self._menu(records, point), "show what can be done with tasks")

    def move(self, id: str, before: str) -> None:
        """Let a task of the queue be sent before another one, "" for the last place."""
        self._tools.start(self._move(id, before), "move a task in the queue")

    async def _menu(self, records: tuple[TaskRecord, ...], point: QPoint) -> None:
        bench = await self._tools.bench
        paused = frozenset(state.account for state in await bench.queue.states() if state.paused)
        menu = deeds_menu(self._tools.window, possible(records, paused), partial(self.do, records=records))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(point)

    async def _move(self, id: str, before: str) -> None:
        bench = await self._tools.bench
        await bench.queue.move(id, before or None)

    def do(self, name: str, records: tuple[TaskRecord, ...]) -> None:
        """Do one of the deeds with `records`."""
        if name == "play":
            self._results.play(records[0])
        elif name == "review":
            self.reviewing.review(records[0])
        elif name == "folder":
            self._results.show_folder(records[0])
        elif name == "details":
            self.details(records[0])
        else:
            self._tools.start(self._do(name, records), f"{name} with tasks")

    def details(self, record: TaskRecord) -> None:
        """Show everything about a task."""
        self._tools.start(self._show_details(record), "show a task")

    def forget(self, records: tuple[TaskRecord, ...]) -> None:
        """Take tasks off the list that have ended; nothing happens to the others."""
        if self._tools.bench.done():
            ended = tuple(record for record in records if "forget" in possible((record,)))
            if ended:
                self.do("forget", ended)
            elif records:
                self._tools.say(_("A task that goes on stays on the list."), replace="forget")

    def settle(self, record: TaskRecord) -> None:
        """Ask what became of an unclear task."""
        self._tools.start(self._settle(record), "settle a task")

    async def _do(self, name: str, records: tuple[TaskRecord, ...]) -> None:
        bench = await self._tools.bench
        await self._deeds[name](bench, records)  # type: ignore[misc]  # every deed is a coroutine function

    # Unclear tasks.

    async def _settle(self, record: TaskRecord) -> None:
        answer = await ask_choice(
            self._tools.window,
            _("Was “{name}” made?").format(name=_name(record)),
            _(
                "It is not known whether the service took it. {why} Look into your account at Tencent Cloud: when "
                "it is there, give its TaskId. Sending it again may be paid twice."
            ).format(why=record.message),
            (
                Choice(MADE, _("It was made…"), "primary"),
                Choice(AGAIN, _("Send again")),
                Choice(UP, _("Give up")),
                Choice(NO, _("Later"), is_escape=True),
            ),
        )
        if answer == AGAIN:
            bench = await self._tools.bench
            await bench.actions.send_again(record.id)
        elif answer != NO:
            await self._do(answer, (record,))

    async def _it_was_made(self, bench: Workbench, records: tuple[TaskRecord, ...]) -> None:
        task_id = await ask_text(self._tools.window, _("It was made"), _("TaskId"), "")
        if task_id:
            await bench.actions.it_was_made(records[0].id, task_id)

    async def _send_again(self, bench: Workbench, records: tuple[TaskRecord, ...]) -> None:
        if await self._sure(
            _("Send it again?"), _("Nobody knows whether it was made: it may be paid twice."), _("Send again")
        ):
            for record in records:
                await bench.actions.send_again(record.id)

    async def _give_up(self, bench: Workbench, records: tuple[TaskRecord, ...]) -> None:
        for record in records:
            await bench.actions.give_up(record.id)

    # Going on.

    async def _retry(self, bench: Workbench, records: tuple[TaskRecord, ...]) -> None:
        for record in records:
            await bench.actions.retry(record.id)

    async def _submit_again(self, bench: Workbench, records: tuple[TaskRecord, ...]) -> None:
        free = all(record.site == "rehearsal" for record in records)
        count = len(records)
        asked = ngettext("Make it again?", "Make {n} tasks again?", count).format(n=count)
        if free or await self._sure(asked, _("The exact requests are sent again, and paid for."), _("Make")):
            for record in records:
                await bench.actions.submit_again(record.id)

    async def _first(self, bench: Workbench, records: tuple[TaskRecord, ...]) -> None:
        waiting = await bench.queue.waiting()
        most = max((one.record.priority for one in waiting), default=0)
        await bench.queue.prioritise(records[0].id, most + 1)

    async def _later(self, bench: Workbench, records: tuple[TaskRecord, ...]) -> None:
        soon = datetime.now(UTC).astimezone() + timedelta(hours=1)
        said = await ask_text(
            self._tools.window, _("Send it later"), _("Not before (day and time)"), f"{soon:%Y-%m-%d %H:%M}"
        )
        if said is None:
            return
        try:
            moment = datetime.fromisoformat(said.strip()).timestamp() if said.strip() else None
        except ValueError as exc:
            raise UserError(
                _("“{text}” is no day and time.").format(text=said),
                next_step=_(
                    "Write it like {example}; leave it empty to send it as soon as there is a place."
                ).format(example=f"{soon:%Y-%m-%d %H:%M}"),
            ) from exc
        for record in records:
            await bench.queue.start_after(record.id, moment)

    async def _pause(self, bench: Workbench, records: tuple[TaskRecord, ...], *, paused: bool) -> None:
        for account in {record.account for record in records}:
            await bench.queue.pause(account, paused=paused)

    async def _hold(self, bench: Workbench, records: tuple[TaskRecord, ...], *, held: bool) -> None:
        for record in records:
            await bench.queue.hold(record.id, held=held)

    async def _withdraw(self, bench: Workbench, records: tuple[TaskRecord, ...]) -> None:
        for record in records:
            await bench.queue.withdraw(record.id)

    # The list.

    async def _forget(self, bench: Workbench, records: tuple[TaskRecord, ...]) -> None:
        forgotten = await bench.actions.forget(record.id for record in records)
        for id in forgotten.ids:
            self._tools.notices.withdraw(f"task:{id}")
        count = len(forgotten.ids)
        said = ngettext("{n} task is off the list.", "{n} tasks are off the list.", count).format(n=count)
        self._tools.notices.post(
            Notice(
                level=NoticeLevel.INFO,
                text=said,
                more=_("The videos stay where they are."),
                actions=(NoticeAction(_("Undo"), partial(self._bring_back, forgotten)),),
                replace="forget",
            )
        )

    def _bring_back(self, forgotten: Forgotten) -> None:
        self._tools.start(self._bring_back_now(forgotten), "bring tasks back")

    async def _bring_back_now(self, forgotten: Forgotten) -> None:
        bench = await self._tools.bench
        await bench.actions.undo(forgotten)

    async def _relocate(self, bench: Workbench, records: tuple[TaskRecord, ...]) -> None:
        title = _("Where is “{name}” now?").format(name=_name(records[0]))
        path = await ask_open(self._tools.window, title, _("Videos (*.mp4)"))
        if path is not None:
            await bench.actions.relocate(records[0].id, path)
            self._tools.say(_("The video is known again."), str(path), NoticeLevel.OK, replace="relocate")

    # Records.

    async def _copy_json(self, bench: Workbench, records: tuple[TaskRecord, ...]) -> None:
        QGuiApplication.clipboard().setText(await bench.records.as_json(records[0].id))
        self._tools.say(_("The record of the task was copied, without secrets."), replace="copy")

    async def _copy_curl(self, bench: Workbench, records: tuple[TaskRecord, ...]) -> None:
        QGuiApplication.clipboard().setText(await bench.records.as_curl(records[0].id))
        self._tools.say(_("The request was copied as a curl command, without the keys."), replace="copy")

    async def _show_details(self, record: TaskRecord) -> None:
        bench = await self._tools.bench
        dialog = StoryDialog(self._tools.window, story_of(await bench.records.details(record.id)))
        dialog.copy_wanted.connect(partial(self.do, records=(record,)))

        def heard(changed: TaskRecord) -> None:
            if changed.id == record.id and isValid(dialog):
                self._tools.start(self._refresh(dialog, record.id), "show a task anew")

        deaf = bench.ledger.changes.listen(heard)
        try:
            await ask(dialog)
        finally:
            deaf()

    async def _refresh(self, dialog: StoryDialog, id: str) -> None:
        bench = await self._tools.bench
        story = story_of(await bench.records.details(id))
        if isValid(dialog):
            dialog.show_story(story)

    async def _sure(self, title: str, sentence: str, yes: str) -> bool:
        choices = (Choice(YES, yes, "primary"), Choice(NO, _("Cancel"), is_escape=True))
        return await ask_choice(self._tools.window, title, sentence, choices) == YES


def possible(records: tuple[TaskRecord, ...], paused: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the names of what can be done with all of `records`; `paused` are accounts whose queue stands still."""
    from redub.services.taskactions import deeds_for  # comes with the workbench, which is open by now

    names: frozenset[str] | None = None
    for record in records:
        one = {deed.value for deed in deeds_for(record)} | {"details", "copy_json"}
        one |= {"play", "review", "folder"} if record.result else set()
        one |= {"copy_curl"} if record.request or record.body_hash else set()
        if record.state is TaskState.WAITING:
            one |= {"first", "later", "release" if record.held else "hold"}
            one.add("resume_queue" if record.account in paused else "pause_queue")
        names = frozenset(one) if names is None else names & one
    found = names or frozenset()
    return found if len(records) == 1 else found - _ONE_ONLY


def story_of(details: TaskDetails) -> TaskStory:
    """Return what the window of a task shows."""
    record = details.record
    facts = (
        (_("TaskId"), record.task_id),
        (_("RequestID"), record.request_id),
        (_("Code of the submit"), _number(record.code)),
        (_("FailCode"), _number(record.fail_code)),
        (_("Message"), record.message),
        (_("Service"), record.base_url or record.site),
        (_("Limits checked by"), record.limits),
        (_("Video"), record.result),
        (_("Subtitles"), record.subtitles),
        (_("SHA-256 of the video"), record.result_hash),
        (_("Address of the result"), record.media_url.partition("?")[0]),
        *(
            (_("File: {kind}").format(kind=one.kind), f"{one.name}  {one.sha256}".strip())
            for one in details.media
        ),
    )
    return TaskStory(
        title=_name(record),
        state=" · ".join(part for part in (state_word(record.state), record.shot) if part),
        facts=tuple((name, value) for name, value in facts if value),
        events=tuple((one.time, _kind(one.kind), one.detail) for one in details.events),
        request=details.request,
        answers=tuple((one.time, one.question, one.body) for one in details.answers),
        changes=tuple((one.field, _value(one.before), _value(one.after)) for one in details.changes),
    )


def _kind(kind: str) -> str:
    """Say an event in the words of the states; another one stands for itself."""
    try:
        return state_word(TaskState(kind))
    except ValueError:
        return kind


def _name(record: TaskRecord) -> str:
    return record.take_name or record.name or record.id[:8]


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _value(value: object) -> str:
    return "" if value is None else str(value)
