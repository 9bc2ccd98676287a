"""The task monitor against a rehearsal service that goes wrong: the take comes home all the same, or says why."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from redub.core.errors import RedubError
from redub.core.shot import Speech
from redub.core.tasks import TaskRecord, TaskState
from redub.services.choice import Choice
from redub.services.workbench import Workbench
from redub.store import settingsfile
from redub.store.settings import Settings
from services.stand import at, order, silent, spoken_over
from support.clips import ClipFactory

pytestmark = pytest.mark.slow

QUICK = Settings(poll_first_seconds=0.1, poll_longest_seconds=0.2, polls_per_minute=6000)
COMES_HOME = ("half-an-answer", "flaky", "odd-answers", "cut-download", "expired-link", "spoiled-result")
FAILS = {"fails-at-once": "could not be fetched", "fails-at-sixty": "crashed"}


@pytest.fixture
def clip(clip_factory: ClipFactory) -> Path:
    return clip_factory(width=480, height=360, seconds=2)


@asynccontextmanager
async def rehearsing(scenario: str, home: Path) -> AsyncIterator[Workbench]:
    """Open a workbench whose rehearsal service plays `scenario`."""
    settingsfile.save(QUICK, at(home).config / settingsfile.FILE_NAME)
    bench = await Workbench.open(at(home), Choice(site="rehearsal"))
    try:
        await bench.simulating.choose(scenario)
        yield bench
    finally:
        await bench.aclose()


async def made(bench: Workbench, clip: Path, results: Path, *, patience: float | None = None) -> TaskRecord:
    """Make a take and follow it to its end, or until one trouble has lasted `patience` seconds."""
    document = spoken_over(clip, "Hello there.")
    (take,) = document.shot.takes
    speech = Speech(timbre_key="rehearsal_en_f1")
    shot = replace(document.shot, takes=(replace(take, speech=speech),))
    record = await bench.maker.make(order(replace(document, shot=shot), results), silent)
    assert record is not None
    return await bench.monitor.finished(record.id, patience=patience)


@pytest.mark.parametrize("scenario", COMES_HOME)
async def test_made__comes_home_all_the_same(scenario: str, clip: Path, tmp_path: Path) -> None:
    async with rehearsing(scenario, tmp_path / "home") as bench:
        record = await made(bench, clip, tmp_path / "results")

    assert record.state is TaskState.DONE, record.message
    names = sorted(path.suffix for path in (tmp_path / "results").iterdir())
    assert names == [".mp4", ".srt"]


@pytest.mark.parametrize("scenario,words", FAILS.items())
async def test_made__fails_with_a_sentence(scenario: str, words: str, clip: Path, tmp_path: Path) -> None:
    async with rehearsing(scenario, tmp_path / "home") as bench:
        record = await made(bench, clip, tmp_path / "results")

    assert record.state is TaskState.FAILED
    assert words in record.message
    assert not list((tmp_path / "results").glob("*.mp4"))


async def test_made__a_result_that_is_gone_is_said_and_not_given_up(clip: Path, tmp_path: Path) -> None:
    async with rehearsing("gone-result", tmp_path / "home") as bench:
        with pytest.raises(RedubError, match=r"result|address"):
            await made(bench, clip, tmp_path / "results", patience=1.0)
        (record,) = await bench.ledger.read(lambda store: store.all())

    assert record.state is TaskState.MADE
    assert not list((tmp_path / "results").glob("*.mp4"))
