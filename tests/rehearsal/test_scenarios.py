"""Scenarios: each file is read, and each kind of mishap is seen from outside."""

from __future__ import annotations

import email.utils
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from redub.core.errors import UserError
from redub.rehearsal.application import SCENARIO_HEADER
from redub.rehearsal.jobs import Kind
from redub.rehearsal.scenarios import Kind as MishapKind
from redub.rehearsal.scenarios import Mishap, carried_scenarios, read_scenario, with_chosen
from redub.rehearsal.service import Service
from rehearsal.caller import (
    BROADCAST,
    PROGRESS,
    SUBMIT,
    TIMBRES,
    TTS,
    speech_payload,
    text_payload,
)
from rehearsal.conftest import Calling, Clock
from rehearsal.processes import Process, Start
from support.waiting import wait_until

ALL = carried_scenarios()
PAGE = {"PageIndex": 1, "PageSize": 10}
SPOKEN = {"TimbreKey": "rehearsal_en_f1", "InputSsml": "Hello there, this is a test.", "Speed": 1.0}
SIMULATE = "/simulate"


def made_audio(process: Process) -> dict[str, Any]:
    """Have a sentence spoken, and return the report of the finished task."""
    task = process.call(TTS, SPOKEN)

    def report() -> dict[str, Any]:
        return process.call(PROGRESS, task)

    assert wait_until(lambda: report()["Status"] == "SUCCESS", seconds=30)
    return report()


def test_carried__each_says_what_it_is() -> None:
    assert len(ALL) >= 15
    assert len({one.title for one in ALL.values()}) == len(ALL)
    for name, one in ALL.items():
        assert one.sentence.endswith("."), name
        assert (
            one.calls
            or one.making.ahead
            or one.making.fails_at is not None
            or one.fetching
            or one.clock_ahead
        )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "title = 3\nsentence = ''",
        "title = 'a'\nsentence = 'b'\nsurplus = 1",
        "title = 'a'\nsentence = 'b'\n[[calls]]\nkind = 'unknown'",
        "title = 'a'\nsentence = 'b'\n[making]\nfails_at = 101",
        "title = ",
        "\x00",
    ],
)
def test_read__no_scenario(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=r"mine\.toml"):
        read_scenario(path)


def test_with_chosen(tmp_path: Path) -> None:
    assert with_chosen(ALL, "") == (ALL, "")
    assert with_chosen(ALL, "flaky") == (ALL, "flaky")
    path = tmp_path / "own.toml"
    path.write_text("title = 'Own'\nsentence = 'Own.'", encoding="utf-8")
    scenarios, name = with_chosen(ALL, str(path))
    assert (name, scenarios[name].title) == ("own", "Own")
    with pytest.raises(UserError, match="no scenario"):
        with_chosen(ALL, "none-such")


@pytest.mark.parametrize(
    "skip,times,every,hit",
    [
        (0, 1, 1, [0]),
        (2, 2, 1, [2, 3]),
        (0, 0, 2, [0, 2, 4, 6]),
        (1, 2, 3, [1, 4]),
        (0, 0, 1, [0, 1, 2, 3, 4, 5, 6]),
    ],
)
def test_mishap__hits(skip: int, times: int, every: int, hit: list[int]) -> None:
    mishap = Mishap(kind=MishapKind.DEAF, skip=skip, times=times, every=every)
    assert [number for number in range(7) if mishap.hits(number)] == hit


async def test_refused__before_anything_is_made(
    make_service: Callable[..., Service], calling: Calling
) -> None:
    service = make_service(scenario="all-slots-taken")
    async with calling(service) as caller:
        codes = [(await caller.call(SUBMIT, text_payload()))[0] for _ in range(4)]
    assert codes == [100008, 100008, 100008, 0]
    assert service.job("0" * 32) is None
    assert [job.kind for job in service._book.all()] == [Kind.VIDEO]


async def test_refused__says_how_long_to_wait(make_service: Callable[..., Service], calling: Calling) -> None:
    async with calling(make_service(scenario="too-frequent")) as caller:
        body = {"Header": {}, "Payload": PAGE}
        answers = [await caller.post(TIMBRES, body) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 429, 200, 200]
    assert [answer.json()["Header"]["Code"] for answer in answers] == [801004, 801004, 0, 801004]
    assert [answer.headers.get("Retry-After") for answer in answers] == ["2", "2", None, "2"]


