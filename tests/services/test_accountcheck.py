"""The test of an account names the one thing that is wrong."""

from __future__ import annotations

import asyncio
import socket
from email.utils import formatdate

import pytest

from cloud.loopback import Reply, Request, answer, envelope, says, serving
from redub.cloud import sites
from redub.cloud.signing import Credentials
from redub.core.diagnosis import Step
from redub.services.accountcheck import check_account

KEY = Credentials("key", "token")
VOICES = envelope({"TimbreAssets": [], "Total": 0})


async def checked(reply: Reply) -> list[Step]:
    async with serving(reply) as server:
        return [step async for step in check_account(sites.custom(server.base_url), KEY)]


def dated(status: str, body: bytes, offset: float = 0.0) -> bytes:
    return answer(status, body, Date=formatdate(_now() + offset, usegmt=True))


def _now() -> float:
    import time

    return time.time()


async def test_check__a_good_account_and_what_it_has_left() -> None:
    detail = {"TotalHour": 10, "UsedHour": 4}
    hours = {
        "ServiceType": "NoTrainVideoBroadcastHour",
        "ExpireDate": "2027-01-01",
        "UniversalHourInfoDetail": detail,
    }

    async def reply(request: Request, writer: object) -> None:
        is_assets = "getserviceasset" in request.target and b"Hour" in request.body
        body = envelope({"ServiceAssetInfos": [hours]}) if is_assets else VOICES
        writer.write(dated("200 OK", body))  # type: ignore[attr-defined]  # a StreamWriter

    steps = await checked(reply)

    assert [(step.name, step.ok) for step in steps] == [
        ("Connection", True),
        ("Clock", True),
        ("Key", True),
        ("Quota", True),
    ]
    assert "360 minutes left" in steps[-1].said


async def clock_behind(request: Request, writer: asyncio.StreamWriter) -> None:
    """Refuse, with a clock that is almost two hours behind this computer's at that moment."""
    await says(dated("403 Forbidden", b"", -7000))(request, writer)


@pytest.mark.parametrize(
    "reply, name, words",
    [
        (says(answer("403 Forbidden", b"")), "Key", "were not accepted"),
        (clock_behind, "Clock", "minutes ahead"),
        (says(answer("200 OK", envelope(code=100005, message="no"))), "Right", "."),
        (says(answer("200 OK", envelope(code=100013, message="no"))), "Quota", "."),
        (says(answer("200 OK", b"<html>sign in</html>")), "Answer", "could not be understood"),
        (says(answer("500 Oops", b"")), "Answer", "fault of its own"),
    ],
)
async def test_check__what_is_wrong(reply: Reply, name: str, words: str) -> None:
    *_good, bad = await checked(reply)

    assert (bad.name, bad.ok) == (name, False)
    assert words in bad.said


async def test_check__not_reached() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    steps = [step async for step in check_account(sites.custom(f"http://127.0.0.1:{port}"), KEY)]

    assert [(step.name, step.ok) for step in steps] == [("Connection", False)]
    assert "does not take connections" in steps[0].said
