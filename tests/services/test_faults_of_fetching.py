"""Every way in which fetching can go wrong, one table: the folder never holds anything but the whole result.

A fault is met once or twice and then over: the result comes. One that stays is said, and nothing is left behind.
"""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from cloud.loopback import Reply, Request, answer, envelope, hangs_up, never_answers, says
from redub.cloud import downloads as wire
from redub.cloud import partials
from redub.core.errors import EnvironmentFault
from redub.core.tasks import RETENTION_SECONDS, RemoteStatus, TaskState
from redub.services import downloads
from redub.services.line import Line
from services.stand import FakeService, fake_service, opened
from services.test_bringing_home import a_task, names
from services.wrongs import PAGE, late
from support.clips import ClipFactory
from support.waiting import until

SHORT = {"name": "result.mp4", "seconds": 1.0}
VIDEO = "/r/video.mp4"
WHOLE = ["Interview - Intro.mp4"]


def cut(content: bytes, at: int, *, etag: str = '"one"') -> Reply:
    """Announce everything, send a part, and hang up."""
    whole = answer("200 OK", content, ETag=etag)
    return says(whole[: len(whole) - len(content) + at])


def ranged(content: bytes, **headers: str) -> Reply:
    """Answer a Range with the rest, and headers that do not fit."""

    async def reply(request: Request, writer: asyncio.StreamWriter) -> None:
        start = int(request.headers["range"].removeprefix("bytes=").partition("-")[0])
        span = f"bytes {start}-{len(content) - 1}/{len(content)}"
        plain = {"ETag": '"one"', "Content_Range": span} | headers
        writer.write(answer("206 Partial Content", content[start:], **plain))
        await writer.drain()

    return reply


def in_turn(*replies: Reply) -> Callable[[FakeService], Reply]:
    """Go wrong by each of `replies`, one request after the other, then rightly."""

    def build(service: FakeService) -> Reply:
        left = list(replies)

        async def reply(request: Request, writer: asyncio.StreamWriter) -> None:
            wrong = left.pop(0)
            if not left:
                del service.wrong[VIDEO]
            await wrong(request, writer)

        return reply

    return build


