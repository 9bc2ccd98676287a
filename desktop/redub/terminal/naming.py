"""Find the task that a person names: by our own id, its beginning, or the service's TaskId."""

from __future__ import annotations

from collections.abc import Sequence

from redub.core.errors import UserError
from redub.core.tasks import TaskRecord

SHORTEST_BEGINNING = 4


def named(known: Sequence[TaskRecord], name: str) -> TaskRecord:
    """Return the one task of `known` that `name` names.

    :raises UserError: it fits no task, or several
    """
    exact = [record for record in known if name in {record.id, record.task_id}]
    near = (
        [record for record in known if record.id.startswith(name)] if len(name) >= SHORTEST_BEGINNING else []
    )
    found = exact or near
    if len(found) == 1:
        return found[0]
    what = f"There is no task “{name}”." if not found else f"“{name}” is the beginning of several tasks."
    raise UserError(what, next_step="redub tasks lists them.")
