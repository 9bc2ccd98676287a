"""Every way in which asking can go wrong: nothing is lost, it is said, and the next good answer is taken."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from cloud.loopback import Reply, answer, envelope, says
from redub.cloud import client
from redub.core.errors import CloudFault
from redub.core.tasks import TaskState
from redub.services.choice import Choice
from services.stand import KEY, PROGRESS, TOKEN, fake_service, opened
from services.test_bringing_home import a_task
from services.wrongs import AT_THE_DOOR, NO_ANSWER, TOO_OFTEN, hour_wrong, late
from support.waiting import until

TROUBLES: dict[str, Reply] = {
    **NO_ANSWER,
    **{name: reply for name, reply in AT_THE_DOOR.items() if "Payload" not in name},
    **TOO_OFTEN,
    "code without Payload": says(answer("200 OK", envelope(code=801000, message="internal"))),
}


@pytest.mark.parametrize("name", list(TROUBLES))
async def test_asking__each_fault_is_said_and_the_task_goes_on(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_QUERY_SECONDS", 0.3)
    async with fake_service() as service, opened(service, tmp_path) as bench:
        service.wrong[PROGRESS] = TROUBLES[name]
        record = await a_task(bench, service, tmp_path / "out")
        bench.monitor.follow(record)
        await until(lambda: record.id in bench.news.troubles)
        trouble = bench.news.troubles[record.id].error
        kept = bench.ledger.store.get(record.id)
        service.wrong.clear()
        bench.monitor.hurry(record)
        await until(lambda: bench.ledger.store.get(record.id).state is TaskState.MAKING)
        await until(lambda: record.id not in bench.news.troubles)

    assert kept.state is TaskState.QUEUED
    assert isinstance(trouble, CloudFault)
    assert len(str(trouble)) > 30
    if "Retry-After" in name and "without" not in name:
        assert trouble.retry_after == 2.0
    if "clock" in name:
        assert "Set this computer's clock" in str(trouble)


PAYLOADS: dict[str, tuple[dict[str, object], TaskState]] = {
    "unknown Status": ({"Status": "DREAMING", "Progress": 30}, TaskState.MAKING),
    "Status is missing": ({"Progress": 30}, TaskState.MAKING),
    "Progress goes backwards": ({"Status": "MAKING", "Progress": 10}, TaskState.MAKING),
    "Progress is no number": ({"Status": "MAKING", "Progress": "half"}, TaskState.MAKING),
    "SUCCESS without MediaUrl": ({"Status": "SUCCESS", "Progress": 100, "MediaUrl": ""}, TaskState.MAKING),
    "empty Payload": ({}, TaskState.MAKING),
    "back in the queue": ({"Status": "COMMIT", "ArrayCount": 3}, TaskState.QUEUED),
    "failed without a code": ({"Progress": -1}, TaskState.FAILED),
    "failed with an unknown code": ({"Status": "FAIL", "FailCode": 899999}, TaskState.FAILED),
}


@pytest.mark.parametrize("name", list(PAYLOADS))
async def test_asking__strange_answers_are_understood_as_far_as_they_go(name: str, tmp_path: Path) -> None:
    payload, state = PAYLOADS[name]
    async with fake_service() as service, opened(service, tmp_path) as bench:
        service.report = {"Status": "MAKING", "Progress": 50}
        record = await a_task(bench, service, tmp_path / "out")
        bench.monitor.follow(record)
        await until(lambda: bench.ledger.store.get(record.id).state is TaskState.MAKING)
        asked, service.report = service.asked, payload
        await until(lambda: service.asked > asked + 2 or bench.ledger.store.get(record.id).state is state)
        after = bench.ledger.store.get(record.id)

    assert after.state is state
    assert (state is TaskState.FAILED) == bool(after.message)


async def test_asking__late_answers_are_answers(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        service.wrong[PROGRESS] = late
        record = await a_task(bench, service, tmp_path / "out")
        bench.monitor.follow(record)
        await until(lambda: bench.ledger.store.get(record.id).state is TaskState.MAKING)

    assert not bench.news.troubles


async def test_asking__a_wrong_clock_is_said_once_also_while_all_is_well(tmp_path: Path) -> None:
    said: list[str] = []
    async with fake_service() as service, opened(service, tmp_path) as bench:
        bench.news.warned.listen(lambda error: said.append(str(error)))
        service.wrong[PROGRESS] = hour_wrong("200 OK", envelope({"Status": "MAKING"}))
        record = await a_task(bench, service, tmp_path / "out")
        bench.monitor.follow(record)
        await until(lambda: service.went_wrong > 2)
        assert len(bench.news.warnings) == 1
        service.wrong.clear()
        await until(lambda: not bench.news.warnings)

    assert len(said) == 1
    assert "This computer's clock is 60 minutes ahead" in said[0]


async def test_asking__a_task_that_the_service_forgot_at_a_restart_can_be_asked_about_again(
    tmp_path: Path,
) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        service.wrong[PROGRESS] = says(answer("200 OK", envelope(code=110006, message="记录不存在")))
        record = await a_task(bench, service, tmp_path / "out")
        bench.monitor.follow(record)
        failed = await bench.monitor.finished(record.id, patience=30)
        service.wrong.clear()
        await bench.actions.retry(record.id)
        await until(lambda: bench.ledger.store.get(record.id).state is TaskState.MAKING)

    assert (failed.state, failed.task_id) == (TaskState.FAILED, "task-1")
    assert service.went_wrong == 3
    assert "does not know this task" in failed.message


async def test_asking__out_of_reach_is_asked_with_one_question_for_all(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        away = Choice(service_url="http://127.0.0.1:9", appkey=KEY, accesstoken=TOKEN)
        bench.accounts.use(away, bench.settings)
        for record in [await a_task(bench, service, tmp_path / "out") for _ in range(20)]:
            bench.monitor.follow(record)
        await until(lambda: bool(bench.news.troubles))
        await asyncio.sleep(0.1)
        asked = len(bench.news.troubles)

    assert asked < 4
