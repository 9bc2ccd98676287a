"""A service in a process of its own that makes nothing and counts everything: jobs, questions, bytes sent twice.

``python -m journeys.counting_service VIDEO [QUEUED]`` prints ``{"base_url": …}`` and serves until it is ended.
GET /count tells what happened. A job is queued, made and finished within a second; its result comes slowly, so that
there is time to be killed in the middle of it. QUEUED is how many seconds a job waits in the queue.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from cloud.loopback import Request, answer, envelope, serving

QUEUED, MADE = 0.3, 0.5
PIECE, PAUSE = 64 * 1024, 0.008
SRT = b"1\n00:00:00,000 --> 00:00:01,500\nHello there.\n\n"
_SMALL_BUFFER = 64 * 1024


@dataclass(slots=True)
class Counts:
    """What happened so far.

    :ivar jobs: script of each job by its TaskId
    :ivar scripts: how often each script was submitted, counted before it is answered
    :ivar twice: the most bytes of one result that one request fetched although they had been sent before
    """

    jobs: dict[str, str] = field(default_factory=dict)
    begun: dict[str, float] = field(default_factory=dict)
    scripts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    sent: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    twice: int = 0
    resumed: int = 0
    asked: int = 0
    shelf: dict[str, bytes] = field(default_factory=dict)


class CountingService:
    """Answers requests and counts."""

    def __init__(self, video: bytes, queued: float = QUEUED) -> None:
        self.counts = Counts()
        self.base_url = ""
        self._video = video
        self._queued = queued

    async def reply(self, request: Request, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        path = request.target.partition("?")[0]
        if path.startswith("/r/") and path.endswith(".mp4"):
            await self._send_video(path, request, writer)
            return
        if path.endswith("/videomakenotrain"):
            await asyncio.sleep(0.05)  # a moment in which the program may die
        writer.write(self._answer(path, request))
        await writer.drain()

    def _answer(self, path: str, request: Request) -> bytes:
        if path.endswith("/videomakenotrain"):
            return self._take(request)
        if path.endswith("/getprogress"):
            self.counts.asked += 1
            return answer("200 OK", self._progress(msgspec.json.decode(request.body)["Payload"]["TaskId"]))
        if path.endswith("/describetimbre"):
            return answer("200 OK", envelope({"TimbreAssets": [], "Total": 0}))
        if path.endswith(".srt"):
            return answer("200 OK", SRT, ETag='"srt"')
        if path == "/count":
            return answer("200 OK", self._told())
        if request.method == "PUT":
            self.counts.shelf[path] = request.body
            return answer("200 OK", envelope({"Url": f"{self.base_url}{path}"}))
        kept = self.counts.shelf.get(path)
        return answer("200 OK", kept) if kept is not None else answer("404 Not Found", b"")

    def _take(self, request: Request) -> bytes:
        script = str(msgspec.json.decode(request.body)["Payload"]["InputSsml"])
        self.counts.scripts[script] += 1
        task_id = f"{len(self.counts.jobs):032x}"
        self.counts.jobs[task_id] = script
        self.counts.begun[task_id] = time.monotonic()
        return answer("200 OK", envelope({"TaskId": task_id}))

    def _progress(self, task_id: str) -> bytes:
        if task_id not in self.counts.begun:
            if self._queued == QUEUED:
                return envelope(code=110006, message="DataNotExist")
            self.counts.begun[task_id] = time.monotonic()  # tasks that a test has made up
        age = time.monotonic() - self.counts.begun[task_id]
        if age < self._queued:
            return envelope({"Status": "COMMIT", "ArrayCount": 1})
        if age < self._queued + MADE:
            return envelope({"Status": "MAKING"})
        return envelope(
            {
                "Status": "SUCCESS",
                "Progress": 100,
                "MediaUrl": f"{self.base_url}/r/{task_id}.mp4",
                "SubtitlesUrl": f"{self.base_url}/r/{task_id}.srt",
                "Duration": 2000,
            }
        )

    async def _send_video(self, path: str, request: Request, writer: asyncio.StreamWriter) -> None:
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SMALL_BUFFER)
        start = int(request.headers.get("range", "bytes=0-").removeprefix("bytes=").partition("-")[0])
        counts, size = self.counts, len(self._video)
        counts.resumed += bool(start)
        counts.twice = max(counts.twice, counts.sent[path] - start)
        status = "206 Partial Content" if start else "200 OK"
        head = (
            f'HTTP/1.1 {status}\r\nContent-Length: {size - start}\r\nETag: "{path}"\r\nConnection: close\r\n'
        )
        if start:
            head += f"Content-Range: bytes {start}-{size - 1}/{size}\r\n"
        writer.write(f"{head}\r\n".encode())
        for place in range(start, size, PIECE):
            piece = self._video[place : place + PIECE]
            writer.write(piece)
            await writer.drain()
            counts.sent[path] = max(counts.sent[path], place + len(piece))
            await asyncio.sleep(PAUSE)

    def _told(self) -> bytes:
        counts = self.counts
        plain = {
            "jobs": counts.jobs,
            "scripts": dict(counts.scripts),
            "twice": counts.twice,
            "resumed": counts.resumed,
            "asked": counts.asked,
        }
        return json.dumps(plain).encode()


async def main(video: bytes, queued: float) -> None:
    """Serve until ended."""
    service = CountingService(video, queued)
    async with serving(service.reply) as server:
        service.base_url = server.base_url
        print(json.dumps({"base_url": server.base_url}), flush=True)
        server.requests = _Nothing()
        await asyncio.Event().wait()


class _Nothing(list[Request]):
    """Forgets what it is given: a night's requests would fill the memory."""

    def append(self, _request: Request) -> None:
        return


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]).read_bytes(), float(sys.argv[2]) if len(sys.argv) > 2 else QUEUED))
