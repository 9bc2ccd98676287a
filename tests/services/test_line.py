"""Who goes first when there are fewer places than downloads."""

from __future__ import annotations

import asyncio

from redub.services.line import Line


async def test_line__the_most_urgent_goes_first() -> None:
    line, order, go_on = Line(1), list[str](), asyncio.Event()

    async def fetch(name: str, dies: float) -> None:
        async with line.place(dies):
            order.append(name)
            await go_on.wait()

    first = asyncio.ensure_future(fetch("first", 500))
    await asyncio.sleep(0)
    rest = [asyncio.ensure_future(fetch(name, dies)) for name, dies in (("c", 30), ("a", 10), ("b", 20))]
    await asyncio.sleep(0)
    assert order == ["first"]
    go_on.set()
    await asyncio.gather(first, *rest)

    assert order == ["first", "a", "b", "c"]


async def test_line__who_leaves_takes_no_place_away() -> None:
    line, entered = Line(1), list[str]()

    async def fetch(name: str) -> None:
        async with line.place(0):
            entered.append(name)

    async with line.place(0):
        gone, stays = asyncio.ensure_future(fetch("gone")), asyncio.ensure_future(fetch("stays"))
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.sleep(0)
    await stays
    async with line.place(0):
        entered.append("later")

    assert entered == ["stays", "later"]


async def test_line__a_place_given_to_one_who_leaves_just_then_goes_on() -> None:
    line, entered = Line(1), list[str]()

    async def fetch(name: str) -> None:
        async with line.place(0):
            entered.append(name)

    holding = line.place(0)
    await holding.__aenter__()
    gone, stays = asyncio.ensure_future(fetch("gone")), asyncio.ensure_future(fetch("stays"))
    await asyncio.sleep(0)
    await holding.__aexit__(None, None, None)  # gives it to the first, which is cancelled before it runs
    gone.cancel()
    await asyncio.gather(gone, stays, return_exceptions=True)

    assert entered == ["stays"]
