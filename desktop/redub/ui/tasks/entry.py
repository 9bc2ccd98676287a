"""One task in the table: its record, how far it is, and its words, which are made when somebody looks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from redub.core.progress import Progress
from redub.core.tasks import TaskRecord
from redub.ui.tasks.rows import TaskRow, search_text, task_row

_SMOOTH = 0.3
_LEAST_SECONDS = 0.2


class Entry:
    """A task with what is known of it beside its record; the model owns it and tells it what is new."""

    __slots__ = (
        "_clock",
        "_measured",
        "_row",
        "_titles",
        "key",
        "progress",
        "record",
        "review",
        "search",
        "speed",
        "waiting",
    )

    def __init__(self, record: TaskRecord, titles: Mapping[str, str], clock: Callable[[], float]) -> None:
        self._titles = titles
        self._clock = clock
        self._row: TaskRow | None = None
        self._measured: tuple[float, float] | None = None
        self.key: tuple[object, ...] = ()
        self.record = record
        self.progress: Progress | None = None
        self.review = ""
        self.speed: float | None = None
        self.waiting: int | None = None
        self.search = search_text(record, titles)

    def take(self, record: TaskRecord) -> None:
        """Take a newer record."""
        self.record = record
        self.search = search_text(record, self._titles)
        self._row = None

    def tell(self, progress: Progress | None) -> bool:
        """Take how far it is; say whether that is new."""
        if progress == self.progress:
            return False
        self._measure(progress)
        self.progress = progress
        self._row = None
        return True

    def judge(self, words: str) -> None:
        """Take what its review says in short, "" for none."""
        self.review = words
        self._row = None

    def wait_behind(self, count: int | None) -> bool:
        """Take how many tasks are before it in the creator's own queue; say whether that is new."""
        if count == self.waiting:
            return False
        self.waiting = count
        self._row = None
        return True

    def grow_older(self) -> None:
        """Make the words anew when somebody looks: they say how long ago things were."""
        self._row = None

    @property
    def row(self) -> TaskRow:
        """Return the words."""
        if self._row is None:
            self._row = task_row(
                self.record,
                self._clock(),
                self._titles,
                self.progress,
                speed=self.speed,
                waiting=self.waiting,
                review=self.review,
            )
        return self._row

    @property
    def place(self) -> float | None:
        """Return the place in the queue: the creator's own comes after the service's."""
        if self.waiting is not None:
            return 1e6 + self.waiting
        return self.record.ahead

    @property
    def seconds(self) -> float | None:
        """Return the length of the result, measured or expected."""
        return self.record.duration or self.record.expected_seconds

    @property
    def bytes(self) -> float | None:
        """Return the size of the result, or of what is on its way."""
        if self.progress is not None and self.progress.unit == "bytes":
            return self.progress.total
        return self.record.result_bytes

    @property
    def seconds_left(self) -> float | None:
        """Return how long the present stage still takes, where that is known."""
        return self.progress.seconds_left if self.progress is not None else None

    def _measure(self, progress: Progress | None) -> None:
        """Follow the speed of bytes, smoothed; it begins anew with every stage."""
        old = self.progress
        if progress is None or progress.unit != "bytes" or progress.done is None:
            self._measured = self.speed = None
            return
        now = self._clock()
        if self._measured is None or old is None or old.stage is not progress.stage:
            self._measured, self.speed = (now, progress.done), None
            return
        seconds = now - self._measured[0]
        if seconds < _LEAST_SECONDS:
            return
        speed = max(0.0, (progress.done - self._measured[1]) / seconds)
        self.speed = speed if self.speed is None else self.speed + _SMOOTH * (speed - self.speed)
        self._measured = (now, progress.done)
