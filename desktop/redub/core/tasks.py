"""A task: one paid job at the service, from the intent to the verified file, and the states it may go through."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RemoteStatus(StrEnum):
    """Status of the progress query (getprogress)."""

    COMMIT = "COMMIT"
    MAKING = "MAKING"
    SUCCESS = "SUCCESS"
    FAIL = "FAIL"


class TaskState(StrEnum):
    """Where a task stands, as the creator's own record knows it."""

    INTENDED = "intended"
    REFUSED = "refused"
    UNCLEAR = "unclear"
    QUEUED = "queued"
    MAKING = "making"
    MADE = "made"
    DONE = "done"
    FAILED = "failed"
    EXPIRED = "expired"
    GIVEN_UP = "given_up"


TRANSITIONS: dict[TaskState, frozenset[TaskState]] = {
    # The intent is on disk and the POST may be under way: after a crash it is not known whether it was sent.
    TaskState.INTENDED: frozenset({TaskState.QUEUED, TaskState.REFUSED, TaskState.UNCLEAR}),
    TaskState.REFUSED: frozenset(),
    # Only the creator resolves this: "it was made" gives it a TaskId, or it is given up.
    TaskState.UNCLEAR: frozenset({TaskState.QUEUED, TaskState.GIVEN_UP}),
    TaskState.QUEUED: frozenset({TaskState.MAKING, TaskState.MADE, TaskState.FAILED, TaskState.GIVEN_UP}),
    TaskState.MAKING: frozenset({TaskState.QUEUED, TaskState.MADE, TaskState.FAILED, TaskState.GIVEN_UP}),
    TaskState.MADE: frozenset({TaskState.DONE, TaskState.EXPIRED, TaskState.FAILED, TaskState.GIVEN_UP}),
    TaskState.DONE: frozenset(),
    TaskState.FAILED: frozenset(),
    TaskState.EXPIRED: frozenset(),
    TaskState.GIVEN_UP: frozenset(),
}

UNFINISHED = frozenset({TaskState.QUEUED, TaskState.MAKING, TaskState.MADE})
"""States in which the program goes on by itself: ask, download, verify. It never sends anything again."""

RETENTION_SECONDS = 7 * 24 * 3600
"""How long the service keeps a result (API page, API Description)."""


def may_become(state: TaskState, target: TaskState) -> bool:
    """Say whether a task in `state` may go to `target`; staying is always allowed."""
    return state is target or target in TRANSITIONS[state]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRecord:
    """One row of the creator's only history of paid jobs.

    :ivar id: our own id, made with the intent
    :ivar task_id: TaskId of the service, "" until it was accepted
    :ivar site: name of the site ("international", "china", "rehearsal") or "custom"
    :ivar appkey: the account's public half; the accesstoken is never stored here
    :ivar request: the exact JSON body that was or is to be sent
    :ivar body_hash: sha256 of `request`
    :ivar ahead: ArrayCount, tasks before this one in the queue, or None
    :ivar expected_seconds: length of the result by the output plan, or None when the speech was not known
    :ivar duration: seconds of the result as the service says, or None
    :ivar folder: where the result is to lie; `name` is its file name without ending
    :ivar result: path of the verified file, "" until then; `subtitles` the SRT beside it
    :ivar created: Unix seconds; so are `submitted`, `finished` and `updated`, None until then
    """

    id: str
    state: TaskState
    task_id: str = ""
    shot: str = ""
    take_id: str = ""
    take_name: str = ""
    site: str = ""
    base_url: str = ""
    appkey: str = ""
    request: str = ""
    body_hash: str = ""
    ahead: int | None = None
    fail_code: int | None = None
    message: str = ""
    media_url: str = ""
    subtitles_url: str = ""
    expected_seconds: float | None = None
    duration: float | None = None
    folder: str = ""
    name: str = ""
    result: str = ""
    subtitles: str = ""
    created: float = 0.0
    submitted: float | None = None
    finished: float | None = None
    updated: float = 0.0
