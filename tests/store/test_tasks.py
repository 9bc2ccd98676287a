from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from redub.core.errors import Bug
from redub.core.tasks import TRANSITIONS, RemoteStatus, TaskRecord, TaskState
from redub.store.tasks import Intent, TaskStore

URL = "https://r.example/x.mp4?sign=1"


class Clock:
    """A clock that goes on by one second whenever it is read."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        self.now += 1
        return self.now


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "tasks.db"


@pytest.fixture
def store(path: Path) -> Iterator[TaskStore]:
    with TaskStore(path, clock=Clock()) as opened:
        yield opened


def an_intent(request: str = '{"Header":{}}') -> Intent:
    return Intent(
        request=request,
        shot="/shots/a.redub",
        take_id="t1",
        take_name="Intro",
        site="rehearsal",
        base_url="http://127.0.0.1:1",
        appkey="key",
        expected_seconds=24.5,
        folder="/results",
        name="a-Intro",
    )


def in_state(store: TaskStore, state: TaskState) -> TaskRecord:
    """Bring a new task to `state` by the steps that lead there."""
    if state is TaskState.WAITING:
        return store.waiting.enter(an_intent())
    record = store.intend(an_intent())
    if state is TaskState.INTENDED:
        return record
    if state is TaskState.REFUSED:
        return store.refused(record.id, message="no", code=100013)
    if state is TaskState.UNCLEAR:
        return store.unclear(record.id, message="lost")
    record = store.accepted(record.id, "remote-1")
    if state is TaskState.MAKING:
        return store.reported(record.id, status=RemoteStatus.MAKING)
    if state in {TaskState.MADE, TaskState.DONE, TaskState.EXPIRED}:
        record = store.reported(record.id, status=RemoteStatus.SUCCESS, media_url=URL, duration=24.4)
    if state is TaskState.DONE:
        return store.done(record.id, result="/results/a.mp4")
    if state is TaskState.EXPIRED:
        return store.expired(record.id)
    if state is TaskState.FAILED:
        return store.failed(record.id, message="broken", fail_code=801004)
    if state is TaskState.GIVEN_UP:
        return store.given_up(record.id)
    return record


def go_to(store: TaskStore, id: str, target: TaskState) -> TaskRecord:
    """Take the one step that leads to `target`."""
    steps = {
        TaskState.REFUSED: lambda: store.refused(id, message="no"),
        TaskState.UNCLEAR: lambda: store.unclear(id, message="lost"),
        TaskState.QUEUED: lambda: store.accepted(id, "remote-2"),
        TaskState.DONE: lambda: store.done(id, result="/r.mp4"),
        TaskState.FAILED: lambda: store.failed(id, message="broken"),
        TaskState.EXPIRED: lambda: store.expired(id),
        TaskState.GIVEN_UP: lambda: store.given_up(id),
    }
    return steps[target]()


STEPS = [TaskState.REFUSED, TaskState.UNCLEAR, TaskState.QUEUED, TaskState.DONE, TaskState.FAILED]
STEPS += [TaskState.EXPIRED, TaskState.GIVEN_UP]


def test_intend__is_on_disk_with_the_hash_of_the_exact_body(store: TaskStore, path: Path) -> None:
    record = store.intend(an_intent('{"a":"你好"}'))

    assert record.state is TaskState.INTENDED
    assert record.body_hash == hashlib.sha256('{"a":"你好"}'.encode()).hexdigest()
    assert record.created == record.updated == 1001.0
    assert (record.take_name, record.expected_seconds, record.site) == ("Intro", 24.5, "rehearsal")
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT id, state FROM tasks").fetchall() == [(record.id, "intended")]


def test_whole_story(store: TaskStore, path: Path) -> None:
    id = store.intend(an_intent()).id
    queued = store.accepted(id, "remote-1")
    store.reported(id, status=RemoteStatus.COMMIT, ahead=3)
    making = store.reported(id, status=RemoteStatus.MAKING)
    made = store.reported(
        id, status=RemoteStatus.SUCCESS, media_url=URL, subtitles_url="https://r/x.srt", duration=24.4
    )
    named = store.publishing(id, result="/results/a.mp4", subtitles="/results/a.srt")
    done = store.done(id, result="/results/a.mp4", subtitles="/results/a.srt", duration=24.48)

    assert (queued.task_id, queued.state) == ("remote-1", TaskState.QUEUED)
    assert queued.submitted is not None
    assert making.ahead is None
    assert made.finished is not None
    assert (named.state, named.result) == (TaskState.MADE, "/results/a.mp4")
    assert (done.state, done.duration, done.finished) == (TaskState.DONE, 24.48, made.finished)
    assert done == store.get(id)
    assert [event.kind for event in store.events(id)] == ["intended", "queued", "making", "made", "done"]
    times = [event.time for event in store.events(id)]
    assert times == sorted(times)
    store.close()
    with TaskStore(path) as again:
        assert again.all() == (done,)


@pytest.mark.parametrize("state", list(TaskState))
@pytest.mark.parametrize("target", STEPS)
def test_steps__only_those_of_the_table(store: TaskStore, state: TaskState, target: TaskState) -> None:
    record = in_state(store, state)
    assert record.state is state

    if target in TRANSITIONS[state] or target is state:
        assert go_to(store, record.id, target).state is target
    else:
        with pytest.raises(Bug) as caught:
            go_to(store, record.id, target)
        assert f"{state.value} -> {target.value}" in caught.value.detail
        assert store.get(record.id) == record


def test_accepted__needs_a_task_id(store: TaskStore) -> None:
    with pytest.raises(Bug, match="without a TaskId"):
        store.accepted(store.intend(an_intent()).id, "")


def test_accepted__what_the_creator_found_for_an_unclear_one(store: TaskStore) -> None:
    record = in_state(store, TaskState.UNCLEAR)

    found = store.accepted(record.id, "remote-7")

    assert (found.state, found.task_id, found.message) == (TaskState.QUEUED, "remote-7", "")


def test_reported__place_in_the_queue_changes(store: TaskStore) -> None:
    record = in_state(store, TaskState.QUEUED)

    assert store.reported(record.id, status=RemoteStatus.COMMIT, ahead=3).ahead == 3
    assert store.reported(record.id, status=RemoteStatus.COMMIT, ahead=0).ahead == 0
    assert store.reported(record.id, status=RemoteStatus.MAKING).ahead is None
    assert store.reported(record.id, status=RemoteStatus.COMMIT, ahead=5).state is TaskState.QUEUED


def test_reported__nothing_new_is_not_written(store: TaskStore) -> None:
    record = in_state(store, TaskState.MAKING)

    assert store.reported(record.id, status=RemoteStatus.MAKING) == record
    assert store.get(record.id).updated == record.updated


def test_reported__success_without_an_address_still_runs(store: TaskStore) -> None:
    record = in_state(store, TaskState.QUEUED)

    assert store.reported(record.id, status=RemoteStatus.SUCCESS).state is TaskState.MAKING
    assert store.reported(record.id, status=RemoteStatus.SUCCESS, media_url=URL).state is TaskState.MADE


def test_reported__made_gets_a_fresh_address_and_never_goes_back(store: TaskStore) -> None:
    record = in_state(store, TaskState.MADE)

    fresh = store.reported(record.id, status=RemoteStatus.SUCCESS, media_url="https://fresh/x")
    late = store.reported(record.id, status=RemoteStatus.MAKING)

    assert fresh.media_url == "https://fresh/x"
    assert late == fresh
    assert late.finished == record.finished


def test_reported__failure_with_its_code(store: TaskStore) -> None:
    record = in_state(store, TaskState.MAKING)

    failed = store.reported(record.id, status=RemoteStatus.FAIL, fail_code=801010, message="URL坏")

    assert (failed.state, failed.fail_code, failed.message) == (TaskState.FAILED, 801010, "URL坏")
    assert failed.finished is not None
    assert store.events(record.id)[-1].detail == "URL坏"


@pytest.mark.parametrize("state", [TaskState.DONE, TaskState.FAILED, TaskState.EXPIRED, TaskState.GIVEN_UP])
def test_reported__finished_tasks_are_left_alone(store: TaskStore, state: TaskState) -> None:
    record = in_state(store, state)

    assert store.reported(record.id, status=RemoteStatus.MAKING) == record


def test_lists(store: TaskStore) -> None:
    records = {state: in_state(store, state) for state in TaskState}

    assert [record.state for record in store.all()] == list(TaskState)
    assert [record.state for record in store.unfinished()] == [
        TaskState.QUEUED,
        TaskState.MAKING,
        TaskState.MADE,
    ]
    assert store.in_state(TaskState.UNCLEAR) == (records[TaskState.UNCLEAR],)
    assert store.with_body(records[TaskState.DONE].body_hash) == store.all()
    assert store.with_body("other") == ()


def test_get__unknown(store: TaskStore) -> None:
    with pytest.raises(KeyError):
        store.get("nobody")
    with pytest.raises(KeyError):
        store.expired("nobody")


def test_note__adds_to_the_story(store: TaskStore) -> None:
    record = store.intend(an_intent())

    store.note(record.id, "asked", "HTTP 503")

    assert [(event.kind, event.detail) for event in store.events(record.id)][1:] == [("asked", "HTTP 503")]
    assert store.get(record.id) == record


def test_recover__leaves_the_intents_of_living_programs(path: Path) -> None:
    with TaskStore(path) as first, TaskStore(path) as second:
        own, other = first.intend(an_intent()), second.intend(an_intent())

        assert first.recover() == ()
        assert second.recover() == ()
        assert first.get(own.id).state is first.get(other.id).state is TaskState.INTENDED


def test_recover__intents_of_ended_programs_become_unclear_once(path: Path) -> None:
    with TaskStore(path) as first:
        record = first.intend(an_intent())
        sent = first.accepted(first.intend(an_intent()).id, "remote-1")

    with TaskStore(path) as second, TaskStore(path) as third:
        (unclear,) = second.recover()
        assert third.recover() == ()

        assert unclear == replace(
            record, state=TaskState.UNCLEAR, message=unclear.message, updated=unclear.updated
        )
        assert third.get(sent.id) == sent
    assert list((path.parent / "runs").iterdir()) == []


def test_every_field_of_the_record_is_kept(store: TaskStore) -> None:
    record = in_state(store, TaskState.MADE)
    changed = store.publishing(record.id, result="/r.mp4", subtitles="/r.srt")

    assert store.get(record.id) == changed
    assert changed == replace(record, result="/r.mp4", subtitles="/r.srt", updated=changed.updated)
