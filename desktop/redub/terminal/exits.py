"""The exit codes, and which of them each error becomes."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from redub.core.errors import CloudFault, RedubError, Refused, Unclear, Unreachable, UserError
from redub.core.tasks import TaskRecord, TaskState
from redub.services.objections import Objected


class Exit(IntEnum):
    """What the exit code says; these numbers are part of the interface."""

    DONE = 0
    REFUSED_BY_CHECK = 1
    WRONG_USE = 2
    FAILED = 3
    UNREACHABLE = 4
    INTERRUPTED = 130


def exit_for(error: RedubError) -> Exit:
    """Return the exit code for an error: what the person must change, what failed, what cannot be reached."""
    if isinstance(error, UserError):
        return Exit.REFUSED_BY_CHECK if isinstance(error, Objected) else Exit.WRONG_USE
    if isinstance(error, Unreachable):
        return Exit.UNREACHABLE
    if isinstance(error, CloudFault) and not isinstance(error, Refused | Unclear) and error.code is None:
        return Exit.UNREACHABLE  # a question without an answer: the network, or nobody there
    return Exit.FAILED


def exit_for_tasks(records: Iterable[TaskRecord]) -> Exit:
    """Return the exit code for tasks that have ended: all done, or something failed."""
    done = all(record.state is TaskState.DONE for record in records)
    return Exit.DONE if done else Exit.FAILED
