"""What is known before and while a task runs: quota, outlook, expiry."""

from __future__ import annotations

import time
from pathlib import Path

from redub.core.shot import ConcurrencyType
from redub.core.tasks import RETENTION_SECONDS, TaskRecord, TaskState
from redub.services.ledger import Ledger
from redub.services.outlook import Outlook, Outlooks, expiring, expiry_sentence
from redub.services.quota import used_minutes
from redub.services.workbench import Workbench
from services.stand import KEY, FakeService, fake_service, opened
from services.test_sendqueue import intent


def done(id: str, seconds: float, took: float, **more: object) -> TaskRecord:
    plain: dict[str, object] = {"site": "custom", "appkey": KEY, "created": 1000.0, "submitted": 1000.0}
    times = {"finished": 1000.0 + took, "duration": seconds}
    return TaskRecord(id=id, state=TaskState.DONE, **(plain | times | more))  # type: ignore[arg-type]  # its fields


async def a_task(bench: Workbench, service: FakeService, seconds: float, shot: str) -> None:
    record = await bench.ledger.write(lambda store: store.intend(intent(service, "x", shot=shot)))
    await bench.ledger.write(lambda store: store.accepted(record.id, f"t-{record.id}"))
    await bench.ledger.write(lambda store: store.failed(record.id, message=""))
    again = await bench.ledger.write(lambda store: store.intend(intent(service, "x", shot=shot)))
    await bench.ledger.write(lambda store: store.accepted(again.id, f"t-{again.id}"))
    await bench.ledger.write(
        lambda store: store._change(again.id, TaskState.QUEUED, "", expected_seconds=seconds)
    )


async def test_quota__says_what_is_used_and_left(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        service.assets = [
            {
                "ServiceType": "NoTrainVideoBroadcastHour",
                "ExpireDate": "2027-01-01 00:00:00",
                "UniversalHourInfoDetail": {"TotalHour": 10, "UsedHour": 4.5},
            },
            {
                "ServiceType": "NoTrainVideoBroadcastConcurrency",
                "ExpireDate": "",
                "UniversalConcurrencyInfoDetail": {"TotalConcurrency": 0, "UsedConcurrency": 0},
            },
        ]
        await a_task(bench, service, 90.0, "Interview")
        await a_task(bench, service, 30.0, "Other")
        shared = await bench.quota.view(shot="Interview", concurrency=None, seconds=60.0)
        exclusive = await bench.quota.view(
            shot="Interview", concurrency=ConcurrencyType.EXCLUSIVE, seconds=60.0
        )
        asked = [request.body for request in service.server.requests if b"ServiceType" in request.body]

    assert (shared.is_exclusive, shared.minutes, shared.minutes_left) == (False, 1.0, 330.0)
    assert (shared.shot_minutes, shared.month_minutes, shared.places, shared.taken) == (1.5, 2.0, 5, 2)
    assert shared.sentences == (
        "This take will use about 1.0 minutes.",
        "The account has 330 minutes left. 3 places are free.",
        "Used so far: 1.5 minutes by this shot, 2.0 minutes this month.",
    )
    assert (exclusive.is_exclusive, exclusive.minutes) == (True, None)
    assert len(asked) == 2  # both kinds, once: the answer is good for a while


async def test_quota__a_service_that_does_not_say_leaves_it_open(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        view = await bench.quota.view(shot="Interview", concurrency=None, seconds=None)

    assert (view.is_exclusive, view.minutes, view.minutes_left, view.is_from_service) == (
        None,
        None,
        None,
        False,
    )
    assert view.sentences[0] == "How many minutes it will use cannot be said: its length is not known."
    assert view.sentences[1] == "5 places are free."


def test_used_minutes__counts_what_was_paid_in_minutes() -> None:
    records = [
        done("1", 60.0, 1),
        done("2", 60.0, 1, concurrency="Exclusive"),
        TaskRecord(id="3", state=TaskState.REFUSED, duration=60.0),
        TaskRecord(id="4", state=TaskState.MAKING, expected_seconds=30.0),
    ]

    assert used_minutes(records) == 1.5


async def test_outlook__says_place_trend_and_experience(tmp_path: Path) -> None:
    ledger = await Ledger.open(tmp_path / "tasks.sqlite3")
    clock = [2000.0]
    outlooks = Outlooks(ledger, clock=lambda: clock[0])
    history = [done(str(number), 30.0, 240.0 + 30 * number) for number in range(7)]
    record = TaskRecord(
        id="x", state=TaskState.QUEUED, site="custom", submitted=1700.0, ahead=8, expected_seconds=25.0
    )
    outlooks.seen(record)
    clock[0] = 2120.0
    moved = TaskRecord(
        id="x", state=TaskState.QUEUED, site="custom", submitted=1700.0, ahead=5, expected_seconds=25.0
    )
    outlooks.seen(moved)
    outlook = outlooks.among(moved, history)
    await ledger.aclose()

    assert (outlook.elapsed, outlook.ahead, outlook.per_minute) == (420.0, 5, 1.5)
    assert outlook.sentences == (
        "5 tasks are ahead. The queue moves by 1.5 a minute.",
        "Jobs of this length took 4 to 7 minutes.",
    )
    assert Outlook(elapsed=1, ahead=1, per_minute=0.0, usual=None).sentences == (
        "1 task is ahead. The queue has not moved lately.",
    )
    assert outlooks.among(done("y", 30, 1), history).elapsed is None


def test_expiring__what_dies_first_comes_first() -> None:
    now = time.time()

    def made(id: str, age: float) -> TaskRecord:
        return TaskRecord(id=id, state=TaskState.MADE, take_name=id, finished=now - age)

    day = 24 * 3600.0
    records = [made("young", day), made("old", 6.5 * day), made("older", 6.99 * day), made("gone", 8 * day)]

    found = expiring([*records, done("done", 1, 1)], now)

    assert [one.id for one in found] == ["gone", "older", "old"]
    assert expiry_sentence(found[0], now).endswith("it may be gone.")
    assert expiry_sentence(found[1], now) == "older: the service deletes the result in less than an hour."
    assert expiry_sentence(found[2], now) == "old: the service deletes the result in 12 hours."
    assert records[0].expires == records[0].finished + RETENTION_SECONDS if records[0].finished else False
