"""A raw HTTP server on loopback whose every answer is written byte by byte by the test, cuts included."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import msgspec


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came over the wire; header names in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


Reply = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


@dataclass(slots=True)
class Server:
    """Where the server listens, and what it was asked."""

    base_url: str = ""
    requests: list[Request] = field(default_factory=list)


@asynccontextmanager
async def serving(reply: Reply, *, tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    """Answer every connection's one request by `reply`, then close the connection; with `tls` over https."""
    server = Server()
    running: set[asyncio.Task[object]] = set()

    async def connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        running.add(task)
        try:
            request = await _read(reader)
            server.requests.append(request)
            await reply(request, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()
            running.discard(task)

    listener = await asyncio.start_server(connection, "127.0.0.1", 0, ssl=tls)
    server.base_url = f"http{'s' if tls else ''}://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
    try:
        yield server
    finally:
        listener.close()
        for task in list(running):
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.rstrip("\r\n").split("\r\n")
    method, target, _version = first.split(" ")
    headers = {
        name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
    }
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(method, target, headers, body)


def answer(status: str, body: bytes, **headers: str) -> bytes:
    """Return a whole HTTP answer; header names with underscores for hyphens."""
    lines = {"Content-Length": str(len(body)), "Connection": "close"}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def says(content: bytes) -> Reply:
    """Answer every request with `content` as it is."""

    async def reply(_request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(content)
        await writer.drain()

    return reply


async def hangs_up(_request: Request, _writer: asyncio.StreamWriter) -> None:
    """Read the request and close the connection without a word."""


async def never_answers(_request: Request, _writer: asyncio.StreamWriter) -> None:
    """Read the request and keep silent."""
    await asyncio.Event().wait()


def envelope(payload: object | None = None, code: int = 0, message: str = "") -> bytes:
    """Return the JSON of an answer; without a payload the key is missing."""
    body: dict[str, object] = {"Header": {"Code": code, "Message": message, "RequestID": "req-1"}}
    if payload is not None:
        body["Payload"] = payload
    return msgspec.json.encode(body)
