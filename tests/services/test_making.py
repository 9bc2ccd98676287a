"""The way to the service: nothing is sent twice, and what became of it is on the disk."""

from __future__ import annotations

import asyncio
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from cloud.loopback import Request
from redub.cloud.media_urls import MediaUrls
from redub.core.errors import RedubError, Refused, Unclear, Unreachable
from redub.core.progress import Progress, Stage
from redub.core.shot import MakeType, Selection, Speech, StillInterval
from redub.core.tasks import TaskRecord, TaskState
from redub.services import sendqueue
from redub.services.choice import Choice
from redub.services.making import Again
from redub.services.objections import Objected
from redub.services.workbench import Workbench
from services.stand import FakeService, accepts, at, fake_service, opened, order, says, silent, spoken_over
from support.clips import ClipFactory, frame_numbers
from support.waiting import until

LEGAL = {"width": 640, "height": 480, "seconds": 6.0}


async def test_make__the_task_is_on_disk_and_followed(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clip, reports = clip_factory(**LEGAL), list[Progress]()
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        record = await bench.maker.make(order(spoken_over(clip), tmp_path / "out"), reports.append)

        assert record is not None
        kept = await bench.ledger.read(lambda store: store.get(record.id))
        await until(lambda: service.asked > 0)

    assert (kept.state, kept.task_id, kept.site) == (TaskState.QUEUED, "task-1", "custom")
    assert (kept.shot, kept.take_name, kept.name) == ("Interview", "Intro", "Interview - Intro")
    assert kept.expected_seconds is not None
    assert kept.expected_seconds > 1
    assert len(service.submits) == 1
    assert [*dict.fromkeys(one.stage for one in reports)] == [Stage.PREPARE, Stage.UPLOAD, Stage.SUBMIT]


async def test_make__the_intent_is_on_disk_before_the_request(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    seen: list[TaskState] = []
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:

        async def look(_service: FakeService, _request: Request) -> bytes:
            seen.extend(record.state for record in bench.ledger.store.all())
            return await says(100001)(_service, _request)

        service.on_submit = look
        with pytest.raises(Refused):
            await bench.maker.make(order(spoken_over(clip_factory(**LEGAL)), tmp_path), silent)

    assert seen == [TaskState.INTENDED]


@pytest.mark.parametrize(
    "code, error, state",
    [(100013, Refused, TaskState.REFUSED), (-101000, Unclear, TaskState.UNCLEAR)],
)
async def test_make__a_code_decides_what_is_known(
    code: int, error: type[Exception], state: TaskState, tmp_path: Path, clip_factory: ClipFactory
) -> None:
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        service.on_submit = says(code)
        with pytest.raises(error):
            await bench.maker.make(order(spoken_over(clip_factory(**LEGAL)), tmp_path), silent)
        records = await bench.ledger.read(lambda store: store.all())

    assert [record.state for record in records] == [state]
    assert records[0].message
    assert len(service.submits) == 1


async def test_make__a_service_that_is_not_there_makes_nothing(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    clip = clip_factory(**LEGAL)
    document = spoken_over(clip)
    away = replace(
        order(document, tmp_path), urls=MediaUrls(reference="http://127.0.0.1:9/clip.mp4")
    )  # nothing to upload: the request itself is the first that fails
    choice = Choice(service_url="http://127.0.0.1:9", appkey="k", accesstoken="t")
    bench = await Workbench.open(at(tmp_path / "home"), choice)
    try:
        with pytest.raises(Unreachable):
            await bench.maker.make(away, silent)
        (record,) = await bench.ledger.read(lambda store: store.all())
    finally:
        await bench.aclose()

    assert record.state is TaskState.REFUSED
    assert "nothing was sent" in record.message


async def test_make__cancelled_while_sending_keeps_the_task_id(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    arrived, go_on = asyncio.Event(), asyncio.Event()
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:

        async def slowly(_service: FakeService, request: Request) -> bytes:
            arrived.set()
            await go_on.wait()
            return await accepts(service, request)

        service.on_submit = slowly
        sending = asyncio.ensure_future(
            bench.maker.make(order(spoken_over(clip_factory(**LEGAL)), tmp_path), silent)
        )
        await arrived.wait()
        sending.cancel()
        await asyncio.sleep(0)
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await sending
        (record,) = await bench.ledger.read(lambda store: store.all())

    assert (record.state, record.task_id) == (TaskState.QUEUED, "task-1")


async def test_make__the_check_stops_it_before_anything_is_sent(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    clip = clip_factory(**LEGAL)
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        with pytest.raises(Objected) as caught:
            await bench.maker.make(order(spoken_over(clip, script=""), tmp_path), silent)
        records = await bench.ledger.read(lambda store: store.all())

    assert "script.empty" in {finding.code for finding in caught.value.findings}
    assert (records, service.submits, service.uploads) == ((), [], [])


async def test_make__the_same_again_is_announced_and_can_be_followed(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    told: list[tuple[TaskRecord, ...]] = []
    wanted = order(spoken_over(clip_factory(**LEGAL)), tmp_path)

    async def follow(twins: tuple[TaskRecord, ...]) -> Again:
        told.append(twins)
        return Again.FOLLOW

    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        first = await bench.maker.make(wanted, silent, follow)
        second = await bench.maker.make(wanted, silent, follow)

    assert first is not None
    assert second == first
    assert [twin.id for twins in told for twin in twins] == [first.id]
    assert (len(service.submits), len(service.uploads)) == (1, 1)


async def test_make__given_up_without_an_answer_is_unclear_at_once(
    tmp_path: Path, clip_factory: ClipFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sendqueue, "PATIENCE", 0.05)
    arrived = asyncio.Event()
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:

        async def never(_service: FakeService, _request: Request) -> bytes:
            arrived.set()
            await asyncio.Event().wait()
            return b""

        service.on_submit = never
        sending = asyncio.ensure_future(
            bench.maker.make(order(spoken_over(clip_factory(**LEGAL)), tmp_path), silent)
        )
        await arrived.wait()
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        (record,) = await bench.ledger.read(lambda store: store.all())

    assert record.state is TaskState.UNCLEAR


async def test_make__a_rehearsal_service_that_died_during_the_conversion_is_started_again(
    tmp_path: Path, clip_factory: ClipFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = clip_factory(**LEGAL)
    shot = spoken_over(clip).shot
    take = replace(shot.takes[0], speech=Speech(timbre_key="rehearsal_en_f1"))
    document = replace(spoken_over(clip), shot=replace(shot, takes=(take,)))
    bench = await Workbench.open(at(tmp_path / "home"))

    async def convert(path: Path, _report: object, _part: object = None) -> Path:
        os.kill((await bench.rehearsal.ensure()).pid, signal.SIGKILL)
        await until(lambda: not bench.rehearsal.is_ours)
        return path

    monkeypatch.setattr(bench.conversions, "legal_reference", convert)
    try:
        record = await bench.maker.make(order(document, tmp_path), silent)
    finally:
        await bench.aclose()

    assert record is not None
    assert record.task_id


async def test_make__nothing_is_sent_when_the_result_has_no_place_to_lie(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    no_folder = tmp_path / "a file"
    no_folder.touch()
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        with pytest.raises(RedubError):
            await bench.maker.make(order(spoken_over(clip_factory(**LEGAL)), no_folder / "out"), silent)

    assert (service.uploads, service.submits) == ([], [])


async def test_make__only_the_part_that_is_used_is_sent_with_its_own_times(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    clip = clip_factory(name="long.mov", codec="hevc", width=360, height=640, seconds=16.0)
    document = spoken_over(clip)
    used = Selection(make_type=MakeType.CUSTOM, start=8.0, end=13.5, only_part=True)
    stills = (StillInterval(1.0, 2.0), StillInterval(9.0, 9.5))
    document = replace(document, shot=replace(document.shot, selection=used, still_intervals=stills))
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        await bench.maker.make(order(document, tmp_path), silent)
        payload = service.submits[0]["Payload"]
        (upload,) = service.files.values()

    (tmp_path / "sent.mp4").write_bytes(upload)
    assert isinstance(payload, dict)
    sent = payload["VideoParam"]
    assert (sent["StartTime"], sent["EndTime"]) == (2.0, 7.5)
    assert sent["DisableIntervals"] == [{"StartTime": 3.0, "EndTime": 3.5}]
    assert frame_numbers(tmp_path / "sent.mp4") == list(range(150, 388))
    assert document.shot.selection == used
