"""What the progress query says about a task, as values; built to survive missing and surprising fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from redub.cloud.answers import mapping, sequence, text, whole
from redub.core.tasks import RemoteStatus

_KNOWN = {status.value: status for status in RemoteStatus}
_TICKS_PER_SECOND = 10_000_000
"""StartTimestamp and EndTimestamp count 0.1 µs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenWord:
    """One word of a spoken script: `start` and `end` in seconds, `sentence` counts from 0."""

    text: str
    start: float
    end: float
    sentence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReport:
    """One answer of getprogress.

    :ivar status: what the answer amounts to: Status when it is known, else decided from the other fields
    :ivar progress: Progress, -1 to 100; the API page says not to rely on it
    :ivar ahead: ArrayCount, tasks before this one, only while it is in the queue
    :ivar media_url: MediaUrl, "" until done (and, for a moment, even when Status says SUCCESS: see `ready`)
    :ivar fail_code: FailCode, None for 0 or nothing
    :ivar duration: seconds of the result, None until known
    :ivar words: TextTimestampResult, only for speech previews
    :ivar raw_status: Status as it came, "" when it was missing
    :ivar request_id: RequestID of the answer; `answer` its body, without secrets
    """

    status: RemoteStatus
    progress: int | None = None
    ahead: int | None = None
    media_url: str = ""
    subtitles_url: str = ""
    fail_code: int | None = None
    fail_message: str = ""
    duration: float | None = None
    raw_status: str = ""
    words: tuple[SpokenWord, ...] = ()
    request_id: str = ""
    answer: str = ""

    @property
    def ready(self) -> bool:
        """Say whether there is something to fetch."""
        return self.status is RemoteStatus.SUCCESS and bool(self.media_url)


def task_report(payload: Mapping[str, object]) -> TaskReport:
    """Read the Payload of getprogress; a missing one ({}) is a task that still runs."""
    status = _status(payload)
    milliseconds = whole(payload.get("Duration"))
    return TaskReport(
        status=status,
        progress=whole(payload.get("Progress")),
        ahead=_ahead(payload) if status is RemoteStatus.COMMIT else None,
        media_url=text(payload.get("MediaUrl")),
        subtitles_url=text(payload.get("SubtitlesUrl")),
        fail_code=whole(payload.get("FailCode")) or None,
        fail_message=text(payload.get("FailMessage")),
        duration=milliseconds / 1000 if milliseconds and milliseconds > 0 else None,
        raw_status=text(payload.get("Status")),
        words=tuple(_words(payload.get("TextTimestampResult"))),
    )


def _status(payload: Mapping[str, object]) -> RemoteStatus:
    """Decide where the task stands: Status if it is a known one, else by the signs of failure and success."""
    raw = text(payload.get("Status")).strip().upper()
    if raw in _KNOWN:
        return _KNOWN[raw]
    progress = whole(payload.get("Progress"))
    if progress == -1 or whole(payload.get("FailCode")):
        return RemoteStatus.FAIL
    if progress == 100 and text(payload.get("MediaUrl")):
        return RemoteStatus.SUCCESS
    return RemoteStatus.MAKING


def _ahead(payload: Mapping[str, object]) -> int | None:
    count = whole(payload.get("ArrayCount"))
    return None if count is None or count < 0 else count


def _words(sentences: object) -> list[SpokenWord]:
    return [
        word
        for number, sentence in enumerate(sequence(sentences))
        for item in sequence(mapping(sentence).get("Words"))
        if (word := _word(mapping(item), number))
    ]


def _word(item: Mapping[str, object], sentence: int) -> SpokenWord | None:
    start, end = whole(item.get("StartTimestamp")), whole(item.get("EndTimestamp"))
    if start is None or end is None or not text(item.get("Word")):
        return None
    return SpokenWord(
        text=text(item.get("Word")),
        start=start / _TICKS_PER_SECOND,
        end=end / _TICKS_PER_SECOND,
        sentence=sentence,
    )
