"""Ask one account about its tasks, in turns: never more often than its pace allows, however many there are."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from redub.services.pace import Pace, jittered
from redub.services.waking import LOOK_EVERY, Waking


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
    """What a question led to.

    :ivar pause: seconds until the next one about this task, or None when there is none any more
    :ivar rest: seconds in which nothing at all is asked of this account: it said so, or cannot be reached
    """

    pause: float | None
    rest: float = 0.0


class Gate:
    """Lets questions through one by one, never closer together than `gap` seconds, whoever asks them."""

    def __init__(self, gap: float) -> None:
        self._gap = gap
        self._lock = asyncio.Lock()
        self._next = 0.0

    async def passed(self) -> None:
        """Wait for one's turn."""
        async with self._lock:
            wait = self._next - _now()
            if wait > 0:
                await asyncio.sleep(wait)
            self._next = _now() + self._gap


class Round:
    """The tasks of one account; `run` asks about them until it is cancelled."""

    def __init__(
        self,
        pace: Pace,
        ask: Callable[[str, float], Awaitable[Next]],
        *,
        gate: Gate | None = None,
        waking: Waking | None = None,
        on_wake: Callable[[float], Awaitable[None]] | None = None,
    ) -> None:
        """Ask by `ask`, which is given the task's id and the pause that lay before.

        :param gate: shared with other accounts, so that all of them together keep the pace
        :param on_wake: told how many seconds the computer slept, before anything is asked again
        """
        self.pace = pace
        self._ask = ask
        self._gate = gate or Gate(pace.gap)
        self._waking = waking or Waking()
        self._on_wake = on_wake
        self._rest_until = 0.0
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
        if id is not None:
            self._rest_until = 0.0
        self._news.set()

    def keep(self, pace: Pace, gate: Gate) -> None:
        """Ask at another pace from now on."""
        self.pace, self._gate = pace, gate
        self._news.set()

    def drop(self, id: str) -> None:
        """Ask no more about a task."""
        self._turns.pop(id, None)

    async def run(self) -> None:
        """Ask about whichever task is due next, one after the other."""
        while True:
            self._news.clear()
            await self._look_up()
            turn = min(self._turns.values(), key=lambda one: one.due, default=None)
            due = None if turn is None else max(turn.due, self._rest_until)
            if turn is None or due is None or due > _now():
                await self._sleep(None if due is None else due - _now())
                continue
            await self._gate.passed()
            self._put_back(turn, await self._ask(turn.id, turn.delay))

    async def _look_up(self) -> None:
        """After the computer slept, everything may have moved: ask about all, as soon as the pace allows."""
        slept = self._waking.slept()
        if slept:
            self._rest_until = 0.0
            if self._on_wake is not None:
                await self._on_wake(slept)
            self.hurry()

    def _put_back(self, turn: Turn, next: Next) -> None:
        if next.rest > 0:
            self._rest_until = _now() + jittered(next.rest)
        if next.pause is None:
            self.drop(turn.id)
            return
        turn.delay = next.pause
        turn.due = _now() + jittered(next.pause)

    async def _sleep(self, seconds: float | None) -> None:
        """Sleep until a task is due, or until one is added."""
        try:
            async with asyncio.timeout(LOOK_EVERY if seconds is None else min(seconds, LOOK_EVERY)):
                await self._news.wait()
        except TimeoutError:
            return


def _now() -> float:
    return asyncio.get_running_loop().time()
