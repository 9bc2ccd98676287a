"""What stands in one row of the table of tasks, as values: no Qt, so that it can be checked as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from redub.core.progress import Progress
from redub.core.tasks import RETENTION_SECONDS, TaskRecord, TaskState
from redub.i18n import _
from redub.ui.tasks.states import RUNNING, stage_word, state_word

MINUTE, HOUR, DAY = 60, 3600, 86400


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """One task in words.

    :ivar what: shot and take together
    :ivar place: tasks before it, at the service or in the creator's own queue
    :ivar left: how long it still takes, where that can be said
    :ivar speed: how fast its bytes come or go
    :ivar kept: until when the service keeps the result
    :ivar ratio: how far its present stage is, None while unknown or when nothing runs
    """

    record: TaskRecord
    state: str
    what: str
    shot: str
    take: str
    service: str
    place: str
    news: str
    age: str
    left: str
    length: str
    size: str
    speed: str
    kept: str
    ratio: float | None = None

    @property
    def spoken(self) -> str:
        """Return the row as it is read out."""
        return ", ".join(
            part for part in (self.state, self.what, self.service, self.news, self.length) if part
        )


def task_row(
    record: TaskRecord,
    now: float,
    titles: Mapping[str, str],
    progress: Progress | None,
    *,
    speed: float | None = None,
    waiting: int | None = None,
    review: str = "",
) -> TaskRow:
    """Say `record` in words at Unix time `now`.

    :param titles: the services' titles by name
    :param speed: bytes a second of what comes or goes now, or None
    :param waiting: tasks before it in the creator's own queue, or None
    :param review: what its review says in short
    """
    running = record.state in RUNNING
    current = progress if running else None
    return TaskRow(
        record=record,
        state=_state(record, progress),
        what=" · ".join(part for part in (record.shot, record.take_name) if part) or record.name,
        shot=record.shot,
        take=record.take_name or record.name,
        service=titles.get(record.site, record.base_url or record.site),
        place=_place(record, waiting),
        news=_news(record, current) or review,
        age=ago(now - record.created),
        left=left(_seconds_left(current, speed)),
        length=length(record.duration or (record.expected_seconds if running else None), running),
        size=size(_bytes(record, current)),
        speed=f"{size(speed)}/s" if speed and current is not None else "",
        kept=_kept(record),
        ratio=current.ratio if current is not None else None,
    )


def search_text(record: TaskRecord, titles: Mapping[str, str]) -> str:
    """Return what a search looks into: everything that names a task or says how it stands."""
    parts = (
        state_word(record.state),
        record.shot,
        record.take_name,
        record.name,
        titles.get(record.site, record.base_url or record.site),
        record.message,
        record.task_id,
    )
    return "\n".join(parts).casefold()


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


def size(count: float | None) -> str:
    """Say how much "12.3 MB" is; "" for nothing known."""
    if not count:
        return ""
    for unit, bytes_of in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= bytes_of:
            return f"{count / bytes_of:.1f} {unit}"
    return f"{count:.0f} B"


def length(seconds: float | None, is_guess: bool = False) -> str:
    """Say how long a result is: "24.1 s", "1:04"; a guess gets a sign for it."""
    if seconds is None:
        return ""
    said = f"{seconds:.1f} s" if seconds < MINUTE else f"{int(seconds) // MINUTE}:{int(seconds) % MINUTE:02}"
    return f"≈ {said}" if is_guess else said


def _place(record: TaskRecord, waiting: int | None) -> str:
    if record.state is TaskState.WAITING and waiting is not None:
        return _("next") if waiting == 0 else _("{n} before it").format(n=waiting)
    if record.state is TaskState.QUEUED and record.ahead is not None:
        return _("{n} ahead").format(n=record.ahead)
    return ""


def _seconds_left(progress: Progress | None, speed: float | None) -> float | None:
    if progress is None:
        return None
    if progress.seconds_left is not None or not speed or progress.total is None or progress.done is None:
        return progress.seconds_left
    return (progress.total - progress.done) / speed


def _bytes(record: TaskRecord, progress: Progress | None) -> float | None:
    """Return the size of the result, or of what is on its way now."""
    if progress is not None and progress.unit == "bytes":
        return progress.total
    return record.result_bytes


def _state(record: TaskRecord, progress: Progress | None) -> str:
    """Say where a task stands; before the service has it, by what is done to it here."""
    if record.state is TaskState.INTENDED and progress is not None:
        return stage_word(progress.stage)
    return state_word(record.state)


def _news(record: TaskRecord, progress: Progress | None) -> str:
    if record.message:
        return " ".join(record.message.split())
    if progress is not None:
        return progress.note
    return ""


def _kept(record: TaskRecord) -> str:
    """Say until when the service keeps the result; a rehearsal's lies on this machine anyway."""
    if record.finished is None or record.site == "rehearsal":
        return ""
    last = datetime.fromtimestamp(record.finished + RETENTION_SECONDS, UTC).astimezone()
    return f"{last:%Y-%m-%d}"
