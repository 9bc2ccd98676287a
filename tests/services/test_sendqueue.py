"""The creator's own queue: order, places, pauses, and nothing sent twice."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cloud.loopback import Request, answer
from redub.core.errors import EnvironmentFault, Refused, UserError
from redub.core.tasks import TaskRecord, TaskState
from redub.services import places, sendqueue
from redub.services.choice import Choice
from redub.services.workbench import Workbench
from redub.store.tasks import Intent
from services.stand import KEY, TOKEN, FakeService, accepts, fake_service, opened, says
from support.logs import ExpectedLog
from support.waiting import until


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_FIRST_REST", 0.02)
    monkeypatch.setattr(places, "_LONGEST_REST", 0.05)
    monkeypatch.setattr(sendqueue, "LOOK_AGAIN", 0.02)


def intent(service: FakeService, name: str, **more: object) -> Intent:
    request = msgspec.json.encode({"Header": {}, "Payload": {"InputSsml": name}}).decode()
    plain = {"site": "custom", "base_url": service.base_url, "appkey": KEY, "take_name": name, "name": name}
    return Intent(request=request, **(plain | more))  # type: ignore[arg-type]  # names of Intent's fields


def said(service: FakeService) -> list[str]:
    return [str(body["Payload"]["InputSsml"]) for body in service.submits]  # type: ignore[index]  # JSON


async def entered(bench: Workbench, service: FakeService, *names: str) -> list[TaskRecord]:
    """Put tasks into the queue without anybody sending them."""
    return [
        await bench.ledger.write(lambda store, name=name: store.waiting.enter(intent(service, name)))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
        for name in names
    ]


async def states(bench: Workbench) -> dict[str, TaskState]:
    return {one.take_name: one.state for one in await bench.ledger.read(lambda store: store.all())}


async def test_enter__is_sent_and_followed(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        record = await bench.queue.enter(intent(service, "a"))
        sent = await bench.queue.sent(record.id)
        await until(lambda: service.asked > 0)
        kept = await bench.ledger.read(lambda store: store.answers.of(record.id))

    assert (record.state, sent.state, sent.task_id) == (TaskState.WAITING, TaskState.QUEUED, "task-1")
    assert (kept[0].question, kept[0].code, kept[0].request_id) == ("submit", 0, "req-1")


async def test_begin__sends_no_more_than_there_are_places(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        await entered(bench, service, *"abcdefg")
        bench.queue.begin()
        await until(lambda: len(service.submits) == places.VIDEO_PLACES)
        waiting = await bench.queue.waiting()
        service.report = {"Status": "FAIL", "FailCode": 801004}
        await until(lambda: len(service.submits) == 7)

    assert said(service) == list("abcdefg")
    assert [one.record.take_name for one in waiting] == ["f", "g"]
    assert waiting[0].why == "All 5 places of the account are taken."
    assert [one.ahead for one in waiting] == [0, 1]


async def test_a_refusal_for_want_of_a_place__keeps_the_turn_and_teaches_the_limit(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:

        async def two_places(service: FakeService, request: Request) -> bytes:
            refused = says(100008, "超过配额限制: 提交视频制作数量超过限制:2")
            return await (
                refused if service.report["Status"] == "MAKING" and len(service.submits) > 2 else accepts
            )(service, request)

        service.on_submit = two_places
        await entered(bench, service, "a", "b", "c")
        bench.queue.begin()
        await until(lambda: len(service.submits) >= 3)
        await until(lambda: bench.ledger.store.accounts.get(f"custom|{KEY}").places == 2)
        kept = (bench.ledger.store.all()[2],)
        service.report = {"Status": "FAIL", "FailCode": 801004}
        await until(lambda: bool(bench.ledger.store.all()[2].task_id))

    assert [one.take_name for one in kept] == ["c"]


@pytest.mark.parametrize("code", [100008, 801004, -101001, 100012])
async def test_codes_that_say_nothing_was_made__are_sent_again_until_taken(code: int, tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:

        async def third_time(service: FakeService, request: Request) -> bytes:
            return await (accepts if len(service.submits) == 3 else says(code))(service, request)

        service.on_submit = third_time
        record = await bench.queue.enter(intent(service, "a"))
        sent = await bench.queue.sent(record.id)
        story = await bench.ledger.read(lambda store: store.events(record.id))

    assert (sent.state, len(service.submits)) == (TaskState.QUEUED, 3)
    assert [one.kind for one in story] == [
        "waiting",
        "intended",
        "waiting",
        "intended",
        "waiting",
        "intended",
        "queued",
    ]


@pytest.mark.parametrize("code", [100001, 100005, 100013, 801005, 110005])
async def test_other_refusals__end_it(code: int, tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        service.on_submit = says(code)
        record = await bench.queue.enter(intent(service, "a"))
        with pytest.raises(Refused):
            await bench.queue.sent(record.id)
        (kept,) = await bench.ledger.read(lambda store: store.all())

    assert (kept.state, kept.code, len(service.submits)) == (TaskState.REFUSED, code, 1)


@pytest.mark.parametrize("code", [-101000, 100000, 801000, 801002, 4711])
async def test_codes_that_do_not_say_so__are_never_sent_again(code: int, tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        service.on_submit = says(code)
        await entered(bench, service, "a")
        bench.queue.begin()
        await until(lambda: bench.ledger.store.in_state(TaskState.UNCLEAR) != ())
        await asyncio.sleep(0.1)

    assert len(service.submits) == 1


async def test_too_many_requests_without_a_code__wait_as_long_as_asked(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:

        async def later(_service: FakeService, _request: Request) -> bytes:
            return answer("429 Too Many Requests", b"", Retry_After="77")

        service.on_submit = later
        record = await bench.queue.enter(intent(service, "a"))
        with pytest.raises(Refused):
            await bench.queue.sent(record.id, patience=0.0)
        (waiting,) = await bench.queue.waiting()
        note = await bench.ledger.read(lambda store: store.accounts.get(record.account))

    assert note.rest_until is not None
    assert 70 < note.rest_until - record.created < 80
    assert "It is tried again in" in waiting.why


async def test_the_order__is_the_creators(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        a, b, c, d, e = await entered(bench, service, *"abcde")
        await bench.queue.move(d.id, a.id)
        await bench.queue.move(a.id, None)
        await bench.queue.prioritise(e.id, 5)
        await bench.queue.hold(b.id)
        await bench.queue.start_after(c.id, 4_000_000_000.0)
        shown = await bench.queue.waiting()
        bench.queue.begin()
        await until(lambda: len(service.submits) == 3)
        await bench.queue.hold(b.id, held=False)
        await bench.queue.start_after(c.id, None)
        await until(lambda: len(service.submits) == 5)

    assert [one.record.take_name for one in shown] == ["e", "d", "b", "c", "a"]
    assert [one.why.split(" ")[0] for one in shown] == ["It", "1", "You", "It", "4"]
    assert said(service) == ["e", "d", "a", "b", "c"]


async def test_a_moved_task__takes_on_the_priority_of_its_place(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        a, b, c = await entered(bench, service, *"abc")
        await bench.queue.prioritise(a.id, 3)
        moved = await bench.queue.move(c.id, a.id)
        order = [one.record.take_name for one in await bench.queue.waiting()]

    assert (moved.priority, order) == (3, ["c", "a", "b"])
    assert b.priority == 0


async def test_pause__holds_one_account_and_no_other(tmp_path: Path) -> None:
    async with fake_service() as one, fake_service() as other, opened(one, tmp_path) as bench:
        await entered(bench, one, "a")
        await bench.queue.pause(f"custom|{KEY}")
        bench.queue.begin()
        await asyncio.sleep(0.1)
        assert one.submits == []
        bench.accounts.use(
            Choice(service_url=other.base_url, appkey="key-2", accesstoken=TOKEN), bench.settings
        )
        await bench.queue.enter(intent(other, "b", appkey="key-2"))
        await until(lambda: len(other.submits) == 1)
        assert one.submits == []
        bench.accounts.use(Choice(service_url=one.base_url, appkey=KEY, accesstoken=TOKEN), bench.settings)
        await bench.queue.pause(f"custom|{KEY}", paused=False)
        await until(lambda: len(one.submits) == 1)


async def test_withdraw__takes_it_out_and_nothing_is_sent(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        (a,) = await entered(bench, service, "a")
        gone = await bench.queue.withdraw(a.id)
        bench.queue.begin()
        await asyncio.sleep(0.1)

    assert (gone.state, service.submits) == (TaskState.GIVEN_UP, [])


async def test_the_queue__goes_on_in_the_next_run_of_the_program(tmp_path: Path) -> None:
    async with fake_service() as service:
        async with opened(service, tmp_path) as bench:
            await entered(bench, service, "a", "b")
        async with opened(service, tmp_path) as bench:
            assert await bench.resume() == ()
            await asyncio.sleep(0.1)
            assert service.submits == []  # who only follows sends nothing
            bench.queue.begin()
            await until(lambda: len(service.submits) == 2)


async def test_two_programs_at_one_queue__send_each_task_once(tmp_path: Path) -> None:
    async with (
        fake_service() as service,
        opened(service, tmp_path) as one,
        opened(service, tmp_path) as other,
    ):
        service.report = {"Status": "FAIL", "FailCode": 801004}
        names = [f"take {number}" for number in range(24)]
        await entered(one, service, *names)
        one.queue.begin()
        other.queue.begin()
        await until(lambda: one.ledger.store.waiting.all() == () and not one.ledger.store.unfinished())

    assert sorted(said(service)) == sorted(names)


async def test_an_incomplete_account__is_said_and_ends_it(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        record = await bench.queue.enter(intent(service, "a", appkey="another"))
        with pytest.raises(UserError):
            await bench.queue.sent(record.id)

    assert service.submits == []


async def test_out_of_reach__is_waited_for_when_nobody_sits_in_front_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sendqueue, "FRESH_SECONDS", -1.0)
    async with fake_service() as service, opened(service, tmp_path) as bench:
        away = Choice(service_url="http://127.0.0.1:9", appkey=KEY, accesstoken=TOKEN)
        bench.accounts.use(away, bench.settings)
        record = await bench.queue.enter(intent(service, "a"))
        await until(lambda: bench.ledger.store.get(record.id).refusals > 1)
        assert service.submits == []
        back = Choice(service_url=service.base_url, appkey=KEY, accesstoken=TOKEN)
        bench.accounts.use(back, bench.settings)
        sent = await bench.queue.sent(record.id)

    assert (sent.task_id, len(service.submits)) == ("task-1", 1)


async def test_a_disk_that_refuses_the_task_id__is_tried_until_it_takes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectedLog
) -> None:
    expect_log("could not be written down: TaskId task-1")
    monkeypatch.setattr(sendqueue, "KEEP_AGAIN", 0.01)
    warned: list[str] = []
    async with fake_service() as service, opened(service, tmp_path) as bench:
        accepted, refusals = bench.ledger.store.accepted, [True, True]

        def full(*arguments: Any, **more: Any) -> TaskRecord:
            if refusals:
                refusals.pop()
                raise EnvironmentFault(
                    "The list of tasks could not be written.", why="There is no space left."
                )
            return accepted(*arguments, **more)

        monkeypatch.setattr(bench.ledger.store, "accepted", full)
        bench.news.warned.listen(lambda error: warned.append(str(error)))
        record = await bench.queue.enter(intent(service, "a"))
        sent = await bench.queue.sent(record.id)

    assert (sent.task_id, len(service.submits)) == ("task-1", 1)
    assert len(warned) == 1
    assert "task-1" in warned[0]


async def test_why__says_what_a_task_waits_for(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        a, b = await entered(bench, service, "a", "b")
        await bench.queue.pause(a.account)
        assert await bench.queue.why(b.id) == "The queue of this account is paused."
        assert await bench.queue.why("nobody") == ""
