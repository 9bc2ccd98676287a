from __future__ import annotations

import asyncio
import errno
import os
import shutil
from pathlib import Path

import pytest

from cloud.loopback import Reply, Request, answer, never_answers, says, serving
from redub.cloud import downloads
from redub.cloud.downloads import LinkExpired, fetch
from redub.cloud.partials import Origin, PartialFile, clean, known_origin, note_origin, sidecar
from redub.core.errors import CloudFault, EnvironmentFault, Unreachable
from redub.core.progress import Progress, Stage

BODY = os.urandom(3 * 1024 * 1024 + 17)


def serving_object(body: bytes, etag: str = '"one"', cut_at: int | None = None) -> Reply:
    """Serve `body` with Range and ETag; `cut_at` ends the connection after that many bytes of the answer's body."""

    async def reply(request: Request, writer: asyncio.StreamWriter) -> None:
        wanted = request.headers.get("range", "")
        same = request.headers.get("if-range", etag) == etag
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and same else 0
        part = body[start:]
        extra = {"ETag": etag} if etag else {}
        if start >= len(body):
            writer.write(answer("416 Range Not Satisfiable", b"", Content_Range=f"bytes */{len(body)}"))
        elif wanted and same:
            extra["Content_Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
            writer.write(_cut(answer("206 Partial Content", part, **extra), part, cut_at))
        else:
            writer.write(_cut(answer("200 OK", part, **extra), part, cut_at))
        await writer.drain()

    return reply


def _cut(content: bytes, part: bytes, cut_at: int | None) -> bytes:
    return content if cut_at is None else content[: len(content) - len(part) + cut_at]


async def test_fetch__whole(tmp_path: Path) -> None:
    partial = tmp_path / "x.part"
    reports: list[Progress] = []

    async with serving(serving_object(BODY)) as server:
        fetched = await fetch(f"{server.base_url}/r/x.mp4?sign=a%2Bb%2F", partial, report=reports.append)

    assert partial.read_bytes() == BODY
    assert (fetched.size, fetched.resumed_from, fetched.etag) == (len(BODY), 0, '"one"')
    assert server.requests[0].target == "/r/x.mp4?sign=a%2Bb%2F"
    assert server.requests[0].headers["accept-encoding"] == "identity"
    assert {report.stage for report in reports} == {Stage.DOWNLOAD}
    assert reports[-1].ratio == 1.0


async def test_fetch__goes_on_after_a_cut_from_the_exact_byte(tmp_path: Path) -> None:
    partial = tmp_path / "x.part"

    async with serving(serving_object(BODY, cut_at=2_000_000)) as server:
        with pytest.raises(CloudFault):
            await fetch(f"{server.base_url}/x", partial)
    assert partial.stat().st_size == 2_000_000
    async with serving(serving_object(BODY)) as server:
        fetched = await fetch(f"{server.base_url}/another-address", partial)

    assert partial.read_bytes() == BODY
    assert fetched.resumed_from == 2_000_000
    assert server.requests[0].headers["range"] == "bytes=2000000-"
    assert server.requests[0].headers["if-range"] == '"one"'


async def test_fetch__begins_anew_when_the_object_has_changed(tmp_path: Path) -> None:
    partial = tmp_path / "x.part"
    other = os.urandom(len(BODY))

    async with serving(serving_object(BODY, cut_at=1_000_000)) as server:
        with pytest.raises(CloudFault):
            await fetch(f"{server.base_url}/x", partial)
    async with serving(serving_object(other, etag='"two"')) as server:
        fetched = await fetch(f"{server.base_url}/x", partial)

    assert partial.read_bytes() == other
    assert fetched.resumed_from == 0


@pytest.mark.parametrize("etag", ['"one"', 'W/"weak"', ""])
async def test_fetch__a_server_that_ignores_if_range(tmp_path: Path, etag: str) -> None:
    """The part that comes back belongs to another object; its ETag, date or length tells."""
    partial = tmp_path / "x.part"
    partial.write_bytes(BODY[:1000])
    note_origin(partial, Origin(etag='"old"', modified="then", length=len(BODY)))

    async def reply(request: Request, writer: asyncio.StreamWriter) -> None:
        if "range" in request.headers:
            headers = {"Content_Range": f"bytes 1000-{len(BODY) - 1}/{len(BODY)}"} | (
                {"ETag": etag} if etag else {}
            )
            writer.write(answer("206 Partial Content", BODY[1000:], **headers))
        else:
            writer.write(answer("200 OK", BODY))

    async with serving(reply) as server:
        fetched = await fetch(f"{server.base_url}/x", partial)

    assert len(server.requests) == 2
    assert fetched.resumed_from == 0
    assert partial.read_bytes() == BODY


async def test_fetch__weak_etag_is_compared_and_not_sent(tmp_path: Path) -> None:
    partial = tmp_path / "x.part"
    partial.write_bytes(BODY[:1000])
    note_origin(partial, Origin(etag='W/"weak"', length=len(BODY)))

    async with serving(serving_object(BODY, etag='W/"weak"')) as server:
        fetched = await fetch(f"{server.base_url}/x", partial)

    assert "if-range" not in server.requests[0].headers
    assert fetched.resumed_from == 1000
    assert partial.read_bytes() == BODY


@pytest.mark.parametrize(
    "note", [None, b"", b"{}", b"not json", b'{"etag":"x"}', b'{"etag":"\\"one\\"","length":5}']
)
async def test_fetch__a_part_of_nothing_known_is_begun_anew(tmp_path: Path, note: bytes | None) -> None:
    partial = tmp_path / "x.part"
    partial.write_bytes(b"something else")
    if note is not None:
        sidecar(partial).write_bytes(note)

    async with serving(serving_object(BODY)) as server:
        fetched = await fetch(f"{server.base_url}/x", partial)

    assert "range" not in server.requests[0].headers
    assert fetched.resumed_from == 0
    assert partial.read_bytes() == BODY


async def test_fetch__what_is_whole_already_is_not_asked_for(tmp_path: Path) -> None:
    partial = tmp_path / "x.part"
    partial.write_bytes(BODY)
    note_origin(partial, Origin(etag='"one"', length=len(BODY)))

    fetched = await fetch("http://127.0.0.1:9/never-asked", partial)

    assert fetched.resumed_from == fetched.size == len(BODY)


async def test_fetch__range_not_satisfiable_begins_anew(tmp_path: Path) -> None:
    partial = tmp_path / "x.part"
    partial.write_bytes(BODY[:1000])
    note_origin(partial, Origin(etag='"one"', length=len(BODY)))

    async def reply(request: Request, writer: asyncio.StreamWriter) -> None:
        refused = "range" in request.headers
        writer.write(answer("416 No", b"") if refused else answer("200 OK", BODY))

    async with serving(reply) as server:
        await fetch(f"{server.base_url}/x", partial)

    assert partial.read_bytes() == BODY


@pytest.mark.parametrize("status", ["401 No", "403 Forbidden", "404 Not Found", "410 Gone"])
async def test_fetch__link_that_has_expired(tmp_path: Path, status: str) -> None:
    partial = tmp_path / "x.part"
    partial.write_bytes(BODY[:1000])
    note_origin(partial, Origin(etag='"one"', length=len(BODY)))

    async with serving(says(answer(status, b"<Error/>"))) as server:
        with pytest.raises(LinkExpired):
            await fetch(f"{server.base_url}/x", partial)

    assert partial.read_bytes() == BODY[:1000]


async def test_fetch__no_link() -> None:
    with pytest.raises(LinkExpired, match="has not said where"):
        await fetch("", Path("x.part"))


@pytest.mark.parametrize(
    "content",
    [
        answer("500 Oops", b"no", Retry_After="4"),
        answer("503 Busy", b"no", Retry_After="4"),
        answer("429 Slow", b"no", Retry_After="4"),
    ],
)
async def test_fetch__faults_that_pass(tmp_path: Path, content: bytes) -> None:
    async with serving(says(content)) as server:
        with pytest.raises(CloudFault) as caught:
            await fetch(f"{server.base_url}/x", tmp_path / "x.part")

    assert not isinstance(caught.value, LinkExpired)
    assert caught.value.retry_after == 4


@pytest.mark.parametrize(
    "headers",
    [{"Content_Type": "text/html; charset=utf-8"}, {"Content_Encoding": "gzip", "Content_Type": "video/mp4"}],
)
async def test_fetch__something_else_came(tmp_path: Path, headers: dict[str, str]) -> None:
    async with serving(says(answer("200 OK", b"<html>", **headers))) as server:
        with pytest.raises(CloudFault, match="Something else came"):
            await fetch(f"{server.base_url}/x", tmp_path / "x.part")

    assert not (tmp_path / "x.part").exists()


async def test_fetch__follows_a_redirect_but_not_for_ever(tmp_path: Path) -> None:
    async def reply(request: Request, writer: asyncio.StreamWriter) -> None:
        moved = answer("302 Found", b"", Location="/there" if request.target == "/here" else "/round")
        writer.write(answer("200 OK", b"abc") if request.target == "/there" else moved)

    async with serving(reply) as server:
        await fetch(f"{server.base_url}/here", tmp_path / "x.part")
        with pytest.raises(LinkExpired, match="in a circle"):
            await fetch(f"{server.base_url}/round", tmp_path / "y.part")

    assert (tmp_path / "x.part").read_bytes() == b"abc"


async def test_fetch__without_a_length(tmp_path: Path) -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    async with serving(says(chunked)) as server:
        fetched = await fetch(f"{server.base_url}/x", tmp_path / "x.part")

    assert fetched.size == 3


async def test_fetch__nobody_listens(tmp_path: Path) -> None:
    async with serving(never_answers) as server:
        gone = server.base_url
    with pytest.raises(Unreachable):
        await fetch(f"{gone}/x", tmp_path / "x.part")


async def test_fetch__not_enough_space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: type("Usage", (), {"free": 10})())

    async with serving(serving_object(BODY)) as server:
        with pytest.raises(EnvironmentFault, match="MB more are needed"):
            await fetch(f"{server.base_url}/x", tmp_path / "x.part")


