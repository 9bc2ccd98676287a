"""What stands in one row of the takes list, as values: no Qt, so that it can be checked as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from redub.core.shot import DriverType, Shot, Take
from redub.core.ssml.document import parse, spoken_text
from redub.core.tasks import TaskRecord, TaskState
from redub.i18n import _


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeRow:
    """One take as the list shows it.

    :ivar state: where its newest task stands, None when it was never made
    """

    take_id: str
    name: str
    words: str
    is_recording: bool = False
    state: TaskState | None = None


def take_rows(shot: Shot, newest: Mapping[str, TaskRecord]) -> tuple[TakeRow, ...]:
    """Return a row for each take of `shot`; `newest` has the newest task of each take, by the take's id."""
    return tuple(_row(take, newest.get(take.id)) for take in shot.takes)


def newest_tasks(records: Iterable[TaskRecord]) -> dict[str, TaskRecord]:
    """Return the newest task of every take, by the take's id."""
    ordered = sorted(records, key=lambda record: record.created)
    return {record.take_id: record for record in ordered if record.take_id}


def _row(take: Take, task: TaskRecord | None) -> TakeRow:
    return TakeRow(
        take_id=take.id,
        name=take.name or _("Unnamed take"),
        words=_words(take),
        is_recording=take.driver is DriverType.ORIGINAL_VOICE,
        state=None if task is None else task.state,
    )


def _words(take: Take) -> str:
    if take.driver is DriverType.ORIGINAL_VOICE:
        source = take.recording
        if source is None:
            return _("No recording chosen yet")
        return PurePath(source.path).name if source.path else source.url or ""
    spoken = " ".join(spoken_text(parse(take.script)).split())
    return spoken or _("Nothing written yet")
