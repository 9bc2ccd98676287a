"""`redub task`, `queue` and `bundle`: what they print and do, without a service."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from redub.core.tasks import TaskState
from redub.store.tasks import TaskStore
from store.test_tasks import an_intent
from terminal.calling import redub

BODY = '{"Header":{},"Payload":{"InputSsml":"Hello.","RefVideoUrl":"https://b.example/a.mp4?X-Amz-Signature=CANARY"}}'


@pytest.fixture
def ids(redub_home: Path) -> dict[TaskState, str]:
    """Return the ids of an unclear, a refused and three waiting tasks in the history."""
    with TaskStore(redub_home / "data" / "tasks.sqlite3") as store:
        unclear = store.unclear(store.intend(an_intent(BODY)).id, message="lost")
        refused = store.refused(store.intend(an_intent(BODY)).id, message="no hours", code=100013)
        waiting = [store.waiting.enter(an_intent(BODY)) for _ in range(3)]
    return {
        TaskState.UNCLEAR: unclear.id,
        TaskState.REFUSED: refused.id,
        TaskState.WAITING: waiting[0].id,
        TaskState.QUEUED: waiting[2].id,  # the last one of those that wait
    }


def test_task__shows_everything_and_no_secret(ids: dict[TaskState, str], tmp_path: Path) -> None:
    id = ids[TaskState.UNCLEAR]

    shown, record, curl = redub("task", id[:8]), redub("task", id, "--json"), redub("task", id, "--curl")
    bundle = redub("bundle", tmp_path / "support.zip", id)

    assert "unclear" in shown.out
    assert "intended" in shown.out
    assert record.json["task"]["id"] == id
    assert record.json["request"]["Payload"]["InputSsml"] == "Hello."
    assert curl.out.startswith("# It is paid for.")
    assert "$REDUB_APPKEY" in curl.out
    with zipfile.ZipFile(tmp_path / "support.zip") as zipped:
        told = "".join(zipped.read(name).decode() for name in zipped.namelist())
    assert bundle.out.strip() == str(tmp_path / "support.zip")
    assert "CANARY" not in shown.out + record.out + curl.out + told


def test_task__settles_forgets_and_brings_back(ids: dict[TaskState, str]) -> None:
    unclear, refused = ids[TaskState.UNCLEAR], ids[TaskState.REFUSED]

    given_up = redub("task", unclear, "--give-up", "--json").json["tasks"][0]
    wrong = redub("task", unclear, "--give-up")
    redub("task", refused, "--forget")
    hidden = [task["id"] for task in redub("tasks", "--json").json["tasks"]]
    redub("task", refused, "--bring-back")
    shown = [task["id"] for task in redub("tasks", "--json").json["tasks"]]

    assert given_up["state"] == "given_up"
    assert (wrong.code, "cannot be done" in wrong.err) == (2, True)
    assert refused not in hidden
    assert refused in shown


def test_queue__is_arranged(ids: dict[TaskState, str]) -> None:
    first, last = ids[TaskState.WAITING], ids[TaskState.QUEUED]

    redub("queue", "--first", last)
    redub("queue", "--hold", first)
    redub("queue", "--pause")
    told = redub("queue", "--json").json
    dropped = redub("queue", "--drop", first)
    wrong = redub("queue", "--after", last, "soon")

    assert told["waiting"][0]["id"] == last
    assert {task["id"]: task["held"] for task in told["waiting"]}[first] is True
    assert told["accounts"][0]["paused"] is True
    assert first[:8] not in dropped.out
    assert (wrong.code, "is no moment" in wrong.err) == (2, True)
