"""A few at a time, and whoever is in the greatest hurry first."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Line:
    """Lets `places` in at a time; of those who wait, the one with the smallest urgency value goes first."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._count = itertools.count()
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []

    @asynccontextmanager
    async def place(self, urgency: float) -> AsyncIterator[None]:
        """Wait for a place and hold it; `urgency` may be a moment by which it must have begun."""
        if self._free:
            self._free -= 1
        else:
            await self._wait(urgency)
        try:
            yield
        finally:
            self._let_in()

    async def _wait(self, urgency: float) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (urgency, next(self._count), turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._let_in()  # the place was given just then: it goes to the next one
            raise

    def _let_in(self) -> None:
        while self._waiting:
            _urgency, _number, turn = heapq.heappop(self._waiting)
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1