async def test_status__instead_of_an_envelope(make_service: Callable[..., Service], calling: Calling) -> None:
    async with calling(make_service(scenario="captive-portal")) as caller:
        body = {"Header": {}, "Payload": PAGE}
        answers = [await caller.post(TIMBRES, body) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [302, 302, 200, 200, 200]
    assert answers[0].headers["Location"].endswith("/login")
    assert "log in" in answers[2].text
    assert answers[4].json()["Header"]["Code"] == 0


async def test_rewritten(make_service: Callable[..., Service], calling: Calling) -> None:
    async with calling(make_service(scenario="odd-answers")) as caller:
        _, task = await caller.call(SUBMIT, text_payload())
        reports = [(await caller.call(PROGRESS, task))[1] for _ in range(5)]
    assert [(one["Status"], one["Progress"]) for one in reports] == [
        ("THINKING", 80), ("THINKING", 80), ("COMMIT", 3), ("COMMIT", 3), ("COMMIT", 0)
    ]  # fmt: skip


async def test_header__one_request_alone(service: Service, calling: Calling) -> None:
    async with calling(service) as caller:
        body = {"Header": {}, "Payload": text_payload()}
        refused = await caller.post(SUBMIT, body, **{SCENARIO_HEADER: "unsafe-text"})
        accepted = await caller.post(SUBMIT, body)
        unknown = await caller.post(SUBMIT, body, **{SCENARIO_HEADER: "none-such"})
    assert [one.json()["Header"]["Code"] for one in (refused, accepted, unknown)] == [801005, 0, 100002]


async def test_header__a_task_keeps_its_scenario(service: Service, calling: Calling) -> None:
    async with calling(service) as caller:
        body = {"Header": {}, "Payload": text_payload()}
        one = (await caller.post(SUBMIT, body, **{SCENARIO_HEADER: "odd-answers"})).json()["Payload"]
        other = (await caller.post(SUBMIT, body)).json()["Payload"]
        assert (await caller.call(PROGRESS, one))[1]["Status"] == "THINKING"
        assert (await caller.call(PROGRESS, other))[1]["Status"] == "COMMIT"


async def test_simulate__chooses_and_lists(service: Service, calling: Calling) -> None:
    async with calling(service) as caller:
        code, answer = await caller.call(SIMULATE, {"Scenario": "unsafe-text"})
        assert (code, answer["Scenario"], len(answer["Scenarios"])) == (0, "unsafe-text", len(ALL))
        assert (await caller.call(SUBMIT, text_payload()))[0] == 801005
        assert (await caller.call(SIMULATE, {"Scenario": "none-such"}))[0] == 100002
        assert (await caller.call(SIMULATE, {"Scenario": 7}))[0] == 100001
        assert (await caller.call(SIMULATE, {}))[1]["Scenario"] == "unsafe-text"
        assert (await caller.call(SIMULATE, {"Scenario": ""}))[1]["Scenario"] == ""
        assert (await caller.call(SUBMIT, text_payload()))[0] == 0


async def test_simulate__begins_anew(service: Service, calling: Calling) -> None:
    async with calling(service) as caller:
        for _ in range(2):
            await caller.call(SIMULATE, {"Scenario": "captive-portal"})
            assert (await caller.post(TIMBRES, {"Header": {}, "Payload": PAGE})).status_code == 302


async def test_queue__falls_with_time(
    make_service: Callable[..., Service], calling: Calling, clock: Clock
) -> None:
    service = make_service(scenario="slow-queue")
    async with calling(service) as caller:
        _, task = await caller.call(SUBMIT, text_payload())
        seen = []
        for _ in range(4):
            seen.append((await caller.call(PROGRESS, task))[1]["ArrayCount"])
            clock.now += 10
    assert seen == [6, 4, 2, 0]


def test_queue__is_made_when_its_turn_has_come(make_service: Callable[..., Service], clock: Clock) -> None:
    service = make_service(scenario="slow-queue")
    service.start()
    task = service.videomakenotrain(text_payload(), "slow-queue")
    later = service.videomakenotrain(text_payload(), "")
    assert wait_until(lambda: service.getprogress(later)["Status"] == "FAIL")  # nobody listens at its address
    assert service.getprogress(task)["Status"] == "COMMIT"
    clock.now += 60
    assert wait_until(lambda: service.getprogress(task)["Status"] == "FAIL")


def test_making__fails_at_once(make_service: Callable[..., Service]) -> None:
    service = make_service(scenario="fails-at-once")
    service.start()
    task = service.videomakenotrain(text_payload(), "fails-at-once")
    assert wait_until(lambda: service.getprogress(task)["Status"] == "FAIL")
    report = service.getprogress(task)
    assert (report["Progress"], report["FailCode"], report["MediaUrl"]) == (-1, 801010, "")


def test_making__fails_on_the_way(make_service: Callable[..., Service]) -> None:
    service = make_service()
    service._book.admit(Kind.VIDEO, {}, exclusive=False, slots=5, now=0.0, scenario="fails-at-sixty")
    (job,) = service._book.all()
    service._book.progressed(job.task_id, 59)
    with pytest.raises(Exception, match="crashed"):
        service._book.progressed(job.task_id, 60)


def test_clock__is_wrong_for_signatures_and_dates(start: Start) -> None:
    process = start("--scenario", "wrong-clock")
    refused, taken = process.post(TIMBRES, PAGE), process.post(TIMBRES, PAGE, ahead=3600)
    assert refused.json()["Header"]["Code"] == 100005
    assert taken.json()["Header"]["Code"] == 0
    date = email.utils.parsedate_to_datetime(refused.headers["Date"]).timestamp()
    assert 3500 < date - time.time() < 3700


@pytest.mark.parametrize("scenario", ["lost-answer", "never-arrived"])
def test_connection__closed_without_an_answer(start: Start, scenario: str) -> None:
    process = start("--scenario", scenario)
    with pytest.raises(httpx.RemoteProtocolError):
        process.post(SUBMIT, speech_payload())
    again = process.call(SUBMIT, speech_payload())
    made = process.call(PROGRESS, again)["ArrayCount"] == 1 or len(_jobs(process)) == 2
    assert made is (scenario == "lost-answer")


def _jobs(process: Process) -> list[Path]:
    return list((process.home / "rehearsal" / "jobs").glob("*.json"))


def test_connection__half_an_answer(start: Start) -> None:
    process = start()
    task = process.post(SUBMIT, text_payload(), scenario="half-an-answer").json()["Payload"]
    with pytest.raises(httpx.RemoteProtocolError):
        process.post(PROGRESS, task)
    assert process.post(PROGRESS, task).json()["Header"]["Code"] == 0
    with pytest.raises(httpx.RemoteProtocolError):
        process.post(PROGRESS, task)


def test_download__cut_twice_then_whole(start: Start) -> None:
    url = made_audio(start("--scenario", "cut-download"))["MediaUrl"]
    for _ in range(2):
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.get(url)
    whole = httpx.get(url)
    assert len(whole.content) == int(whole.headers["Content-Length"])


def received(url: str) -> tuple[int, int]:
    """Return how many bytes come before the connection breaks off, and how many were promised."""
    came = 0
    with httpx.stream("GET", url) as response, suppress(httpx.RemoteProtocolError):
        for piece in response.iter_raw():
            came += len(piece)
    return came, int(response.headers["Content-Length"])


def test_download__cut_leaves_the_part_that_it_names(start: Start) -> None:
    came, promised = received(made_audio(start("--scenario", "cut-download"))["MediaUrl"])
    assert came == int(promised * 0.4)


@pytest.mark.parametrize(
    "scenario,statuses", [("expired-link", [403, 403, 200]), ("gone-result", [404, 404, 404])]
)
def test_download__refused(start: Start, scenario: str, statuses: list[int]) -> None:
    url = made_audio(start("--scenario", scenario))["MediaUrl"]
    assert [httpx.get(url).status_code for _ in statuses] == statuses


def test_download__spoiled_once(start: Start) -> None:
    url = made_audio(start("--scenario", "spoiled-result"))["MediaUrl"]
    spoiled, good = httpx.get(url).content, httpx.get(url).content
    assert spoiled == bytes(len(good))
    assert good.strip(b"\x00")


def test_download__another_version(start: Start) -> None:
    url = made_audio(start("--scenario", "another-version"))["MediaUrl"]
    with httpx.stream("GET", url) as first:
        pass
    second = httpx.head(url)
    assert first.headers["ETag"] == '"another"' != second.headers["ETag"]


def test_start__no_such_scenario(start: Start) -> None:
    process = start("--scenario", "none-such")
    assert process.wait() == 1
    assert process.address == {}


def test_calls__names_are_those_of_the_api() -> None:
    known = {"videomakenotrain", "getprogress", "tts", "describetimbre", "getserviceasset", "*"}
    assert {mishap.call for one in ALL.values() for mishap in one.calls} <= known
    assert BROADCAST.endswith("broadcastservice")
