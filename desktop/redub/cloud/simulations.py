"""Ask the rehearsal service what it can simulate, and have it simulate something (POST /simulate)."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from redub.cloud import connections, faults
from redub.cloud.answers import Answer, mapping, read_answer, sequence, text
from redub.cloud.signing import Credentials, signed_query
from redub.cloud.wire import encode_body

_JSON = {"Content-Type": "application/json;charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Scenario:
    """Something that can be simulated: its name, a few words, and a sentence on what is to be seen."""

    name: str
    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Simulations:
    """What a service simulates at present ("" for nothing), and everything that it can."""

    chosen: str
    offered: tuple[Scenario, ...]

    @property
    def title(self) -> str:
        """Return the words of the present one, "" for none."""
        return next((one.title for one in self.offered if one.name == self.chosen), "")


async def simulate(base_url: str, credentials: Credentials, name: str | None = None) -> Simulations:
    """Have the service play the scenario `name` ("" for none; None leaves it as it is), and say what there is.

    :raises CloudFault: it does not answer, or knows no such scenario
    """
    payload = {} if name is None else {"Scenario": name}
    async with connections.open_client(base_url) as client:
        answer = await _ask(client, base_url, credentials, payload, 0.0)
        if answer.skew is not None and abs(answer.skew) > faults.CLOCK_LIMIT_SECONDS:
            # A simulated clock must not keep us from setting it right again.
            answer = await _ask(client, base_url, credentials, payload, answer.skew)
    fault = faults.answer_fault(answer, base_url, paid=False)
    if fault is not None:
        raise fault
    return _simulations(answer.payload)


async def _ask(
    client: httpx.AsyncClient,
    base_url: str,
    credentials: Credentials,
    payload: Mapping[str, object],
    skew: float,
) -> Answer:
    query = signed_query(credentials.appkey, credentials.accesstoken, int(time.time() - skew))
    content = encode_body({"Header": {}, "Payload": payload})
    try:
        response = await client.post(f"{base_url}/simulate?{query}", content=content, headers=_JSON)
    except faults.FOREIGN as exc:
        raise faults.transport_fault(exc, base_url, paid=False) from exc
    return read_answer(response, time.time())


def _simulations(payload: Mapping[str, object]) -> Simulations:
    rows = [mapping(one) for one in sequence(payload.get("Scenarios"))]
    offered = tuple(
        Scenario(text(one.get("Name")), text(one.get("Title")), text(one.get("Sentence"))) for one in rows
    )
    return Simulations(text(payload.get("Scenario")), offered)
