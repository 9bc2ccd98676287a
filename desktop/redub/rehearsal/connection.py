"""The connection itself: answers that come late, half or not at all, and files that come slowly or break off."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from starlette.responses import FileResponse, Response
from starlette.types import Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from redub.rehearsal.scenarios import Fetching, Mishap

_STATE = "redub_connection"
_PIECE = 64 * 1024


class CuttableProtocol(H11Protocol):
    """HTTP as uvicorn speaks it; every request can close its connection on the spot."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn narrows it
        """Let the requests of this connection know it."""
        super().connection_made(transport)
        # The state of the application is handed to every request (ASGI, "state"): here each connection has its own.
        self.app_state = {**self.app_state, _STATE: transport}


class Connection:
    """The connection that a request came over."""

    def __init__(self, scope: Scope) -> None:
        self._transport = cast("asyncio.Transport | None", scope.get("state", {}).get(_STATE))

    def cut(self) -> None:
        """Close it at once; what was not sent yet is never sent."""
        if self._transport is not None:
            self._transport.abort()


class NoAnswer(Response):
    """Closes the connection without a word."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Cut."""
        Connection(scope).cut()


class HalfAnswer(Response):
    """Sends the head and half the body of another answer, then closes the connection."""

    def __init__(self, whole: Response) -> None:
        super().__init__(whole.body, whole.status_code, dict(whole.headers))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send half, and cut once it is on its way."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        half = bytes(self.body)[: len(self.body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        await asyncio.sleep(0)
        Connection(scope).cut()


def bare_answer(mishap: Mishap) -> Response:
    """Return the answer of something that stands before the service: a status and a page, no envelope."""
    headers = {"Location": mishap.location} if mishap.location else {}
    if mishap.retry_after is not None:
        headers["Retry-After"] = str(mishap.retry_after)
    return Response(mishap.page, mishap.status, headers, media_type="text/html")


class FaultyFile(FileResponse):
    """A file that comes slowly, breaks off, is another than it was, or is none."""

    def __init__(self, path: Any, fetching: Fetching, headers: dict[str, str]) -> None:
        super().__init__(path, headers=headers)
        self._fetching = fetching

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it as the scenario wants."""
        left = _Left(self._fetching, Connection(scope))

        async def pass_on(message: Message) -> None:
            for part in left.of(message):
                await send(part)
                await left.wait(part)

        await super().__call__(scope, receive, pass_on)


class _Left:
    """What is left of a file on its way."""

    def __init__(self, fetching: Fetching, connection: Connection) -> None:
        self._fetching, self._connection = fetching, connection
        self._bytes: int | None = None

    def of(self, message: Message) -> list[Message]:
        """Return what really goes out instead of `message`."""
        if message["type"] == "http.response.start":
            self._begin(dict(message["headers"]))
            return [{**message, "headers": self._headers(message["headers"])}]
        body = bytes(message.get("body", b""))
        pieces = [body[at : at + _PIECE] for at in range(0, len(body), _PIECE)] or [b""]
        return [self._piece(piece, message, last=piece is pieces[-1]) for piece in pieces]

    async def wait(self, message: Message) -> None:
        """Wait as long as a piece takes at the scenario's speed, and cut when nothing is left to be sent."""
        size = len(message.get("body", b""))
        if size and self._fetching.bytes_per_second:
            await asyncio.sleep(size / self._fetching.bytes_per_second)
        if self._bytes is not None and self._bytes <= 0:
            await asyncio.sleep(0)
            self._connection.cut()

    def _begin(self, headers: dict[bytes, bytes]) -> None:
        if self._fetching.cut_after is not None:
            self._bytes = int(int(headers.get(b"content-length", b"0")) * self._fetching.cut_after)

    def _headers(self, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        if not self._fetching.changed:
            return headers
        return [(name, b'"another"' if name == b"etag" else value) for name, value in headers]

    def _piece(self, piece: bytes, message: Message, *, last: bool) -> Message:
        if self._fetching.spoiled:
            piece = bytes(len(piece))
        if self._bytes is not None:
            piece = piece[: max(0, self._bytes)]
            self._bytes -= len(piece)
        more = bool(message.get("more_body")) or not last or self._bytes == 0
        return {"type": "http.response.body", "body": piece, "more_body": more}
