"""Everything about a task as text, for a message to somebody who can help; it holds no secret."""

from __future__ import annotations

from redub.core.tasks import TaskRecord
from redub.log import without_secrets
from redub.ui.tasks.states import state_word

_SHOWN = (
    ("Task", "id"),
    ("TaskId", "task_id"),
    ("Shot", "shot"),
    ("Take", "take_name"),
    ("Service", "site"),
    ("Address", "base_url"),
    ("FailCode", "fail_code"),
    ("Message", "message"),
    ("Result", "result"),
    ("Request", "request"),
)


def details(record: TaskRecord) -> str:
    """Return what is known of `record`, one line a field, empty ones left out."""
    fields = ((name, getattr(record, key)) for name, key in _SHOWN)
    said = [without_secrets(f"{name}: {value}") for name, value in fields if value not in {"", None}]
    return "\n".join([f"State: {state_word(record.state)}", *said])
