"""Tasks as JSON and as lines; the fields of the JSON are part of the interface."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from redub.core.tasks import TaskRecord, TaskState

if TYPE_CHECKING:
    from redub.services.results import Checked

WORDS = {
    TaskState.WAITING: "waits in your queue",
    TaskState.INTENDED: "is being sent",
    TaskState.REFUSED: "was refused",
    TaskState.UNCLEAR: "unclear",
    TaskState.QUEUED: "in the queue",
    TaskState.MAKING: "in the making",
    TaskState.MADE: "made, to be fetched",
    TaskState.DONE: "done",
    TaskState.FAILED: "failed",
    TaskState.EXPIRED: "expired",
    TaskState.GIVEN_UP: "given up",
}


def task_json(record: TaskRecord, checked: Checked | None = None) -> dict[str, object]:
    """Return one task: `id` is ours, `task_id` the service's; seconds, absolute paths, null for what is not known.

    `checked` is what was found when the result was verified in this run, else null.
    """
    return {
        "id": record.id,
        "task_id": record.task_id or None,
        "state": record.state.value,
        "shot": record.shot,
        "take": record.take_name,
        "take_id": record.take_id,
        "site": record.site,
        "service": record.base_url,
        "result": record.result if record.result and record.state is TaskState.DONE else None,
        "subtitles": record.subtitles if record.subtitles and record.state is TaskState.DONE else None,
        "duration": _rounded(record.duration),
        "expected_seconds": _rounded(record.expected_seconds),
        "ahead": record.ahead,
        "fail_code": record.fail_code,
        "message": record.message,
        "created": record.created,
        "submitted": record.submitted,
        "finished": record.finished,
        "checked": checked_json(checked) if checked else None,
    }


def checked_json(checked: Checked) -> dict[str, object]:
    """Return what was found about a result: everything of `Verified`, subtitles, a remark."""
    return {
        "video": {name: _rounded(value) for name, value in asdict(checked.video).items()},
        "subtitle_count": checked.cues,
        "last_subtitle_ends": checked.last_cue if checked.cues is not None else None,
        "remark": checked.remark,
    }


def _rounded(value: object) -> object:
    return round(value, 3) if isinstance(value, float) else value


def task_line(record: TaskRecord) -> str:
    """Return one task as a line."""
    when = datetime.fromtimestamp(record.created, UTC).astimezone().strftime("%Y-%m-%d %H:%M")
    what = " / ".join(part for part in (record.shot, record.take_name) if part)
    where = record.result if record.state is TaskState.DONE else record.message
    return f"{record.id[:8]}  {when}  {WORDS[record.state]:<20} {record.site:<14} {what}  {where}".rstrip()


def result_lines(record: TaskRecord, checked: Checked | None) -> list[str]:
    """Return what is printed about a finished result: the path, the SRT, what was checked."""
    lines = [record.result]
    if record.subtitles:
        lines.append(record.subtitles)
    lines.extend(f"  {sentence}" for sentence in (checked.sentences if checked else ()))
    return lines
