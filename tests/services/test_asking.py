"""Many tasks, one pace."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from redub.services.asking import Next, Round
from redub.services.pace import ON_THIS_MACHINE, Pace, pace_of
from redub.store.settings import Settings
from support.waiting import until

QUICK = Pace(first=0.001, longest=0.01, per_minute=600_000)


async def _running(round_: Round, holds: object) -> None:
    task = asyncio.ensure_future(round_.run())
    try:
        await until(holds)  # type: ignore[arg-type]  # a function without arguments
    finally:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_round__asks_about_all_and_drops_those_that_ended() -> None:
    asked: Counter[str] = Counter()

    async def ask(id: str, _delay: float) -> Next:
        asked[id] += 1
        return Next(None if id == "short" else 0.001)

    round_ = Round(QUICK, ask)
    for id in ("short", "a", "b", "a"):
        round_.add(id)
    await _running(round_, lambda: asked["a"] > 3 and asked["b"] > 3)

    assert asked["short"] == 1


async def test_round__begins_with_tasks_that_come_later() -> None:
    asked: list[str] = []

    async def ask(id: str, _delay: float) -> Next:
        asked.append(id)
        return Next(None)

    round_ = Round(QUICK, ask)
    task = asyncio.ensure_future(round_.run())
    await asyncio.sleep(0)
    round_.add("late")
    try:
        await until(lambda: asked == ["late"])
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def test_pace__grows_to_its_longest_pause() -> None:
    pace = pace_of("https://gw.tvs.qq.com", Settings())

    pauses = [pace.first]
    while pauses[-1] < pace.longest:
        pauses.append(pace.next(pauses[-1]))

    assert (pauses[0], pauses[1], pauses[-1]) == (8.0, 12.0, 60.0)
    assert pace.gap == 1.0


def test_pace__is_quick_on_this_machine() -> None:
    assert pace_of("http://127.0.0.1:4000", Settings()) is ON_THIS_MACHINE
