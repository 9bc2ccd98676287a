"""The waiting list, the notes on accounts and the answers, over the real database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from shutil import copy

import pytest

from redub.core.errors import Bug
from redub.core.tasks import RemoteStatus, TaskState
from redub.store.accountbook import AccountNote
from redub.store.migrations import MIGRATIONS
from redub.store.tasks import TaskStore
from store.test_tasks import Clock, an_intent

ACCOUNT = "rehearsal|key"
OLD = Path(__file__).parent / "data" / "tasks.v1.sqlite3"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tasks.db"


@pytest.fixture
def store(path: Path) -> Iterator[TaskStore]:
    with TaskStore(path, clock=Clock()) as opened:
        yield opened


def test_version_1__is_brought_up_to_date_and_kept(tmp_path: Path) -> None:
    path = Path(copy(OLD, tmp_path / "tasks.sqlite3"))

    with TaskStore(path) as store:
        records = store.all()
        waiting = store.waiting.enter(an_intent())

    assert [record.state for record in records] == [
        state for state in TaskState if state is not TaskState.WAITING
    ]
    assert {record.take_name for record in records} == {"Intro"}
    assert all(record.identity == "" and record.held is False and record.priority == 0 for record in records)
    assert waiting.place == 1.0
    with closing(sqlite3.connect(tmp_path / "tasks.sqlite3.v1.bak")) as before:
        assert before.execute("PRAGMA user_version").fetchone()[0] == 1
        assert before.execute("SELECT count(*) FROM tasks").fetchone()[0] == len(records)
    assert len(MIGRATIONS) == 2


def test_claim__takes_the_first_while_there_are_places(store: TaskStore) -> None:
    first, second = store.waiting.enter(an_intent("1")), store.waiting.enter(an_intent("2"))

    claimed = store.waiting.claim(ACCOUNT, 1)

    assert claimed is not None
    assert (claimed.id, claimed.state) == (first.id, TaskState.INTENDED)
    assert store.waiting.claim(ACCOUNT, 1) is None
    assert store.waiting.claim("china|key", 9) is None
    store.accepted(first.id, "t-1")
    assert store.waiting.taken_places(ACCOUNT) == 1
    store.reported(first.id, status=RemoteStatus.SUCCESS, media_url="http://x")
    assert store.waiting.taken_places(ACCOUNT) == 0
    last = store.waiting.claim(ACCOUNT, 1)
    assert last is not None
    assert last.id == second.id


def test_claim__many_programs_take_each_task_once(path: Path) -> None:
    with TaskStore(path) as one, TaskStore(path) as other:
        ids = {one.waiting.enter(an_intent(str(number))).id for number in range(30)}
        with ThreadPoolExecutor(6) as pool:
            claims = list(pool.map(lambda n: (one, other)[n % 2].waiting.claim(ACCOUNT, 99), range(60)))

    taken = [claim.id for claim in claims if claim is not None]
    assert sorted(taken) == sorted(ids)


def test_claim__of_a_run_that_died_becomes_unclear(path: Path) -> None:
    with TaskStore(path) as first:
        first.waiting.enter(an_intent())
        claimed = first.waiting.claim(ACCOUNT, 1)
    with TaskStore(path) as second:
        (unclear,) = second.recover()

    assert claimed is not None
    assert (unclear.id, unclear.state) == (claimed.id, TaskState.UNCLEAR)


def test_give_back__keeps_the_place(store: TaskStore) -> None:
    first, second = store.waiting.enter(an_intent("1")), store.waiting.enter(an_intent("2"))
    store.waiting.claim(ACCOUNT, 1)

    back = store.waiting.give_back(first.id, "no place")

    assert (back.state, back.refusals, back.message, back.place) == (
        TaskState.WAITING,
        1,
        "no place",
        first.place,
    )
    assert [one.id for one in store.waiting.all()] == [first.id, second.id]


def test_arrange__only_what_waits(store: TaskStore) -> None:
    record = store.waiting.enter(an_intent())
    assert store.waiting.arrange(record.id, held=True).held is True
    assert store.waiting.claim(ACCOUNT, 1) is None
    assert store.waiting.arrange(record.id, held=False, not_before=5e9).not_before == 5e9
    assert store.waiting.claim(ACCOUNT, 1) is None
    assert store.waiting.arrange(record.id, at_once=True).not_before is None
    assert store.waiting.claim(ACCOUNT, 1) is not None

    with pytest.raises(Bug):
        store.waiting.arrange(record.id, priority=1)
    with pytest.raises(Bug):
        store.waiting.withdraw(record.id)


def test_move__between_any_two(store: TaskStore) -> None:
    ids = [store.waiting.enter(an_intent(str(number))).id for number in range(4)]

    for _ in range(30):  # always into the same gap: places get close, and stay apart
        store.waiting.move(ids[3], ids[1])
        store.waiting.move(ids[2], ids[1])

    assert [one.id for one in store.waiting.all()] == [ids[0], ids[3], ids[2], ids[1]]


def test_again__an_unclear_task_is_given_up_in_the_same_step(store: TaskStore) -> None:
    record = store.intend(an_intent())
    store.unclear(record.id, message="lost")

    old, new = store.again(record.id, detail="You wanted it.")

    assert (old.state, new.state, new.again_of) == (TaskState.GIVEN_UP, TaskState.WAITING, record.id)
    assert (new.request, new.identity, new.folder) == (record.request, record.identity, record.folder)
    assert [event.kind for event in store.events(record.id)][-2:] == ["given_up", "sent again"]


def test_twins__same_contents_or_same_bytes(store: TaskStore) -> None:
    def one(request: str, identity: str) -> str:
        from dataclasses import replace

        return store.waiting.enter(replace(an_intent(request), identity=identity)).id

    same_contents, same_bytes, other = one("1", "who"), one("2", ""), one("3", "else")
    body = store.get(same_bytes).body_hash

    found = [record.id for record in store.twins("who", body, ACCOUNT)]

    assert found == [same_contents, same_bytes]
    assert store.twins("who", body, "china|key") == ()
    assert store.twins("", "", ACCOUNT) == ()
    store.waiting.withdraw(same_contents)
    assert [record.id for record in store.twins("who", "", ACCOUNT)] == []
    assert store.get(other).identity == "else"


def test_forget__and_remember(store: TaskStore) -> None:
    record = store.intend(an_intent())
    with pytest.raises(Bug):
        store.forget(record.id)
    store.refused(record.id, message="no")

    store.forget(record.id)

    assert store.all() == ()
    assert [one.id for one in store.forgotten()] == [record.id]
    store.remember(record.id)
    assert [one.id for one in store.all()] == [record.id]


def test_answers__are_kept_without_secrets_and_only_when_new(store: TaskStore) -> None:
    id = store.intend(an_intent()).id
    for number in range(3):
        store.answers.keep(
            id, "progress", f'{{"RequestID":"r{number}","Status":"COMMIT"}}', request_id=f"r{number}"
        )
    store.answers.keep(id, "progress", '{"MediaUrl":"https://x/y?X-Amz-Signature=CANARY"}', code=0)
    for number in range(100):
        store.answers.keep(id, "download", f"{number}")

    kept = store.answers.of(id)

    assert len(kept) == 60
    assert kept[-1].body == "99"
    assert "CANARY" not in str(kept)
    with TaskStore(store._database._path) as other:
        assert other.answers.of(id) == kept


def test_accounts__rest_grows_and_is_forgotten(store: TaskStore) -> None:
    assert store.accounts.get(ACCOUNT) == AccountNote(account=ACCOUNT)
    one = store.accounts.rest(ACCOUNT, 10, "full")
    two = store.accounts.rest(ACCOUNT, 20, "full")
    store.accounts.learn(ACCOUNT, 2)
    store.accounts.pause(ACCOUNT, True)
    assert one.rest_until is not None
    assert two.rest_until is not None
    assert (one.rests, two.rests) == (1, 2)
    assert two.rest_until - one.rest_until > 10

    gone_on = store.accounts.go_on(ACCOUNT)

    assert (gone_on.rests, gone_on.rest_until, gone_on.places, gone_on.paused) == (0, None, 2, True)
    assert store.accounts.get(ACCOUNT) == gone_on
