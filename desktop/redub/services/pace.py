"""How often a service may be asked about tasks: a property of where it is, not of which it is."""

from __future__ import annotations

import random
from dataclasses import dataclass

from redub.cloud.sites import is_loopback
from redub.store.settings import Settings

GROWTH = 1.5
JITTER = 0.1
WHILE_MAKING = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Seconds until the first question and between the rarest ones, and the most questions in a minute."""

    first: float
    longest: float
    per_minute: float

    @property
    def gap(self) -> float:
        """Return the seconds that lie between two questions at least."""
        return 60.0 / self.per_minute

    def next(self, delay: float, *, is_making: bool = False) -> float:
        """Return the pause after one of `delay` seconds that brought nothing new.

        :param is_making: it has left the service's queue, and may be finished at any moment: pauses stay short
        """
        longest = min(self.longest, self.first * WHILE_MAKING) if is_making else self.longest
        return min(longest, max(self.first, delay) * GROWTH)


ON_THIS_MACHINE = Pace(first=0.4, longest=2.0, per_minute=1200)
"""Asking a service on this machine costs nothing, and its creator is waiting in front of it."""


def pace_of(base_url: str, settings: Settings) -> Pace:
    """Return the pace for the service at `base_url`: the settings' own, or quicker where no network lies in between."""
    if is_loopback(base_url):
        return ON_THIS_MACHINE
    return Pace(
        first=settings.poll_first_seconds,
        longest=max(settings.poll_first_seconds, settings.poll_longest_seconds),
        per_minute=settings.polls_per_minute,
    )


def jittered(seconds: float) -> float:
    """Return `seconds` moved by up to a tenth, so that many tasks do not ask in step."""
    return seconds * random.uniform(1 - JITTER, 1 + JITTER)
