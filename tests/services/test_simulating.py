"""What the rehearsal service simulates, chosen over the wire."""

from __future__ import annotations

from pathlib import Path

import pytest

from redub.cloud.client import CloudClient
from redub.cloud.signing import Credentials
from redub.core.errors import CloudFault, Unclear
from redub.services.rehearsals import Rehearsal
from redub.services.simulating import Simulating, carried
from services.stand import at

BODY = {
    "Header": {},
    "Payload": {
        "RefVideoUrl": "http://127.0.0.1:9/clip.mp4",
        "DriverType": "Text",
        "InputSsml": "Hello there.",
        "SpeechParam": {"TimbreKey": "rehearsal_en_f1", "Speed": 1.0},
    },
}


async def test_choose__acts_on_the_next_task(tmp_path: Path) -> None:
    rehearsal = Rehearsal(at(tmp_path))
    simulating = Simulating(rehearsal)
    try:
        before = await simulating.look()
        assert (before.chosen, before.title, before.offered) == ("", "", carried())
        now = await simulating.choose("lost-answer")
        assert now.chosen == "lost-answer"
        assert now.title == next(one.title for one in carried() if one.name == "lost-answer")
        address = await rehearsal.ensure()
        key = Credentials(address.appkey, address.accesstoken)
        async with CloudClient(address.base_url, key) as client:
            with pytest.raises(Unclear):
                await client.submit(BODY)
            assert (await client.submit(BODY)).task_id
    finally:
        await rehearsal.aclose()


async def test_choose__comes_back_from_a_wrong_clock(tmp_path: Path) -> None:
    rehearsal = Rehearsal(at(tmp_path), scenario="wrong-clock")
    simulating = Simulating(rehearsal)
    try:
        assert (await simulating.look()).chosen == "wrong-clock"
        assert (await simulating.choose("")).chosen == ""
    finally:
        await rehearsal.aclose()


async def test_choose__no_such_scenario(tmp_path: Path) -> None:
    rehearsal = Rehearsal(at(tmp_path))
    try:
        with pytest.raises(CloudFault):
            await Simulating(rehearsal).choose("none-such")
    finally:
        await rehearsal.aclose()
