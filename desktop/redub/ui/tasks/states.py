"""The states of a task in the creator's words, and the sign of each: a shape as well as a colour."""

from __future__ import annotations

from redub.core.progress import Stage
from redub.core.tasks import TaskState
from redub.i18n import _

RUNNING = frozenset(
    {TaskState.WAITING, TaskState.INTENDED, TaskState.QUEUED, TaskState.MAKING, TaskState.MADE}
)
PROBLEMS = frozenset({TaskState.REFUSED, TaskState.UNCLEAR, TaskState.FAILED, TaskState.EXPIRED})

_SIGNS = {
    TaskState.WAITING: ("queue", "quiet"),
    TaskState.INTENDED: ("upload", "info"),
    TaskState.REFUSED: ("error", "error"),
    TaskState.UNCLEAR: ("help", "warning"),
    TaskState.QUEUED: ("queue", "info"),
    TaskState.MAKING: ("making", "info"),
    TaskState.MADE: ("download", "info"),
    TaskState.DONE: ("ok", "ok"),
    TaskState.FAILED: ("error", "error"),
    TaskState.EXPIRED: ("warning", "warning"),
    TaskState.GIVEN_UP: ("close", "quiet"),
}


def state_sign(state: TaskState) -> tuple[str, str]:
    """Return the icon of a state and the colour token that it is drawn in."""
    return _SIGNS[state]


def state_word(state: TaskState | None) -> str:
    """Say where a task stands; "" when there is none."""
    if state is None:
        return ""
    return {
        TaskState.WAITING: _("In your queue"),
        TaskState.INTENDED: _("Sending"),
        TaskState.REFUSED: _("Refused"),
        TaskState.UNCLEAR: _("Unclear"),
        TaskState.QUEUED: _("Waiting"),
        TaskState.MAKING: _("Being made"),
        TaskState.MADE: _("Fetching"),
        TaskState.DONE: _("Done"),
        TaskState.FAILED: _("Failed"),
        TaskState.EXPIRED: _("Expired"),
        TaskState.GIVEN_UP: _("Given up"),
    }[state]


def stage_word(stage: Stage) -> str:
    """Say what is done in a stage of the main job."""
    return {
        Stage.PREPARE: _("Checking"),
        Stage.CONVERT: _("Converting"),
        Stage.UPLOAD: _("Uploading"),
        Stage.SUBMIT: _("Sending"),
        Stage.MAKE: _("Being made"),
        Stage.DOWNLOAD: _("Fetching"),
        Stage.VERIFY: _("Looking it through"),
    }[stage]


_RANKS = {state: place for place, state in enumerate(_SIGNS)}


def state_rank(state: TaskState) -> int:
    """Return where a state stands when tasks are sorted by it: in the order in which a task goes through them."""
    return _RANKS[state]


def group_states(name: str) -> frozenset[TaskState]:
    """Return the states of a filter: "all", "waiting", "running", "done" or "problem"."""
    return {
        "all": frozenset(TaskState),
        "waiting": frozenset({TaskState.WAITING}),
        "running": RUNNING - {TaskState.WAITING},
        "done": frozenset({TaskState.DONE}),
        "problem": PROBLEMS,
    }[name]


def group_word(name: str) -> str:
    """Say the name of a filter."""
    return {
        "all": _("All"),
        "waiting": _("In your queue"),
        "running": _("Running"),
        "done": _("Done"),
        "problem": _("With a problem"),
    }[name]


GROUPS = ("all", "waiting", "running", "done", "problem")
