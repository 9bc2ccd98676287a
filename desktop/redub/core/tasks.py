"""A task: one paid job at the service, from the intent to the verified file, and the states it may go through."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from redub.core.limits import limits_for


class RemoteStatus(StrEnum):
    """Status of the progress query (getprogress)."""

    COMMIT = "COMMIT"
    MAKING = "MAKING"
    SUCCESS = "SUCCESS"
    FAIL = "FAIL"


class TaskState(StrEnum):
    """Where a task stands, as the creator's own record knows it."""

    WAITING = "waiting"
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
    # In the creator's own queue: nothing was sent yet.
    TaskState.WAITING: frozenset({TaskState.INTENDED, TaskState.REFUSED, TaskState.GIVEN_UP}),
    # The intent is on disk and the POST may be under way: after a crash it is not known whether it was sent.
    # Back to the queue it goes only after an answer that says for certain that nothing was made.
    TaskState.INTENDED: frozenset(
        {TaskState.QUEUED, TaskState.REFUSED, TaskState.UNCLEAR, TaskState.WAITING}
    ),
    TaskState.REFUSED: frozenset(),
    # Only the creator resolves this: "it was made" gives it a TaskId, or it is given up.
    TaskState.UNCLEAR: frozenset({TaskState.QUEUED, TaskState.GIVEN_UP}),
    TaskState.QUEUED: frozenset({TaskState.MAKING, TaskState.MADE, TaskState.FAILED, TaskState.GIVEN_UP}),
    TaskState.MAKING: frozenset({TaskState.QUEUED, TaskState.MADE, TaskState.FAILED, TaskState.GIVEN_UP}),
    TaskState.MADE: frozenset({TaskState.DONE, TaskState.EXPIRED, TaskState.FAILED, TaskState.GIVEN_UP}),
    TaskState.DONE: frozenset(),
    # What the service has taken can be asked about again for nothing: a task that it did not know for a while, a
    # result that was thought gone, a task that was given up too early.
    TaskState.FAILED: frozenset({TaskState.QUEUED}),
    TaskState.EXPIRED: frozenset({TaskState.QUEUED}),
    TaskState.GIVEN_UP: frozenset({TaskState.QUEUED}),
}

UNFINISHED = frozenset({TaskState.QUEUED, TaskState.MAKING, TaskState.MADE})
"""States in which the program goes on by itself: ask, download, verify. It never sends anything again."""

OCCUPYING = frozenset({TaskState.INTENDED, TaskState.QUEUED, TaskState.MAKING})
"""States in which a task takes one of the account's places at the service."""

PAID = UNFINISHED | {TaskState.INTENDED, TaskState.UNCLEAR, TaskState.DONE}
"""States in which the service has taken the job, or may have."""

RESTING = frozenset(
    {TaskState.REFUSED, TaskState.DONE, TaskState.FAILED, TaskState.EXPIRED, TaskState.GIVEN_UP}
)
"""States in which nothing happens any more unless the creator wants it; such a task can be forgotten."""

RETENTION_SECONDS = int(limits_for("international")["result.kept"].high or 0) * 24 * 3600
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
    :ivar identity: sha256 over what is asked for: `request` with the content hash of each file in place of its
        address, so that two uploads of the same file are the same request; "" in records of version 1
    :ivar again_of: id of the task whose request this one sends once more, or ""
    :ivar priority: tasks with a higher one are sent first
    :ivar place: order among those of one priority; None for what never was in the queue
    :ivar not_before: Unix seconds before which it is not sent, or None
    :ivar held: it waits until the creator lets it go
    :ivar refusals: how often the service had no place for it
    :ivar code: Header.Code of the last answer to the submit, or None
    :ivar request_id: RequestID of that answer, for the service's support
    :ivar ahead: ArrayCount, tasks before this one in the queue, or None
    :ivar expected_seconds: length of the result by the output plan, or None when the speech was not known
    :ivar expected_width: size and rate of the result by the output plan, or None
    :ivar duration: seconds of the result as the service says, or None
    :ivar concurrency: ConcurrencyType of the request, "" when it is left to the service
    :ivar limits: version of the table of limits that it was checked against
    :ivar media: what was sent, as JSON: `redub.core.takerecord.Medium` for each file
    :ivar folder: where the result is to lie; `name` is its file name without ending
    :ivar result: path of the verified file, "" until then; `subtitles` the SRT beside it
    :ivar result_hash: sha256 of the verified file; `result_bytes` its size
    :ivar created: Unix seconds; so are `submitted`, `making_since`, `finished` and `updated`, None until then
    :ivar forgotten: when the creator took it off the list, or None; nothing is ever deleted
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
    identity: str = ""
    again_of: str = ""
    priority: int = 0
    place: float | None = None
    not_before: float | None = None
    held: bool = False
    refusals: int = 0
    code: int | None = None
    request_id: str = ""
    ahead: int | None = None
    fail_code: int | None = None
    message: str = ""
    media_url: str = ""
    subtitles_url: str = ""
    expected_seconds: float | None = None
    expected_width: int | None = None
    expected_height: int | None = None
    expected_rate: float | None = None
    duration: float | None = None
    concurrency: str = ""
    limits: str = ""
    media: str = ""
    folder: str = ""
    name: str = ""
    result: str = ""
    subtitles: str = ""
    result_hash: str = ""
    result_bytes: int | None = None
    created: float = 0.0
    submitted: float | None = None
    making_since: float | None = None
    finished: float | None = None
    updated: float = 0.0
    forgotten: float | None = None

    @property
    def account(self) -> str:
        """Return what queue, places and pace are kept by: one account at one service."""
        return f"{self.site}|{self.appkey}"

    @property
    def expires(self) -> float | None:
        """Return when the service deletes the result (Unix seconds), None while it has none that is not here."""
        if self.state is not TaskState.MADE:
            return None
        begun = self.finished or self.submitted or self.created
        return begun + RETENTION_SECONDS
