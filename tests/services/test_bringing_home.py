"""From the task to the file: asked about, fetched, verified, published; and what may go wrong on the way."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from cloud.loopback import Request, answer, envelope
from redub.cloud.codes import UNKNOWN_TASK
from redub.cloud.partials import sidecar
from redub.core.errors import CloudFault
from redub.core.tasks import RETENTION_SECONDS, TaskRecord, TaskState
from redub.services.publishing import partials_of, publish
from redub.services.workbench import Workbench
from redub.store.tasks import Intent
from services.stand import KEY, SRT, FakeService, fake_service, opened, says
from support.clips import ClipFactory
from support.waiting import until

SHORT = {"name": "result.mp4", "seconds": 1.0}


async def a_task(bench: Workbench, service: FakeService, folder: Path, **changes: object) -> TaskRecord:
    """Put a task into the ledger that was accepted by `service`."""
    plain: dict[str, object] = {
        "request": '{"Header":{},"Payload":{"DriverType":"Text"}}',
        "shot": "Interview",
        "take_name": "Intro",
        "site": "custom",
        "base_url": service.base_url,
        "appkey": KEY,
        "folder": str(folder),
        "name": "Interview - Intro",
    }
    intent = Intent(**plain | changes)  # type: ignore[arg-type]  # names of Intent's fields
    record = await bench.ledger.write(lambda store: store.intend(intent))
    return await bench.ledger.write(lambda store: store.accepted(record.id, "task-1"))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_a_task__ends_as_a_verified_file_with_its_subtitles(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    out = tmp_path / "out"
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        record = await a_task(bench, service, out)
        bench.monitor.follow(record)
        await until(lambda: service.asked > 0)
        service.finish(clip_factory(**SHORT).read_bytes(), milliseconds=1000, srt=SRT)
        done = await bench.monitor.finished(record.id, patience=10)
        checked = bench.downloads.checked[record.id]

    assert (done.state, done.duration) == (TaskState.DONE, 1.0)
    assert (done.result, done.subtitles) == (
        str(out / "Interview - Intro.mp4"),
        str(out / "Interview - Intro.srt"),
    )
    assert names(out) == ["Interview - Intro.mp4", "Interview - Intro.srt"]
    assert (checked.video.frames, checked.cues) == (25, 1)


async def test_a_second_result_of_that_name__gets_its_own_with_its_subtitles(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    out = tmp_path / "out"
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        service.finish(clip_factory(**SHORT).read_bytes(), srt=SRT)
        records = [await a_task(bench, service, out) for _ in range(3)]
        for record in records:
            bench.monitor.follow(record)
        for record in records:
            await bench.monitor.finished(record.id, patience=10)

    assert names(out) == [
        "Interview - Intro (2).mp4",
        "Interview - Intro (2).srt",
        "Interview - Intro (3).mp4",
        "Interview - Intro (3).srt",
        "Interview - Intro.mp4",
        "Interview - Intro.srt",
    ]


async def test_a_failure__is_said_in_the_creators_words(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        service.report = {"Status": "FAIL", "FailCode": 801008, "FailMessage": "下载失败"}
        record = await a_task(bench, service, tmp_path)
        bench.monitor.follow(record)
        failed = await bench.monitor.finished(record.id, patience=10)

    assert (failed.state, failed.fail_code) == (TaskState.FAILED, 801008)
    assert "could not download your material" in failed.message
    assert "下载失败" in failed.message


async def test_a_service_that_was_away__is_asked_again_and_the_task_goes_on(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        service.is_down = True
        record = await a_task(bench, service, tmp_path / "out")
        bench.monitor.follow(record)
        await until(lambda: record.id in bench.news.troubles)
        with pytest.raises(CloudFault):
            await bench.monitor.finished(record.id, patience=0.05)

        service.is_down = False
        service.finish(clip_factory(**SHORT).read_bytes())
        done = await bench.monitor.finished(record.id, patience=30)
        assert not bench.news.troubles

    assert done.state is TaskState.DONE


async def test_an_unknown_task__is_lost_only_after_several_answers(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        service.on_progress = says(UNKNOWN_TASK)
        record = await a_task(bench, service, tmp_path)
        bench.monitor.follow(record)
        failed = await bench.monitor.finished(record.id, patience=30)

    assert failed.state is TaskState.FAILED
    assert service.asked == 3


async def test_a_dead_link__is_asked_for_anew(tmp_path: Path, clip_factory: ClipFactory) -> None:
    video = clip_factory(**SHORT).read_bytes()
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        service.finish(video)
        fresh = dict(service.report)

        async def first_dead(_service: FakeService, _request: Request) -> bytes:
            dead = fresh | {"MediaUrl": f"{service.base_url}/r/dead.mp4"}
            return answer("200 OK", envelope(dead if service.asked == 1 else fresh))

        service.on_progress = first_dead
        record = await a_task(bench, service, tmp_path / "out")
        bench.monitor.follow(record)
        done = await bench.monitor.finished(record.id, patience=10)

    assert (done.state, service.asked) == (TaskState.DONE, 2)


async def test_a_result_of_last_month__is_called_expired(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        service.report = {"Status": "SUCCESS", "MediaUrl": f"{service.base_url}/r/gone.mp4"}
        bench.downloads._clock = lambda: time.time() + RETENTION_SECONDS + 60
        record = await a_task(bench, service, tmp_path / "out")
        bench.monitor.follow(record)
        expired = await bench.monitor.finished(record.id, patience=10)

    assert expired.state is TaskState.EXPIRED
    assert "seven days" in expired.message
    assert names(tmp_path / "out") == []


@pytest.mark.parametrize("wrong", ["no video", "cut off", "too short"])
async def test_a_wrong_file__is_never_published(
    wrong: str, tmp_path: Path, clip_factory: ClipFactory
) -> None:
    video = clip_factory(**SHORT).read_bytes()
    content = {"no video": b"<html>sorry</html>", "cut off": video[: len(video) // 2], "too short": video}[
        wrong
    ]
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        service.finish(content, milliseconds=9000 if wrong == "too short" else 0)
        record = await a_task(bench, service, tmp_path / "out")
        bench.monitor.follow(record)
        failed = await bench.monitor.finished(record.id, patience=30)

    assert failed.state is TaskState.FAILED
    assert "not the video that was ordered" in failed.message
    assert names(tmp_path / "out") == []


async def test_subtitles_that_are_none__leave_the_video_with_a_remark(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        service.finish(clip_factory(**SHORT).read_bytes(), srt="<html>sorry</html>")
        record = await a_task(bench, service, tmp_path / "out")
        bench.monitor.follow(record)
        done = await bench.monitor.finished(record.id, patience=10)
        events = await bench.ledger.read(lambda store: store.events(record.id))

    assert (done.state, done.subtitles) == (TaskState.DONE, "")
    assert names(tmp_path / "out") == ["Interview - Intro.mp4"]
    assert "remark" in {event.kind for event in events}


async def test_two_copies_of_the_program__publish_one_file(tmp_path: Path, clip_factory: ClipFactory) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    async with fake_service() as service, opened(service, home) as one, opened(service, home) as other:
        record = await a_task(one, service, out)
        one.monitor.follow(record)
        other.monitor.follow(record)
        await until(lambda: service.asked > 1)
        service.finish(clip_factory(**SHORT).read_bytes(), srt=SRT)
        ended = await asyncio.gather(
            *(bench.monitor.finished(record.id, patience=20) for bench in (one, other))
        )

    assert {record.state for record in ended} == {TaskState.DONE}
    assert names(out) == ["Interview - Intro.mp4", "Interview - Intro.srt"]


@pytest.mark.parametrize("published", ["nothing", "subtitles", "both"])
async def test_a_crash_while_publishing__is_understood_at_the_next_start(
    published: str, tmp_path: Path, clip_factory: ClipFactory
) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    out.mkdir()
    async with fake_service() as service:
        service.finish(clip_factory(**SHORT).read_bytes(), srt=SRT)
        async with opened(service, home) as bench:
            record = await a_task(bench, service, out)
            store = bench.ledger.store
            _crashed(bench, record, published, service)
            assert store.get(record.id).state is TaskState.MADE
        async with opened(service, home) as bench:
            assert await bench.resume() == ()
            done = await bench.monitor.finished(record.id, patience=10)

    assert done.state is TaskState.DONE
    assert names(out) == ["Interview - Intro.mp4", "Interview - Intro.srt"]


def _crashed(bench: Workbench, record: TaskRecord, published: str, service: FakeService) -> None:
    """Leave behind what a run leaves that was killed while it published."""
    from redub.core.tasks import RemoteStatus

    store = bench.ledger.store
    media, srt = f"{service.base_url}/r/video.mp4", f"{service.base_url}/r/video.srt"
    store.reported(record.id, status=RemoteStatus.SUCCESS, media_url=media, subtitles_url=srt)
    parts = partials_of(record)
    parts.video.write_bytes(service.files["/r/video.mp4"])
    parts.subtitles.write_text(SRT)
    for part in (parts.video, parts.subtitles):
        sidecar(part).write_text("{}")
    video = Path(record.folder) / f"{record.name}.mp4"
    if published == "both":
        publish(store, bench.places.runtime, store.get(record.id), with_subtitles=True)
        return
    store.publishing(record.id, result=str(video), subtitles=str(video.with_suffix(".srt")))
    if published == "subtitles":
        parts.subtitles.rename(video.with_suffix(".srt"))
