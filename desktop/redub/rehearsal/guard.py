"""Who may speak to the service at all: this machine, and no page in a browser; and the date on every answer."""

from __future__ import annotations

import email.utils
import re
from collections.abc import Callable, Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from redub.rehearsal.codes import InterfaceCode
from redub.rehearsal.envelope import new_request_id, refuse
from redub.rehearsal.refusal import Refusal

_LOOPBACK = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?", re.IGNORECASE | re.ASCII)


class LoopbackOnly:
    """Refuse requests that a browser makes for a page (Origin), or that were led here by a foreign name (Host)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with a refusal."""
        trouble = _trouble(scope["headers"]) if scope["type"] == "http" else ""
        if not trouble:
            await self.app(scope, receive, send)
            return
        refusal = Refusal(InterfaceCode.UNAUTHORIZED, trouble, status=403)
        await refuse(refusal, new_request_id())(scope, receive, send)


class Dated:
    """Put the service's own time on every answer: a scenario may have its clock wrong."""

    def __init__(self, app: ASGIApp, now: Callable[[], float]) -> None:
        self.app, self._now = app, now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and date the answer."""

        async def dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                date = email.utils.formatdate(self._now(), usegmt=True)
                message = {**message, "headers": [*message["headers"], (b"date", date.encode())]}
            await send(message)

        await self.app(scope, receive, dated)


def _trouble(headers: Iterable[tuple[bytes, bytes]]) -> str:
    values: dict[bytes, list[bytes]] = {}
    for name, value in headers:
        values.setdefault(name.lower(), []).append(value)
    if b"origin" in values:
        return "this service answers no web page"
    hosts = values.get(b"host", [])
    if len(hosts) != 1 or not _LOOPBACK.fullmatch(hosts[0].decode("latin-1")):
        return "this service is asked on the loopback address only"
    return ""
