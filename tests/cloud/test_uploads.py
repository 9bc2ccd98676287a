from __future__ import annotations

import asyncio
import os
from pathlib import Path
from urllib.parse import unquote

import pytest

from cloud.loopback import Request, answer, envelope, hangs_up, says, serving
from redub.cloud import uploads
from redub.cloud.media_urls import MediaKind
from redub.cloud.signing import Credentials, signed_query
from redub.cloud.sites import INTERNATIONAL, rehearsal
from redub.cloud.uploads import NoUploader, ShelfUploader, uploader_for
from redub.core.errors import CloudFault, EnvironmentFault, Unreachable, UserError
from redub.core.progress import Progress, Stage

ACCOUNT = Credentials("key", "token")
NOW = 1717639699
STORED = says(answer("200 OK", envelope({"Url": "http://127.0.0.1/shelf/abc/x.mp4"})))


def ignore(_progress: Progress) -> None:
    pass


async def test_shelf__brings_the_file_and_returns_its_address(tmp_path: Path) -> None:
    path = tmp_path / "Größe 1 & 2.mp4"
    path.write_bytes(bytes(range(256)) * 10_000)
    reports: list[Progress] = []

    async with serving(STORED) as server:
        shelf = ShelfUploader(server.base_url, ACCOUNT, clock=lambda: NOW)
        url = await shelf.upload(path, kind=MediaKind.REFERENCE, report=reports.append)

    assert url == "http://127.0.0.1/shelf/abc/x.mp4"
    (request,) = server.requests
    target, _, query = request.target.partition("?")
    assert request.method == "PUT"
    assert unquote(target) == "/shelf/Größe 1 & 2.mp4"
    assert query == signed_query("key", "token", NOW)
    assert request.headers["content-length"] == "2560000"
    assert request.headers["content-type"] == "video/mp4"
    assert "transfer-encoding" not in request.headers
    assert request.body == path.read_bytes()
    assert {report.stage for report in reports} == {Stage.UPLOAD}
    assert [report.done for report in reports] == sorted(report.done or 0 for report in reports)
    assert (reports[0].ratio, reports[-1].ratio) == (0.0, 1.0)


async def test_shelf__a_name_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "caf\udce9.mp4"
    try:
        path.touch()
    except (OSError, UnicodeEncodeError):
        pytest.skip("This file system takes names in UTF-8 only.")

    async with serving(STORED) as server:
        await ShelfUploader(server.base_url, ACCOUNT).upload(path, kind=MediaKind.REFERENCE, report=ignore)

    assert server.requests[0].target.startswith("/shelf/caf%3F.mp4?")


async def test_shelf__a_fault_of_the_service_orders_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"abc")

    async with serving(says(answer("200 OK", envelope(code=-101000, message="disk")))) as server:
        with pytest.raises(CloudFault, match="Nothing was ordered") as caught:
            await ShelfUploader(server.base_url, ACCOUNT).upload(
                path, kind=MediaKind.REFERENCE, report=ignore
            )

    assert "in the making" not in str(caught.value)


async def test_shelf__empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.wav"
    path.touch()

    async with serving(STORED) as server:
        assert await ShelfUploader(server.base_url, ACCOUNT).upload(
            path, kind=MediaKind.RECORDING, report=ignore
        )


async def test_shelf__file_that_is_not_there(tmp_path: Path) -> None:
    shelf = ShelfUploader("http://127.0.0.1:9", ACCOUNT)

    with pytest.raises(EnvironmentFault, match=r"gone\.mp4 could not be read"):
        await shelf.upload(tmp_path / "gone.mp4", kind=MediaKind.REFERENCE, report=ignore)


async def test_shelf__file_that_shrinks(tmp_path: Path) -> None:
    path = tmp_path / "growing.mp4"
    path.write_bytes(b"x" * (3 * uploads._PIECE))

    def cut(_progress: Progress) -> None:
        os.truncate(path, 10)

    async with serving(STORED) as server:
        with pytest.raises(UserError, match="became shorter"):
            await ShelfUploader(server.base_url, ACCOUNT).upload(path, kind=MediaKind.REFERENCE, report=cut)


@pytest.mark.parametrize(
    "content",
    [
        answer("200 OK", envelope({})),
        answer("200 OK", envelope(code=100005)),
        answer("500 Oops", b"no"),
        answer("413 Too Large", b"no"),
        answer("200 OK", b"<html>"),
    ],
)
async def test_shelf__no_address_comes_back(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"abc")

    async with serving(says(content)) as server:
        with pytest.raises(CloudFault):
            await ShelfUploader(server.base_url, ACCOUNT).upload(
                path, kind=MediaKind.REFERENCE, report=ignore
            )


async def test_shelf__connection_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"abc")

    async with serving(hangs_up) as server:
        with pytest.raises(CloudFault):
            await ShelfUploader(server.base_url, ACCOUNT).upload(
                path, kind=MediaKind.REFERENCE, report=ignore
            )
    with pytest.raises(Unreachable):
        await ShelfUploader(server.base_url, ACCOUNT).upload(path, kind=MediaKind.REFERENCE, report=ignore)


async def test_shelf__cancelled_in_the_middle(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"x" * 64 * uploads._PIECE)
    begun = asyncio.Event()

    async def never_reads(_request: Request, _writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    def report(progress: Progress) -> None:
        if progress.done:
            begun.set()

    async with serving(never_reads) as server:
        shelf = ShelfUploader(server.base_url, ACCOUNT)
        async with asyncio.TaskGroup() as group:
            running = group.create_task(shelf.upload(path, kind=MediaKind.REFERENCE, report=report))
            await begun.wait()
            running.cancel()

    assert running.cancelled()


async def test_no_uploader__says_that_an_address_is_needed(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"clip\.mp4 has no address") as caught:
        await NoUploader("Tencent").upload(tmp_path / "clip.mp4", kind=MediaKind.REFERENCE, report=ignore)

    assert caught.value.why
    assert caught.value.next_step


def test_uploader_for__what_the_site_offers() -> None:
    assert isinstance(uploader_for(rehearsal("http://127.0.0.1:5"), ACCOUNT), ShelfUploader)
    assert isinstance(uploader_for(INTERNATIONAL, ACCOUNT), NoUploader)
