"""What stands in one row of the table of tasks, as values: no Qt, so that it can be checked as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from redub.core.progress import Progress
from redub.core.tasks import RETENTION_SECONDS, TaskRecord, TaskState
from redub.i18n import _, ngettext
from redub.ui.tasks.states import PROBLEMS, RUNNING, stage_word, state_word

MINUTE, HOUR, DAY = 60, 3600, 86400


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """One task in words; `ratio` is how far its present stage is, None while unknown or when nothing runs."""

    record: TaskRecord
    state: str
    what: str
    service: str
    news: str
    age: str
    length: str
    kept: str
    ratio: float | None = None

    @property
    def spoken(self) -> str:
        """Return the row as it is read out, and as the filter searches it."""
        return ", ".join(
            part for part in (self.state, self.what, self.service, self.news, self.length) if part
        )


def task_row(record: TaskRecord, now: float, titles: dict[str, str], progress: Progress | None) -> TaskRow:
    """Say `record` in words at Unix time `now`; `titles` has the services' titles by name."""
    running = record.state in RUNNING
    return TaskRow(
        record=record,
        state=_state(record, progress),
        what=" · ".join(part for part in (record.shot, record.take_name) if part) or record.name,
        service=titles.get(record.site, record.base_url or record.site),
        news=_news(record, progress if running else None),
        age=ago(now - record.created),
        length=length(record.duration or (record.expected_seconds if running else None), running),
        kept=_kept(record),
        ratio=progress.ratio if running and progress is not None else None,
    )


def summary(records: list[TaskRecord]) -> str:
    """Say how many tasks there are, and how many of them run, are done or have a problem."""
    if not records:
        return ""
    groups = (
        (_("running"), RUNNING),
        (_("done"), {TaskState.DONE}),
        (_("with a problem"), PROBLEMS),
    )
    counts = ((word, sum(record.state in states for record in records)) for word, states in groups)
    parts = [f"{count} {word}" for word, count in counts if count]
    return " · ".join([ngettext("{n} task", "{n} tasks", len(records)).format(n=len(records)), *parts])


def ago(seconds: float) -> str:
    """Say how long ago something was, in the largest unit that fits."""
    if seconds < MINUTE:
        return _("now")
    for size, one, many in (
        (DAY, _("{n} day"), _("{n} days")),
        (HOUR, _("{n} h"), _("{n} h")),
        (MINUTE, _("{n} min"), _("{n} min")),
    ):
        if seconds >= size:
            count = int(seconds // size)
            return (one if count == 1 else many).format(n=count)
    return ""


def left(seconds: float | None) -> str:
    """Say how long something will still take."""
    if seconds is None:
        return ""
    if seconds < MINUTE:
        return _("{n} s left").format(n=max(1, round(seconds)))
    return _("{n} min left").format(n=round(seconds / MINUTE))


def length(seconds: float | None, is_guess: bool = False) -> str:
    """Say how long a result is: "24.1 s", "1:04"; a guess gets a sign for it."""
    if seconds is None:
        return ""
    said = f"{seconds:.1f} s" if seconds < MINUTE else f"{int(seconds) // MINUTE}:{int(seconds) % MINUTE:02}"
    return f"≈ {said}" if is_guess else said


def _state(record: TaskRecord, progress: Progress | None) -> str:
    """Say where a task stands; before the service has it, by what is done to it here."""
    if record.state is TaskState.INTENDED and progress is not None:
        return stage_word(progress.stage)
    return state_word(record.state)


def _news(record: TaskRecord, progress: Progress | None) -> str:
    if record.message:
        return " ".join(record.message.split())
    if progress is not None:
        parts = (progress.note, left(progress.seconds_left))
        return " · ".join(part for part in parts if part)
    if record.state is TaskState.QUEUED and record.ahead:
        return ngettext("{n} task ahead", "{n} tasks ahead", record.ahead).format(n=record.ahead)
    return ""


def _kept(record: TaskRecord) -> str:
    """Say until when the service keeps the result; a rehearsal's lies on this machine anyway."""
    if record.finished is None or record.site == "rehearsal":
        return ""
    last = datetime.fromtimestamp(record.finished + RETENTION_SECONDS, UTC).astimezone()
    return f"{last:%Y-%m-%d}"
