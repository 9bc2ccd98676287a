"""What a person can do with a task, and what it costs."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from cloud.loopback import Request, answer, envelope
from redub.core.errors import CloudFault, UserError
from redub.core.tasks import RemoteStatus, TaskRecord, TaskState
from redub.services import pace
from redub.services.taskactions import Deed, deeds_for
from redub.services.workbench import Workbench
from services.stand import FakeService, fake_service, opened, says
from services.test_sendqueue import intent
from support.clips import ClipFactory
from support.waiting import until

SHORT = {"width": 320, "height": 240, "seconds": 2.0}


async def unclear(bench: Workbench, service: FakeService) -> TaskRecord:
    record = await bench.ledger.write(lambda store: store.intend(intent(service, "a")))
    return await bench.ledger.write(lambda store: store.unclear(record.id, message="lost"))


async def failed(bench: Workbench, service: FakeService) -> TaskRecord:
    record = await bench.ledger.write(lambda store: store.intend(intent(service, "a")))
    await bench.ledger.write(lambda store: store.accepted(record.id, "task-7"))
    return await bench.ledger.write(lambda store: store.failed(record.id, message="no", fail_code=801004))


@pytest.mark.parametrize(
    "state, task_id, deeds",
    [
        (TaskState.WAITING, "", {Deed.WITHDRAW, Deed.RETRY}),
        (TaskState.INTENDED, "", set()),
        (TaskState.UNCLEAR, "", {Deed.IT_WAS_MADE, Deed.SEND_AGAIN, Deed.GIVE_UP}),
        (TaskState.QUEUED, "t", {Deed.RETRY, Deed.GIVE_UP}),
        (TaskState.DONE, "t", {Deed.FORGET, Deed.SUBMIT_AGAIN, Deed.RELOCATE}),
        (TaskState.FAILED, "t", {Deed.FORGET, Deed.SUBMIT_AGAIN, Deed.RETRY}),
        (TaskState.GIVEN_UP, "", {Deed.FORGET, Deed.SUBMIT_AGAIN}),
        (TaskState.REFUSED, "", {Deed.FORGET, Deed.SUBMIT_AGAIN, Deed.RETRY}),
    ],
)
def test_deeds_for(state: TaskState, task_id: str, deeds: set[Deed]) -> None:
    assert deeds_for(TaskRecord(id="1", state=state, task_id=task_id)) == deeds


async def test_it_was_made__is_followed_to_its_end(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        record = await unclear(bench, service)
        found = await bench.actions.it_was_made(record.id, " task-9 ")
        service.report = {"Status": "FAIL", "FailCode": 801004}
        ended = await bench.monitor.finished(record.id, patience=10)

    assert (found.state, found.task_id, found.id) == (TaskState.QUEUED, "task-9", record.id)
    assert ended.state is TaskState.FAILED
    assert service.submits == []


@pytest.mark.parametrize("task_id", ["", "task-7"])
async def test_it_was_made__a_wrong_task_id_changes_nothing(task_id: str, tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        await failed(bench, service)
        record = await unclear(bench, service)
        with pytest.raises(UserError):
            await bench.actions.it_was_made(record.id, task_id)
        service.on_progress = says(110006)
        with pytest.raises(UserError, match="does not know the TaskId"):
            await bench.actions.it_was_made(record.id, "unknown")
        service.is_down = True
        with pytest.raises(CloudFault):
            await bench.actions.it_was_made(record.id, "task-8")
        kept = await bench.ledger.read(lambda store: store.get(record.id))

    assert kept == record


async def test_send_again__is_a_new_task_and_the_old_one_is_given_up(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        record = await unclear(bench, service)
        new = await bench.actions.send_again(record.id)
        sent = await bench.queue.sent(new.id)
        old = await bench.ledger.read(lambda store: store.get(record.id))
        story = await bench.ledger.read(lambda store: store.events(record.id))

    assert (sent.again_of, sent.request, sent.task_id) == (record.id, record.request, "task-1")
    assert old.state is TaskState.GIVEN_UP
    assert (story[-1].kind, story[-1].detail) == ("sent again", new.id)
    assert service.submits == [msgspec.json.decode(record.request)]


async def test_give_up__settles_without_sending(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        record = await unclear(bench, service)
        given_up = await bench.actions.give_up(record.id)
        with pytest.raises(UserError):
            await bench.actions.give_up(record.id)

    assert (given_up.state, service.submits) == (TaskState.GIVEN_UP, [])


async def test_retry__asks_again_about_what_the_service_had_forgotten(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        record = await failed(bench, service)
        going = await bench.actions.retry(record.id)
        service.report = {"Status": "COMMIT", "ArrayCount": 4}
        await until(lambda: bench.ledger.store.get(record.id).ahead == 4)

    assert (going.state, going.task_id, going.fail_code) == (TaskState.QUEUED, "task-7", None)
    assert service.submits == []


async def test_retry__of_a_running_task_asks_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = pace.Pace(first=600.0, longest=600.0, per_minute=60_000)
    monkeypatch.setattr(pace, "ON_THIS_MACHINE", slow)
    async with fake_service() as service, opened(service, tmp_path) as bench:
        record = await bench.queue.enter(intent(service, "a"))
        await bench.queue.sent(record.id)
        assert service.asked == 0
        await bench.actions.retry(record.id)
        await until(lambda: service.asked == 1)


async def test_submit_again__needs_a_task_that_has_ended(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        record = await unclear(bench, service)
        with pytest.raises(UserError):
            await bench.actions.submit_again(record.id)
        ended = await failed(bench, service)
        new = await bench.actions.submit_again(ended.id)
        await bench.queue.sent(new.id)
        old = await bench.ledger.read(lambda store: store.get(ended.id))

    assert old == ended
    assert len(service.submits) == 1


async def test_forget__hides_and_undo_brings_back(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        one, other = await failed(bench, service), await unclear(bench, service)
        with pytest.raises(UserError):
            await bench.actions.forget([one.id, other.id])
        forgotten = await bench.actions.forget([one.id])
        hidden = [record.id for record in await bench.ledger.read(lambda store: store.all())]
        (back,) = await bench.actions.undo(forgotten)
        shown = [record.id for record in await bench.ledger.read(lambda store: store.all())]

    assert (hidden, sorted(shown)) == ([other.id], sorted([one.id, other.id]))
    assert back.forgotten is None
    assert back.task_id == "task-7"


async def test_relocate__takes_the_same_video_only(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clip = clip_factory(**SHORT)
    async with fake_service() as service, opened(service, tmp_path) as bench:
        record = await bench.ledger.write(lambda store: store.intend(intent(service, "a")))
        await bench.ledger.write(lambda store: store.accepted(record.id, "task-7"))
        await bench.ledger.write(
            lambda store: store.reported(
                record.id,
                status=RemoteStatus.SUCCESS,
                media_url="http://x/y.mp4",
                duration=2.0,
            )
        )
        await bench.ledger.write(lambda store: store.done(record.id, result="/gone.mp4", duration=2.0))
        (tmp_path / "note.txt").write_text("no video")
        with pytest.raises(UserError):
            await bench.actions.relocate(record.id, tmp_path / "note.txt")
        moved = await bench.actions.relocate(record.id, clip)

    assert (moved.state, moved.result) == (TaskState.DONE, str(clip))


async def test_the_service_is_not_asked_about_a_task_that_is_not_unclear(tmp_path: Path) -> None:
    asked: list[Request] = []

    async def look(_service: FakeService, request: Request) -> bytes:
        asked.append(request)
        return answer("200 OK", envelope({"Status": "MAKING"}))

    async with fake_service() as service, opened(service, tmp_path) as bench:
        service.on_progress = look
        record = await failed(bench, service)
        with pytest.raises(UserError):
            await bench.actions.it_was_made(record.id, "task-8")

    assert asked == []
