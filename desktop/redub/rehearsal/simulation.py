"""What is being simulated right now, and what that means for the next call, task and download."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from redub.rehearsal.codes import FailCode, InterfaceCode
from redub.rehearsal.jobs import Job
from redub.rehearsal.refusal import JobFailed, Refusal
from redub.rehearsal.scenarios import NOTHING_WRONG, Fetching, Mishap, Scenario, Scenarios

_ALL_WELL = Scenario(title="", sentence="")


@dataclass(frozen=True, slots=True)
class _Counted:
    """What is counted: the calls of one kind, under one scenario, about one task ("" for none)."""

    scenario: str
    subject: str
    rule: int


class Simulation:
    """Plays scenarios; thread-safe.

    A task keeps the scenario that it was sent under: questions about it and its download follow that one.

    :ivar scenarios: those that can be chosen, by name
    """

    def __init__(self, scenarios: Scenarios, chosen: str, clock: Callable[[], float]) -> None:
        """Begin with the scenario `chosen`, "" for none; `clock` is this machine's, Unix seconds."""
        self.scenarios = scenarios
        self._chosen = chosen
        self._clock = clock
        self._counts: Counter[_Counted] = Counter()
        self._lock = threading.Lock()

    @property
    def chosen(self) -> str:
        """Return the name of the present scenario, "" for none."""
        return self._chosen

    def choose(self, name: str) -> None:
        """Play the scenario `name` from now on, from its beginning.

        :raises Refusal: there is none of this name
        """
        name = self.known(name)
        with self._lock:
            self._chosen = name
            self._counts = Counter({key: n for key, n in self._counts.items() if key.scenario != name})

    def known(self, name: str) -> str:
        """Return `name` when it is that of a scenario, or "".

        :raises Refusal: there is none of this name
        """
        if name != NOTHING_WRONG and name not in self.scenarios:
            raise Refusal(InterfaceCode.VALUE, f"there is no scenario {name[:60]!r}")
        return name

    def now(self) -> float:
        """Return the time by the service's clock (Unix seconds), which may be wrong."""
        return self._clock() + self._of(self._chosen).clock_ahead

    def mishap(self, call: str, scenario: str, subject: str = "") -> Mishap | None:
        """Return what befalls a call now, None when all goes well.

        :param subject: TaskId of the task that it is about, "" for none
        """
        rules = [pair for pair in enumerate(self._of(scenario).calls) if pair[1].befalls(call)]
        # Every rule counts every call that it is about, also those that another one takes.
        numbers = [self._count(_Counted(scenario, subject, rule)) for rule, _ in rules]
        hit = (mishap for (_, mishap), number in zip(rules, numbers, strict=True) if mishap.hits(number))
        return next(hit, None)

    def fetching(self, job: Job) -> Fetching | None:
        """Return how the result of `job` fares when it is fetched now, None for well."""
        fetching = self._of(job.scenario).fetching
        if fetching is None:
            return None
        number = self._count(_Counted(job.scenario, job.task_id, -1))
        return fetching if not fetching.times or number < fetching.times else None

    def ahead(self, job: Job) -> int:
        """Return how many tasks are said to be before `job` besides those that are."""
        return self._of(job.scenario).making.ahead_after(self._clock() - job.created)

    def check(self, job: Job, percent: int) -> None:
        """Look on at the making of `job`.

        :raises JobFailed: it fails here
        """
        making = self._of(job.scenario).making
        if making.fails_at is not None and percent >= making.fails_at:
            raise JobFailed(making.fail_code, making.fail_message or FailCode.INTERNAL.name.lower())

    def _of(self, name: str) -> Scenario:
        """Return a scenario; one that is known no more (after a restart) is as none."""
        return self.scenarios.get(name, _ALL_WELL)

    def _count(self, counted: _Counted) -> int:
        """Count one, and return how many there were before."""
        with self._lock:
            before = self._counts[counted]
            self._counts[counted] += 1
            return before