def faults(video: bytes) -> dict[str, Callable[[FakeService], Reply]]:
    """Return each fault that passes, and after which the result must be there."""
    half = cut(video, len(video) // 2)
    other = video[:-1] + b"?"
    return {
        "no answer": in_turn(never_answers),
        "late answer with something else": in_turn(late),
        "cut before the answer": in_turn(hangs_up),
        "cut in the headers": in_turn(says(b"HTTP/1.1 200 OK\r\nContent-Le")),
        "half a body, gone on with": in_turn(half),
        "cut twice, gone on with twice": in_turn(half, cut(video, 10)),
        "302 to a page": in_turn(says(answer("302 Found", b"", Location="/sign-in"))),
        "HTML page": in_turn(says(answer("200 OK", PAGE, Content_Type="text/html"))),
        "401": in_turn(says(answer("401 Unauthorized", b""))),
        "403, the link has expired": in_turn(says(answer("403 Forbidden", b""))),
        "404, there is a fresh link": in_turn(says(answer("404 Not Found", b""))),
        "429 with Retry-After": in_turn(says(answer("429 Too Many Requests", b"", Retry_After="0"))),
        "429 without": in_turn(says(answer("429 Too Many Requests", b""))),
        "500": in_turn(says(answer("500 Internal Server Error", b""))),
        "503 twice": in_turn(*[says(answer("503 Service Unavailable", b""))] * 2),
        "416 when going on": in_turn(half, says(answer("416 Range Not Satisfiable", b""))),
        "changed ETag when going on": in_turn(cut(other, 100), ranged(video, ETag='"two"')),
        "another length when going on": in_turn(half, ranged(video, Content_Range="bytes 5-9/10")),
        "the whole again in place of the rest": in_turn(half, says(answer("200 OK", video, ETag='"one"'))),
        "not a video, then the video": in_turn(says(answer("200 OK", b"x" * 5000, ETag='"no"'))),
        "empty, then the video": in_turn(says(answer("200 OK", b"", ETag='"no"'))),
    }


NAMES = list(faults(b"\0" * 5000))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(downloads, "LONGEST_PAUSE", 0.02)
    monkeypatch.setattr(wire, "_TIMEOUT", httpx.Timeout(0.3))


@pytest.mark.parametrize("name", NAMES)
async def test_fetching__a_fault_that_passes_leaves_the_whole_result_and_nothing_else(
    name: str, tmp_path: Path, clip_factory: ClipFactory
) -> None:
    out, video = tmp_path / "out", clip_factory(**SHORT).read_bytes()
    links = iter(range(1, 1000))
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        service.finish(video, milliseconds=1000)
        service.files["/sign-in"] = PAGE

        async def fresh(service: FakeService, _request: Request) -> bytes:
            report = service.report | {"MediaUrl": f"{service.base_url}{VIDEO}?link={next(links)}"}
            return answer("200 OK", envelope(report))

        service.on_progress = fresh
        service.wrong[VIDEO] = faults(video)[name](service)
        record = await a_task(bench, service, out)
        bench.monitor.follow(record)
        done = await bench.monitor.finished(record.id, patience=30)
        checked = bench.downloads.checked[record.id]

    assert done.state is TaskState.DONE, done.message
    assert names(out) == WHOLE
    assert (out / WHOLE[0]).read_bytes() == video
    assert done.result_hash == checked.sha256 != ""
    assert (done.result_bytes, service.went_wrong > 0) == (len(video), True)
    assert service.submits == []


async def test_fetching__goes_on_from_the_exact_byte(tmp_path: Path, clip_factory: ClipFactory) -> None:
    video = clip_factory(**SHORT).read_bytes()
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        service.finish(video)
        service.wrong[VIDEO] = in_turn(cut(video, 1234))(service)
        record = await a_task(bench, service, tmp_path / "out")
        bench.monitor.follow(record)
        await bench.monitor.finished(record.id, patience=30)
        ranges = [one.headers.get("range") for one in service.server.requests if VIDEO in one.target]

    assert ranges == [None, "bytes=1234-"]


async def test_fetching__what_is_never_a_video_is_refused_and_removed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        service.finish(b"no video at all" * 400)
        record = await a_task(bench, service, out)
        bench.monitor.follow(record)
        failed = await bench.monitor.finished(record.id, patience=30)

    assert failed.state is TaskState.FAILED
    assert "not the video that was ordered" in failed.message
    assert names(out) == []


@pytest.mark.parametrize("milliseconds", [3000, 200])
async def test_fetching__a_video_of_another_length_is_refused(
    milliseconds: int, tmp_path: Path, clip_factory: ClipFactory
) -> None:
    out = tmp_path / "out"
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        service.finish(clip_factory(**SHORT).read_bytes(), milliseconds=milliseconds)
        record = await a_task(bench, service, out)
        bench.monitor.follow(record)
        failed = await bench.monitor.finished(record.id, patience=30)

    assert failed.state is TaskState.FAILED
    assert names(out) == []


async def test_fetching__a_video_of_another_size_or_rate_comes_with_a_remark(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    plan = {"expected_width": 1920, "expected_height": 1080, "expected_rate": 50.0}
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        service.finish(clip_factory(**SHORT).read_bytes())
        record = await a_task(bench, service, tmp_path / "out", **plan)
        bench.monitor.follow(record)
        done = await bench.monitor.finished(record.id, patience=30)
        remark = bench.downloads.checked[record.id].remark

    assert done.state is TaskState.DONE
    assert "The plan said 1920x1080 pixels; the service made" in remark
    assert "The plan said 50 pictures a second; the service made 25." in remark


@pytest.mark.parametrize("reply", [says(answer("404 Not Found", b"")), says(answer("403 Forbidden", b""))])
async def test_fetching__a_result_past_its_life_says_so(reply: Reply, tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        service.finish(b"")
        service.wrong[VIDEO] = reply
        record = await a_task(bench, service, tmp_path / "out")
        bench.downloads._clock = lambda: record.created + RETENTION_SECONDS + 60
        bench.monitor.follow(record)
        expired = await bench.monitor.finished(record.id, patience=30)

    assert expired.state is TaskState.EXPIRED
    assert "keeps results for seven days, and this one is gone" in expired.message


async def test_fetching__a_link_that_died_early_is_not_given_up(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        service.finish(b"")
        service.wrong[VIDEO] = says(answer("404 Not Found", b""))
        record = await a_task(bench, service, tmp_path / "out")
        bench.monitor.follow(record)
        await until(lambda: service.went_wrong > 3)
        state = bench.ledger.store.get(record.id).state

    assert state is TaskState.MADE


DISKS = {
    "disk full": (OSError(errno.ENOSPC, "No space left on device"), "There is no space left in"),
    "folder may only be read": (OSError(errno.EROFS, "Read-only file system"), "Files may not be written in"),
    "no right": (PermissionError(errno.EACCES, "Permission denied"), "Files may not be written in"),
    "folder gone": (FileNotFoundError(errno.ENOENT, "No such file"), "is not there"),
    "disk broken": (OSError(errno.EIO, "Input/output error"), "could not be written to"),
}


@pytest.mark.parametrize("name", list(DISKS))
async def test_fetching__a_disk_that_refuses_is_said_and_gone_on_with_later(
    name: str, tmp_path: Path, clip_factory: ClipFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault, words = DISKS[name]
    out, video = tmp_path / "out", clip_factory(**SHORT).read_bytes()
    write, broken = partials.PartialFile._write_out, [True]

    def refuse(file: partials.PartialFile) -> None:
        if broken[0]:
            raise fault
        write(file)

    monkeypatch.setattr(partials.PartialFile, "_write_out", refuse)
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        service.finish(video)
        record = await a_task(bench, service, out)
        bench.monitor.follow(record)
        await until(lambda: record.id in bench.news.troubles)
        with pytest.raises(EnvironmentFault, match=words):
            await bench.monitor.finished(record.id, patience=30)
        broken[0] = False
        bench.monitor.hurry(bench.ledger.store.get(record.id))
        await until(lambda: record.id not in bench.news.troubles)
        done = await bench.monitor.finished(record.id, patience=30)

    assert done.state is TaskState.DONE
    assert names(out) == WHOLE


async def test_fetching__too_little_space_is_known_before_the_first_byte(
    tmp_path: Path, clip_factory: ClipFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=10))
    out = tmp_path / "out"
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        service.finish(clip_factory(**SHORT).read_bytes())
        record = await a_task(bench, service, out)
        bench.monitor.follow(record)
        await until(lambda: record.id in bench.news.troubles)
        with pytest.raises(EnvironmentFault, match="more are needed in"):
            await bench.monitor.finished(record.id, patience=30)

    assert names(out) == []


async def test_fetching__a_results_folder_that_is_a_file_now(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    out, video = tmp_path / "out", clip_factory(**SHORT).read_bytes()
    out.write_text("in the way")
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        service.finish(video)
        record = await a_task(bench, service, out)
        bench.monitor.follow(record)
        await until(lambda: record.id in bench.news.troubles)
        os.unlink(out)
        done = await bench.monitor.finished(record.id)

    assert done.state is TaskState.DONE
    assert names(out) == WHOLE


async def test_fetching__what_dies_first_is_fetched_first(tmp_path: Path, clip_factory: ClipFactory) -> None:
    order: list[str] = []
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        service.finish(clip_factory(**SHORT).read_bytes())
        bench.downloads._line = Line(1)
        bench.ledger.changes.listen(
            lambda record: order.append(record.take_name) if record.state is TaskState.DONE else None
        )
        made = []
        for name, age in (("young", 1.0), ("oldest", 9000.0), ("old", 5000.0)):
            record = await a_task(bench, service, tmp_path / "out", take_name=name)
            bench.ledger.store._clock = lambda age=age: 1_000_000.0 - age  # type: ignore[misc]  # a default
            made.append(
                await bench.ledger.write(
                    lambda store, id=record.id: store.reported(  # type: ignore[misc]  # a default
                        id,
                        status=RemoteStatus.SUCCESS,
                        media_url=f"{service.base_url}{VIDEO}",
                    )
                )
            )
        async with bench.downloads._line.place(0.0):  # somebody else is being fetched
            for record in made:
                bench.monitor.follow(record)
            await until(lambda: len(bench.downloads._line._waiting) == 3)
        for record in made:
            await bench.monitor.finished(record.id, patience=30)

    assert list(dict.fromkeys(order)) == ["oldest", "old", "young"]
