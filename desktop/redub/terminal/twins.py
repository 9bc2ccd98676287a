"""What the command line does when the very same was asked for before: it says so, and never pays twice by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from redub.core.errors import UserError
from redub.core.tasks import TaskRecord, TaskState
from redub.terminal.taskviews import WORDS

if TYPE_CHECKING:
    from redub.services.making import Again


def announced(
    twins: tuple[TaskRecord, ...], say: Callable[[str], None], *, again: bool, is_free: bool
) -> Again:
    """Say that the same was sent before, and choose: what is in the making is followed, nothing is paid for again.

    :param again: the person has said that it shall be sent once more
    :param is_free: the service costs nothing
    :raises UserError: the person has to decide
    """
    from redub.services.making import Again

    latest = twins[-1]
    name = latest.id[:8]
    say(f"The very same take was sent before: {name} ({WORDS[latest.state]}).")
    if again or (is_free and latest.state is TaskState.DONE):
        return Again.SEND
    if latest.state is TaskState.DONE:
        raise UserError(
            f"The very same take was made already: {latest.result or name}.",
            why="Making it once more is paid for once more.",
            next_step="Use that result, or add --again.",
        )
    if latest.state in {TaskState.UNCLEAR, TaskState.INTENDED}:
        raise UserError(
            "The very same take may be in the making already.",
            why="It was sent before, and no answer came back.",
            next_step=(
                f"Look into your account. It was made: redub task {name} --made TASKID; "
                f"it was not: redub task {name} --send-again."
            ),
        )
    say("It is followed instead of being paid for twice; --again would send it once more.")
    return Again.FOLLOW
