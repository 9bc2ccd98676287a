"""Speak with the service: submit a job, ask about it, list the voices, preview a script.

A submit is sent at most once by this client: nothing here repeats a request. Which error an outcome
becomes is decided in `redub.cloud.faults`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Self

import httpx

from redub.cloud import connections, faults
from redub.cloud.answers import Answer, read_answer, text, whole
from redub.cloud.assets import SERVICE_TYPES, ServiceAssets, assets_of
from redub.cloud.reports import TaskReport, task_report
from redub.cloud.signing import Credentials, signed_query
from redub.cloud.sites import checked_base_url
from redub.cloud.timbres import Timbre, timbres_of
from redub.cloud.wire import encode_body, speech_param
from redub.core.errors import CloudFault
from redub.core.shot import Speech

__all__ = ["CloudClient", "Credentials", "ServiceAssets", "Submitted", "TaskReport", "Timbre"]

SUBMIT_PATH = "/v2/ivh/videomaker/broadcastservice/videomakenotrain"
PROGRESS_PATH = "/v2/ivh/videomaker/broadcastservice/getprogress"
TTS_PATH = "/v2/ivh/videomaker/broadcastservice/tts"
ASSET_PATH = "/v2/ivh/crmserver/customerassetservice/getserviceasset"
TIMBRE_PATH = "/v2/ivh/crmserver/customerassetservice/describetimbre"

_PAGE_SIZE = 100
_MOST_PAGES = 100
_QUERY_SECONDS = 90.0
_PAID_SECONDS = 180.0


@dataclass(frozen=True, slots=True)
class Submitted:
    """What an accepted job is known by.

    :ivar task_id: TaskId
    :ivar request_id: RequestID, for the service's support
    :ivar answer: the whole answer, without secrets
    """

    task_id: str
    request_id: str
    answer: str = field(default="", compare=False)


class CloudClient:
    """One account at one service; an async context manager.

    :ivar clock_skew: seconds that this computer's clock was ahead of the service's at the last answer
        (Date header), None until known; more than `faults.CLOCK_LIMIT_SECONDS` makes every signature invalid
    """

    def __init__(
        self,
        base_url: str,
        credentials: Credentials,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Prepare the connections; nothing is opened before the first request."""
        self.base_url = checked_base_url(base_url)
        self.clock_skew: float | None = None
        self._credentials = credentials
        self._clock = clock
        self._transport = transport
        self._questions = connections.open_client(self.base_url, transport=transport)
        self._payments = connections.open_client(self.base_url, transport=transport, keep_alive=False)

    async def __aenter__(self) -> Self:
        """Return the client itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections; the client cannot be used afterwards."""
        await self._questions.aclose()
        await self._payments.aclose()

    async def renew(self) -> None:
        """Let go of the connections of questions; those from before a sleep or another network lead nowhere."""
        old, self._questions = (
            self._questions,
            connections.open_client(self.base_url, transport=self._transport),
        )
        await old.aclose()

    async def submit(self, body: Mapping[str, object] | bytes) -> Submitted:
        """Send a job (videomakenotrain) once.

        :param body: as `wire.request_body` makes it, or its exact bytes as they were written down
        :raises Refused: nothing was made, for certain
        :raises Unreachable: nothing was sent
        :raises Unclear: it may have been made; only the creator may decide to send it again
        """
        return await self._pay(SUBMIT_PATH, body if isinstance(body, bytes) else encode_body(body))

    async def progress(self, task_id: str) -> TaskReport:
        """Ask how far a task is (getprogress); CloudFault when there is no usable answer."""
        answer = await self._ask(PROGRESS_PATH, {"TaskId": task_id})
        return replace(task_report(answer.payload), request_id=answer.request_id, answer=answer.body)

    async def assets(self) -> ServiceAssets:
        """Ask what the account has bought for this kind of video (getserviceasset): minutes and places."""
        found: list[Answer] = []
        for kind in SERVICE_TYPES:
            page = {"ServiceType": kind, "PageIndex": 1, "PageSize": _PAGE_SIZE}
            found.append(await self._ask(ASSET_PATH, page))
        return assets_of(tuple(answer.payload for answer in found))

    async def timbres(self, *, page_size: int = _PAGE_SIZE) -> tuple[Timbre, ...]:
        """List all voices of the account (describetimbre, every page)."""
        found: dict[str, Timbre] = {}
        for page in range(1, _MOST_PAGES + 1):
            answer = await self._ask(TIMBRE_PATH, {"PageIndex": page, "PageSize": page_size})
            voices = timbres_of(answer.payload)
            fresh = [voice for voice in voices if voice.key not in found]
            found.update({voice.key: voice for voice in fresh})
            total = whole(answer.payload.get("Total"))
            if not fresh or (len(found) >= total if total is not None else len(voices) < page_size):
                break
        return tuple(found.values())

    async def tts(
        self, ssml: str, speech: Speech, *, codec: str = "mp3", sample_rate: int | None = None
    ) -> str:
        """Have a script spoken as a sound file (tts) and return its TaskId, to be asked about by `progress`.

        It may cost and is sent once: errors as for `submit`.

        :param codec: "mp3" or "wav"
        :param sample_rate: 24000 (the service's default) or 16000
        """
        payload: dict[str, object] = {"InputSsml": ssml, **speech_param(speech), "Codec": codec}
        if sample_rate is not None:
            payload["SampleRate"] = sample_rate
        made = await self._pay(TTS_PATH, encode_body({"Header": {}, "Payload": payload}))
        return made.task_id

    async def _pay(self, path: str, content: bytes) -> Submitted:
        """Send what costs, over a connection of its own."""
        answer = await self._post(self._payments, path, content, paid=True)
        task_id = text(answer.payload.get("TaskId")).strip()
        if not task_id:
            raise faults.missing_fault(answer, "the number of the task", paid=True)
        return Submitted(task_id, answer.request_id, answer.body)

    async def _ask(self, path: str, payload: Mapping[str, object]) -> Answer:
        content = encode_body({"Header": {}, "Payload": payload})
        return await self._post(self._questions, path, content, paid=False)

    async def _post(self, client: httpx.AsyncClient, path: str, content: bytes, *, paid: bool) -> Answer:
        """Send one signed request and return an answer that says success."""
        try:
            async with asyncio.timeout(_PAID_SECONDS if paid else _QUERY_SECONDS):
                response = await client.post(self._address(path), content=content, headers=_JSON)
        except faults.FOREIGN as exc:
            raise faults.transport_fault(exc, self.base_url, paid=paid) from exc
        answer = read_answer(response, self._clock())
        self.clock_skew = answer.skew
        fault = faults.answer_fault(answer, self.base_url, paid=paid)
        if fault is not None:
            raise fault
        return answer

    def _address(self, path: str) -> httpx.URL:
        """Return the signed address; the query is given ready-made, httpx leaves its escapes alone."""
        query = signed_query(self._credentials.appkey, self._credentials.accesstoken, int(self._clock()))
        return httpx.URL(f"{self.base_url}{path}?{query}")


_JSON = {"Content-Type": "application/json;charset=utf-8"}


def clock_fault(client: CloudClient) -> CloudFault | None:
    """Return what to tell when this computer's clock is too far off for the service, else None."""
    why = faults.clock_sentence(client.clock_skew)
    if not why:
        return None
    return CloudFault(
        "The service will not accept requests from this computer.",
        why=why,
        next_step="Set this computer's clock, then try again.",
    )
