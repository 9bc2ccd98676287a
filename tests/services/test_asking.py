"""Many tasks, one pace."""

from __future__ import annotations

import asyncio
from collections import Counter
from itertools import pairwise

import pytest

from redub.services import asking
from redub.services.asking import Gate, Next, Round
from redub.services.pace import ON_THIS_MACHINE, Pace, pace_of
from redub.services.waking import Waking
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


def test_pace__stays_short_while_it_is_made() -> None:
    pace = pace_of("https://gw.tvs.qq.com", Settings())

    assert pace.next(60.0, is_making=True) == 24.0
    assert pace.next(60.0) == 60.0


async def test_gate__keeps_the_rate_of_several_accounts_together() -> None:
    gate, passed = Gate(0.02), list[float]()

    async def one() -> None:
        for _ in range(4):
            await gate.passed()
            passed.append(asyncio.get_running_loop().time())

    await asyncio.gather(one(), one(), one())

    assert min(after - before for before, after in pairwise(passed)) >= 0.019


async def test_round__rests_as_a_whole_when_told_to() -> None:
    asked: Counter[str] = Counter()

    async def ask(id: str, _delay: float) -> Next:
        asked[id] += 1
        return Next(0.001, rest=0.0 if asked.total() > 1 else 600.0)

    round_ = Round(QUICK, ask)
    for id in "abc":
        round_.add(id)
    task = asyncio.ensure_future(round_.run())
    try:
        await until(lambda: asked.total() == 1)
        await asyncio.sleep(0.05)
        assert asked.total() == 1
        round_.hurry("b")
        await until(lambda: asked.total() > 5)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_round__asks_at_once_after_the_computer_slept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "LOOK_EVERY", 0.01)
    asked, woken, wall = list[str](), list[float](), [1000.0]

    async def ask(id: str, _delay: float) -> Next:
        asked.append(id)
        return Next(600.0, rest=600.0)

    async def woke(slept: float) -> None:
        woken.append(slept)

    round_ = Round(QUICK, ask, waking=Waking(wall=lambda: wall[0], steady=lambda: 5.0), on_wake=woke)
    round_.add("a")
    task = asyncio.ensure_future(round_.run())
    try:
        await until(lambda: asked == ["a"])
        wall[0] += 3600.0
        await until(lambda: asked == ["a", "a"])
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    assert woken == [3600.0]


@pytest.mark.parametrize("jump, slept", [(0.0, 0.0), (15.0, 0.0), (-3600.0, 0.0), (60.0, 60.0)])
def test_waking__only_forward_jumps_are_sleep(jump: float, slept: float) -> None:
    wall, steady = [1000.0], [10.0]
    waking = Waking(wall=lambda: wall[0], steady=lambda: steady[0])
    assert waking.slept() == 0.0
    wall[0] += 8.0 + jump
    steady[0] += 8.0

    assert waking.slept() == slept
    assert waking.slept() == 0.0
