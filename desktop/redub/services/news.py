"""What goes on with each task right now, beside what its record says: how far it is, and what stands in its way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from redub.core.errors import RedubError
from redub.core.progress import Progress
from redub.services.changes import Changes


@dataclass(frozen=True, slots=True)
class Trouble:
    """What keeps a task from going on, and since when (seconds of the monotonic clock); it is tried again."""

    error: RedubError
    since: float


class News:
    """The news of all tasks, by our own id.

    :ivar changes: tells the id of a task whose progress or trouble is new
    :ivar warned: tells what is wrong with an account or this computer and concerns every task, once while it lasts
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.changes: Changes[str] = Changes()
        self.warned: Changes[RedubError] = Changes()
        self._warnings: dict[str, RedubError] = {}
        self._clock = clock
        self._progress: dict[str, Progress] = {}
        self._troubles: dict[str, Trouble] = {}

    @property
    def progress(self) -> Mapping[str, Progress]:
        """Return the last report of every task that runs."""
        return MappingProxyType(self._progress)

    @property
    def troubles(self) -> Mapping[str, Trouble]:
        """Return what stands in the way of tasks that cannot go on."""
        return MappingProxyType(self._troubles)

    def report(self, id: str, progress: Progress) -> None:
        """Note how far a task is; it goes on, so its trouble is over."""
        self._troubles.pop(id, None)
        self._progress[id] = progress
        self.changes.tell(id)

    def trouble(self, id: str, error: RedubError) -> None:
        """Note that a task cannot go on now; the time of its first trouble is kept."""
        before = self._troubles.get(id)
        self._troubles[id] = Trouble(error, before.since if before else self._clock())
        self.changes.tell(id)

    @property
    def warnings(self) -> Mapping[str, RedubError]:
        """Return what is wrong right now, by what it concerns (an account)."""
        return MappingProxyType(self._warnings)

    def warn(self, about: str, error: RedubError | None) -> None:
        """Note what is wrong with `about`, or that it is well again; told once while the sentence is the same."""
        before = self._warnings.pop(about, None)
        if error is None:
            return
        self._warnings[about] = error
        if before is None or str(before) != str(error):
            self.warned.tell(error)

    def ended(self, id: str) -> None:
        """Forget a task that has ended."""
        self._progress.pop(id, None)
        self._troubles.pop(id, None)
        self.changes.tell(id)
