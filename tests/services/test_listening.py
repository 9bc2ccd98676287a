"""Hear it: by the voices of this machine, and by the service, which is asked once."""

from __future__ import annotations

import asyncio
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest

from cloud.loopback import Request
from redub.core.errors import Refused, TaskFailed, Unclear, UserError
from redub.core.shot import Speech
from redub.services.choice import Choice
from redub.services.listening import Utterance, moved
from redub.services.workbench import Workbench
from services.stand import FakeService, at, fake_service, opened, says
from support.waiting import until

HELLO = Utterance(ssml="Hello there, friend.", speech=Speech(timbre_key="v1", speed=1.2, volume=3))
HERE = Utterance(ssml="Hello there, friend.", speech=Speech(timbre_key="rehearsal_en_f1", language="en-US"))
WORDS = [{"Sentence": "Hello there, friend.", "Words": [
    {"Word": "Hello", "StartTimestamp": 1_000_000, "EndTimestamp": 5_000_000},
    {"Word": "there", "StartTimestamp": 5_000_000, "EndTimestamp": 9_000_000},
    {"Word": "friend", "StartTimestamp": 11_000_000, "EndTimestamp": 15_000_000},
]}]  # fmt: skip


def spoken(service: FakeService) -> None:
    """Let the next question find the sound made."""
    service.files["/a/sound.mp3"] = b"mp3 bytes"
    service.report = {
        "Status": "SUCCESS",
        "Progress": 100,
        "MediaUrl": f"{service.base_url}/a/sound.mp3",
        "Duration": 1600,
        "TextTimestampResult": WORDS,
    }


@asynccontextmanager
async def at_rehearsal(home: Path) -> AsyncIterator[Workbench]:
    bench = await Workbench.open(at(home), Choice(site="rehearsal"))
    try:
        yield bench
    finally:
        await bench.aclose()


async def test_hear__on_this_machine_without_any_service(tmp_path: Path) -> None:
    async with at_rehearsal(tmp_path) as bench:
        heard = await bench.listening.hear(HERE)

        with wave.open(str(heard.path)) as sound:
            samples = np.frombuffer(sound.readframes(sound.getnframes()), np.int16)
            assert sound.getnframes() / sound.getframerate() == pytest.approx(heard.duration, abs=0.001)
        assert np.abs(samples).max() > 3000
        assert [HERE.ssml[w.source_start : w.source_end] for w in heard.words] == ["Hello", "there", "friend"]
        assert not heard.by_service
        assert bench.lengths.real("rehearsal", HERE.ssml, HERE.speech) == heard.duration


async def test_hear__the_same_again_is_not_spoken_again(tmp_path: Path) -> None:
    async with at_rehearsal(tmp_path) as bench:
        first = await bench.listening.hear(HERE)
        stamp = first.path.stat().st_mtime_ns
        again = await bench.listening.hear(HERE)

        assert again == first
        assert again.path.stat().st_mtime_ns == stamp


