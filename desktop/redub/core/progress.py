"""How far a long piece of work is, as a value that can say itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """The stages of the main job, in their order."""

    PREPARE = "prepare"
    CONVERT = "convert"
    UPLOAD = "upload"
    SUBMIT = "submit"
    MAKE = "make"
    DOWNLOAD = "download"
    VERIFY = "verify"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One report on one stage.

    :ivar done: work done, in `unit`; None while it cannot be known (the service gives no true percent)
    :ivar total: all of the work, in `unit`; None while unknown
    :ivar unit: "s" of media, "bytes", "tasks" ahead in the queue, "" for a plain ratio
    :ivar note: a few words for the creator, such as "2 tasks ahead"
    :ivar seconds_left: an estimate, or None
    """

    stage: Stage
    done: float | None = None
    total: float | None = None
    unit: str = ""
    note: str = ""
    seconds_left: float | None = None

    @property
    def ratio(self) -> float | None:
        """Return the part done, 0 to 1, or None while unknown."""
        if self.done is None or not self.total:
            return None
        return min(1.0, max(0.0, self.done / self.total))


Report = Callable[[Progress], None]