@pytest.mark.parametrize(
    "number,words",
    [
        (errno.ENOSPC, "no space left"),
        (errno.EROFS, "may not be written"),
        (errno.EIO, "could not be written"),
    ],
)
async def test_fetch__disk_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def refuse(_self: PartialFile) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(PartialFile, "_write_out", refuse)

    async with serving(serving_object(BODY)) as server:
        with pytest.raises(EnvironmentFault, match=words):
            await fetch(f"{server.base_url}/x", tmp_path / "x.part")


async def test_fetch__folder_that_is_gone(tmp_path: Path) -> None:
    async with serving(serving_object(BODY)) as server:
        with pytest.raises(EnvironmentFault, match="is not there"):
            await fetch(f"{server.base_url}/x", tmp_path / "gone" / "x.part")


async def test_fetch__cancelled_keeps_what_has_come(tmp_path: Path) -> None:
    partial = tmp_path / "x.part"
    arrived = asyncio.Event()

    async def reply(_request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(answer("200 OK", BODY, ETag='"one"')[:-1000])
        await writer.drain()
        await asyncio.Event().wait()

    def report(progress: Progress) -> None:
        if progress.done and progress.done >= 2 * 1024 * 1024:
            arrived.set()

    async with serving(reply) as server, asyncio.TaskGroup() as group:
        running = group.create_task(fetch(f"{server.base_url}/x", partial, report=report))
        await arrived.wait()
        running.cancel()

    size, origin = known_origin(partial)
    assert running.cancelled()
    assert origin is not None
    assert size >= 2 * 1024 * 1024
    assert partial.read_bytes() == BODY[:size]


def test_clean__removes_both(tmp_path: Path) -> None:
    partial = tmp_path / "x.part"
    partial.write_bytes(b"a")
    note_origin(partial, Origin(etag="e", length=5))

    clean(partial)
    clean(partial)

    assert list(tmp_path.iterdir()) == []


def test_downloads__patience_is_bounded() -> None:
    assert downloads._TIMEOUT.read is not None
    assert downloads._TIMEOUT.connect is not None