async def test_hear__asks_the_service_with_flat_fields_once(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        spoken(service)
        first = await bench.listening.hear(HELLO)
        again = await bench.listening.hear(HELLO)

        assert service.scripts == [
            {"InputSsml": HELLO.ssml, "Speed": 1.2, "TimbreKey": "v1", "Volume": 3, "Codec": "mp3"}
        ]
        assert again == first
        assert first.path.read_bytes() == b"mp3 bytes"
        assert (first.duration, first.by_service) == (1.6, True)
        assert [(w.start, HELLO.ssml[w.source_start : w.source_end]) for w in first.words] == [
            (0.1, "Hello"),
            (0.5, "there"),
            (1.1, "friend"),
        ]


async def test_hear__by_a_voice_of_this_machine_although_there_is_an_account(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        heard = await bench.listening.hear(HELLO, here=True)

        assert service.scripts == []
        assert not heard.by_service
        assert await bench.listening.kept(HELLO) is None
        assert await bench.listening.kept(HELLO, here=True) == heard
        assert bench.lengths.real("custom", HELLO.ssml, HELLO.speech) is None


async def test_hear__another_start_of_the_program_does_not_ask_again(tmp_path: Path) -> None:
    async with fake_service() as service:
        spoken(service)
        async with opened(service, tmp_path) as bench:
            await bench.listening.hear(HELLO)
        async with opened(service, tmp_path) as bench:
            await bench.listening.hear(HELLO)
            assert bench.lengths.real("custom", HELLO.ssml, HELLO.speech) == 1.6

        assert len(service.scripts) == 1


async def test_hear__who_stops_waiting_goes_on_later_without_paying_again(tmp_path: Path) -> None:
    async with fake_service() as service:
        async with opened(service, tmp_path) as bench:
            asked = asyncio.Event()
            waiting = asyncio.create_task(bench.listening.hear(HELLO, lambda said: _set(asked, said)))
            await asked.wait()
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        spoken(service)
        async with opened(service, tmp_path) as bench:
            heard = await bench.listening.hear(HELLO)

        assert heard.duration == 1.6
        assert len(service.scripts) == 1


def _set(asked: asyncio.Event, said: str) -> None:
    if "is speaking" in said:
        asked.set()


async def test_hear__a_refusal_may_be_asked_again(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        service.on_tts = says(100008, "quota")
        with pytest.raises(Refused):
            await bench.listening.hear(HELLO)
        service.on_tts = None
        spoken(service)
        await bench.listening.hear(HELLO)

        assert len(service.scripts) == 2


async def test_hear__an_answer_that_never_came_is_said_before_asking_again(tmp_path: Path) -> None:
    async def breaks_off(_service: FakeService, _request: Request) -> bytes:
        return b""

    async with fake_service() as service, opened(service, tmp_path) as bench:
        service.on_tts = breaks_off
        with pytest.raises(Unclear):
            await bench.listening.hear(HELLO)
        service.on_tts = None
        spoken(service)
        with pytest.raises(Unclear, match="not known whether"):
            await bench.listening.hear(HELLO)
        assert len(service.scripts) == 1
        await bench.listening.hear(HELLO)
        assert len(service.scripts) == 2


async def test_hear__what_the_service_could_not_speak_is_told(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        service.report = {"Status": "FAIL", "FailCode": 801404, "FailMessage": "timbre"}
        with pytest.raises(TaskFailed, match="could not speak"):
            await bench.listening.hear(HELLO)


async def test_hear__one_at_a_time(tmp_path: Path) -> None:
    async with fake_service() as service, opened(service, tmp_path) as bench:
        other = Utterance(ssml="Another sentence.", speech=HELLO.speech)
        said: list[str] = []
        first = asyncio.create_task(bench.listening.hear(HELLO, said.append))
        await until(lambda: service.asked > 0)
        second = asyncio.create_task(bench.listening.hear(other, said.append))
        await until(lambda: any("before this one" in words for words in said))
        assert len(service.scripts) == 1
        spoken(service)
        await asyncio.gather(first, second)

        assert len(service.scripts) == 2


async def test_hear__nothing_to_say(tmp_path: Path) -> None:
    async with at_rehearsal(tmp_path) as bench:
        with pytest.raises(UserError, match="nothing to speak"):
            await bench.listening.hear(Utterance(ssml="  ", speech=Speech()))


async def test_hear__by_the_rehearsal_service_over_its_own_protocol(tmp_path: Path) -> None:
    """The service on this machine answers the same question as Tencent's, sound and word times with it."""
    async with at_rehearsal(tmp_path) as bench:
        account = await bench.accounts.chosen()
        choice = Choice(
            service_url=account.site.base_url,
            appkey=account.credentials.appkey,
            accesstoken=account.credentials.accesstoken,
        )
        bench.accounts.use(choice, bench.settings)

        heard = await bench.listening.hear(HERE)

        assert heard.by_service
        assert heard.path.suffix == ".mp3"
        assert [HERE.ssml[w.source_start : w.source_end] for w in heard.words] == ["Hello", "there", "friend"]


def test_moved__places_of_a_part_in_the_whole(tmp_path: Path) -> None:
    async def part() -> None:
        async with at_rehearsal(tmp_path) as bench:
            heard = moved(await bench.listening.hear(HERE), 10)
            assert heard.words[0].source_start == 10

    asyncio.run(part())
