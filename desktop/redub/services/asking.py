"""Ask one account about its tasks, in turns: never more often than its pace allows, however many there are."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from redub.services.pace import Pace, jittered


@dataclass(slots=True)
class Turn:
    """When a task is asked about next.

    :ivar delay: the pause before that question, in seconds
    :ivar due: the moment of it, on the loop's clock
    """

    id: str
    delay: float
    due: float


@dataclass(frozen=True, slots=True)
class Next:
    """What a question led to: the pause until the next one, or None when there is none any more."""

    pause: float | None


class Round:
    """The tasks of one account; `run` asks about them until it is cancelled."""

    def __init__(self, pace: Pace, ask: Callable[[str, float], Awaitable[Next]]) -> None:
        """Ask by `ask`, which is given the task's id and the pause that lay before."""
        self.pace = pace
        self._ask = ask
        self._turns: dict[str, Turn] = {}
        self._news = asyncio.Event()

    def add(self, id: str) -> None:
        """Ask about a task from now on, the first time after the pace's first pause."""
        if id not in self._turns:
            first = self.pace.first
            self._turns[id] = Turn(id, first, _now() + jittered(first))
            self._news.set()

    def hurry(self, id: str | None = None) -> None:
        """Ask about a task, or about all of them, as soon as the pace allows."""
        for turn in self._turns.values():
            if id in {None, turn.id}:
                turn.delay, turn.due = self.pace.first, _now()
        self._news.set()

    def drop(self, id: str) -> None:
        """Ask no more about a task."""
        self._turns.pop(id, None)

    async def run(self) -> None:
        """Ask about whichever task is due next, one after the other."""
        while True:
            self._news.clear()
            turn = min(self._turns.values(), key=lambda one: one.due, default=None)
            if turn is None or turn.due > _now():
                await self._sleep(None if turn is None else turn.due - _now())
                continue
            self._put_back(turn, await self._ask(turn.id, turn.delay))
            await asyncio.sleep(self.pace.gap)

    def _put_back(self, turn: Turn, next: Next) -> None:
        if next.pause is None:
            self.drop(turn.id)
            return
        turn.delay = next.pause
        turn.due = _now() + jittered(next.pause)

    async def _sleep(self, seconds: float | None) -> None:
        """Sleep until a task is due, or until one is added."""
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            return


def _now() -> float:
    return asyncio.get_running_loop().time()
