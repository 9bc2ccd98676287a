"""A service on loopback that does what a test tells it, and counts what it was asked; and a workbench over it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from cloud.loopback import Reply, Request, Server, answer, envelope, serving
from redub.core.shot import DriverType, Shot, Source, Speech, Take
from redub.paths import Places, places
from redub.services.choice import Choice
from redub.services.documents import Document
from redub.services.orders import Order
from redub.services.workbench import Workbench

SUBMIT, PROGRESS = "/videomakenotrain", "/getprogress"
KEY, TOKEN = "key-1", "token-1"
SRT = "1\n00:00:00,000 --> 00:00:01,500\nHello there.\n\n"

Answer = Callable[["FakeService", Request], Awaitable[bytes]]


@dataclass(slots=True)
class FakeService:
    """Speaks just enough of the protocol; a test replaces the answers that it is about.

    :ivar submits: bodies of the jobs that arrived
    :ivar report: Payload of every progress query
    :ivar scripts: Payloads of the sounds (tts) that were asked for
    :ivar voices: what describetimbre lists; `listed` counts how often it was asked
    :ivar assets: what the account has bought; None for a service that does not say
    :ivar wrong: raw replies that stand in for the right ones, by the ending of the path; `went_wrong` counts them
    :ivar files: what is served at an address (path without the query)
    """

    submits: list[dict[str, object]] = field(default_factory=list)
    scripts: list[dict[str, object]] = field(default_factory=list)
    voices: list[dict[str, object]] = field(default_factory=list)
    listed: int = 0
    on_tts: Answer | None = None
    uploads: list[str] = field(default_factory=list)
    asked: int = 0
    report: dict[str, object] = field(default_factory=lambda: {"Status": "MAKING"})
    files: dict[str, bytes] = field(default_factory=dict)
    assets: list[dict[str, object]] | None = None
    on_submit: Answer | None = None
    on_progress: Answer | None = None
    is_down: bool = False
    wrong: dict[str, Reply] = field(default_factory=dict)
    went_wrong: int = 0
    server: Server = field(default_factory=Server)

    @property
    def base_url(self) -> str:
        return self.server.base_url

    def finish(self, video: bytes, *, milliseconds: int = 0, srt: str = "") -> None:
        """Let the next question find the task made."""
        self.files["/r/video.mp4"] = video
        self.report = {
            "Status": "SUCCESS",
            "Progress": 100,
            "MediaUrl": f"{self.base_url}/r/video.mp4",
            "Duration": milliseconds,
        }
        if srt:
            self.files["/r/video.srt"] = srt.encode()
            self.report["SubtitlesUrl"] = f"{self.base_url}/r/video.srt"

    async def reply(self, request: Request, writer: asyncio.StreamWriter) -> None:
        if self.is_down:
            return
        for ending, wrong in self.wrong.items():
            if request.target.partition("?")[0].endswith(ending):
                await self._go_wrong(wrong, request, writer)
                return
        writer.write(await self._answer(request))
        await writer.drain()

    async def _go_wrong(self, wrong: Reply, request: Request, writer: asyncio.StreamWriter) -> None:
        if request.target.partition("?")[0].endswith(SUBMIT):
            self.submits.append(msgspec.json.decode(request.body))
        self.went_wrong += 1
        await wrong(request, writer)

    async def _answer(self, request: Request) -> bytes:
        path = request.target.partition("?")[0]
        if path.endswith("/videomakenotrain"):
            self.submits.append(msgspec.json.decode(request.body))
            return await (self.on_submit or accepts)(self, request)
        if path.endswith("/getprogress"):
            self.asked += 1
            return await (self.on_progress or _tell)(self, request)
        if path.endswith("/describetimbre"):
            self.listed += 1
            return answer("200 OK", envelope({"TimbreAssets": self.voices, "Total": len(self.voices)}))
        if path.endswith("/tts"):
            self.scripts.append(msgspec.json.decode(request.body)["Payload"])
            return await (self.on_tts or _speaks)(self, request)
        if path.endswith("/getserviceasset") and self.assets is not None:
            return answer("200 OK", _asked_for(self.assets, request))
        if request.method == "PUT":
            return self._shelve(path, request)
        return _file(self.files.get(path), request)

    def _shelve(self, path: str, request: Request) -> bytes:
        self.uploads.append(path)
        place = f"/kept/{len(self.uploads)}{path}"
        self.files[place] = request.body
        return answer("200 OK", envelope({"Url": f"{self.base_url}{place}"}))


async def accepts(service: FakeService, _request: Request) -> bytes:
    """Answer a job with a TaskId."""
    return answer("200 OK", envelope({"TaskId": f"task-{len(service.submits)}"}))


async def _speaks(service: FakeService, _request: Request) -> bytes:
    return answer("200 OK", envelope({"TaskId": f"sound-{len(service.scripts)}"}))


async def _tell(service: FakeService, _request: Request) -> bytes:
    return answer("200 OK", envelope(service.report))


def _file(content: bytes | None, request: Request) -> bytes:
    if content is None:
        return answer("404 Not Found", b"")
    wanted = request.headers.get("range", "")
    if not wanted:
        return answer("200 OK", content, ETag='"one"')
    first, _, last = wanted.removeprefix("bytes=").partition("-")
    start, end = int(first), int(last or len(content) - 1)
    span = f"bytes {start}-{end}/{len(content)}"
    return answer("206 Partial Content", content[start : end + 1], ETag='"one"', Content_Range=span)


def _asked_for(assets: list[dict[str, object]], request: Request) -> bytes:
    wanted = msgspec.json.decode(request.body)["Payload"]["ServiceType"]
    found = [asset for asset in assets if asset["ServiceType"] == wanted]
    return envelope({"ServiceAssetInfos": found, "Total": len(found)})


def says(code: int, message: str = "") -> Answer:
    """Answer with a code and no Payload."""

    async def reply(_service: FakeService, _request: Request) -> bytes:
        return answer("200 OK", envelope(code=code, message=message))

    return reply


@asynccontextmanager
async def fake_service() -> AsyncIterator[FakeService]:
    service = FakeService()
    async with serving(service.reply) as server:
        service.server = server
        yield service


@asynccontextmanager
async def opened(service: FakeService, home: Path) -> AsyncIterator[Workbench]:
    """Open a workbench over `home` whose chosen account lies at `service`."""
    choice = Choice(service_url=service.base_url, appkey=KEY, accesstoken=TOKEN)
    bench = await Workbench.open(at(home), choice)
    try:
        yield bench
    finally:
        await bench.aclose()


def at(home: Path) -> Places:
    return places({"REDUB_HOME": str(home)})


def spoken_over(clip: Path, script: str = "Hello there, these are new words.") -> Document:
    take = Take(id="t1", name="Intro", script=script, speech=Speech(timbre_key="v1"))
    return Document(shot=Shot(reference=Source(path=str(clip)), takes=(take,)), path=None, name="Interview")


def voiced_over(clip: Path, recording: Path) -> Document:
    take = Take(
        id="t1", name="Intro", driver=DriverType.ORIGINAL_VOICE, recording=Source(path=str(recording))
    )
    return Document(shot=Shot(reference=Source(path=str(clip)), takes=(take,)), path=None, name="Interview")


def order(document: Document, folder: Path) -> Order:
    return Order(
        shot=document.shot, take_id=document.shot.takes[0].id, shot_name=document.name, folder=folder
    )


def silent(_progress: object) -> None:
    """Take a report and do nothing with it."""
