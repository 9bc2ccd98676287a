"""An intent becomes a task: the record that both the waiting list and the history begin with."""

from __future__ import annotations

import hashlib
import uuid

from redub.core.tasks import TaskRecord, TaskState
from redub.store.taskrows import INTENT_FIELDS, Intent


def new_record(intent: Intent, state: TaskState, now: float) -> TaskRecord:
    """Return a task of its own for `intent`, begun at `now` (Unix seconds)."""
    return TaskRecord(
        id=uuid.uuid4().hex,
        state=state,
        body_hash=hashlib.sha256(intent.request.encode()).hexdigest(),
        created=now,
        updated=now,
        **{name: getattr(intent, name) for name in INTENT_FIELDS},
    )
