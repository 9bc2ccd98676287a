"""What a rehearsal service is started with: its folder, its clock, what its account has bought."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

RETENTION_SECONDS = 7 * 24 * 3600.0
"""How long results are kept (API page, API Description)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What the rehearsal account has bought.

    By default an hour package, so that a blank ConcurrencyType is Shared; a task that asks for Exclusive is lent
    a slot, so that both can be rehearsed.

    :ivar hours: hours left in the hour package; 0 for none
    :ivar slots: exclusive concurrency that was bought
    :ivar lends: Exclusive is accepted although no concurrency was bought
    :ivar video_tasks: video tasks that may be unfinished at the same time
    :ivar audio_tasks: the same for audio tasks
    """

    hours: float = 100.0
    slots: int = 0
    lends: bool = True
    video_tasks: int = 5
    audio_tasks: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How one service behaves.

    :ivar home: the program's home; everything of the service lies in its folder `rehearsal`
    :ivar mark: results carry the small "REHEARSAL" mark
    :ivar lips: lips move with the speech, where the part that finds faces is installed; else they stay as filmed
    :ivar clock: Unix seconds; decides on timestamps of requests
    :ivar speed: how many times faster than the clock results grow old (their seven days)
    :ivar retention: seconds that results and uploads are kept
    :ivar upload_limit: most bytes of one upload to the shelf, and of one medium fetched from an address
    :ivar scenario: what is simulated from the start: the name of a scenario, the path of a file with one, or ""
    """

    home: Path
    mark: bool = True
    lips: bool = True
    clock: Callable[[], float] = time.time
    speed: float = 1.0
    retention: float = RETENTION_SECONDS
    upload_limit: int = 5 * 1024**3
    account: Account = field(default_factory=Account)
    scenario: str = ""

    @property
    def folder(self) -> Path:
        """Return the service's own folder."""
        return self.home / "rehearsal"

    def is_old(self, since: float) -> bool:
        """Say whether something finished at `since` (Unix seconds) is no longer kept."""
        return (self.clock() - since) * self.speed >= self.retention
