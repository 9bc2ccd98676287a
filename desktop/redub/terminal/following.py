"""Wait for tasks with bars until each has ended, and say what came out."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redub.core.errors import RedubError
from redub.core.progress import Stage
from redub.core.tasks import UNFINISHED, TaskRecord, TaskState
from redub.services.scope import TaskScope
from redub.terminal import console
from redub.terminal.bars import TITLES, Bars
from redub.terminal.exits import Exit, exit_for, exit_for_tasks
from redub.terminal.taskviews import WORDS, result_lines, task_json

if TYPE_CHECKING:
    from redub.services.workbench import Workbench

PATIENCE_SECONDS = 60.0


@dataclass(slots=True)
class Outcome:
    """How it went with several tasks: each as it is now, and what kept some of them from ending."""

    records: list[TaskRecord] = field(default_factory=list)
    errors: list[RedubError] = field(default_factory=list)

    @property
    def exit(self) -> Exit:
        """Return the exit code for all of them; an error says more than a task that goes on."""
        if self.errors:
            return max(exit_for(error) for error in self.errors)
        return exit_for_tasks(self.records)


async def follow(bench: Workbench, ids: Sequence[str], bars: Bars, *, patience: float) -> Outcome:
    """Wait until every task of `ids` has ended, or cannot go on for longer than `patience` seconds."""
    outcome = Outcome()
    records = await _read(bench, ids)
    names = {record.id: record.take_name or record.id[:8] for record in records}
    ends = [
        bench.news.changes.listen(_Screen(bench, names, bars).draw),
        bench.news.warned.listen(lambda error: bars.note(str(error))),
    ]
    scope = TaskScope("waiting", on_failure=lambda _name, _error: None)
    try:
        waits = [scope.start(bench.monitor.finished(id, patience=patience), name=id) for id in ids]
        answers = await asyncio.gather(*waits, return_exceptions=True)
    finally:
        for end in ends:
            end()
        await scope.aclose()
    outcome.records.extend(await _read(bench, ids))
    for answer in answers:
        if isinstance(answer, RedubError):
            outcome.errors.append(answer)
        elif isinstance(answer, BaseException):
            raise answer
    return outcome


def show(bench: Workbench, outcome: Outcome, *, as_json: bool, told: Sequence[RedubError] = ()) -> None:
    """Write the outcome: results to stdout, what went wrong to stderr, except what is `told` elsewhere."""
    known = {str(error) for error in told}
    checked = bench.downloads.checked
    if as_json:
        tasks = [task_json(record, checked.get(record.id)) for record in outcome.records]
        console.result_json({"tasks": tasks})
    for record in outcome.records:
        if record.state is not TaskState.DONE:
            if record.message not in known:
                console.say(_sad_line(record))
        elif not as_json:
            for line in result_lines(record, checked.get(record.id)):
                console.result(line)
    for error in outcome.errors:
        console.complain(error, "")


def way_back(records: Sequence[TaskRecord]) -> str:
    """Say how to come back to tasks that go on at the service, or "" when none does."""
    going = [record for record in records if record.state in UNFINISHED]
    waiting = [record for record in records if record.state is TaskState.WAITING]
    lines = []
    if going:
        names = " ".join(record.id[:8] for record in going)
        what = "The task goes on" if len(going) == 1 else f"{len(going)} tasks go on"
        lines.append(f"{what} at the service. Come back with: redub follow {names}")
    if waiting:
        what = "One task waits" if len(waiting) == 1 else f"{len(waiting)} tasks wait"
        lines.append(f"{what} in your queue, not sent yet. Send with: redub queue --send")
    return "\n".join(lines)


async def _read(bench: Workbench, ids: Sequence[str]) -> list[TaskRecord]:
    return await bench.ledger.read(lambda store: [store.get(id) for id in ids])


def _sad_line(record: TaskRecord) -> str:
    what = f"{record.take_name or record.name or record.id[:8]} {WORDS[record.state]}"
    return f"{what}: {record.message}" if record.message else f"{what}."


class _Screen:
    """Draws the news of tasks: bars for a single one, a line for each new stage of several."""

    def __init__(self, bench: Workbench, names: Mapping[str, str], bars: Bars) -> None:
        self._bench = bench
        self._names = names
        self._bars = bars
        self._stages: dict[str, Stage] = {}
        self._troubles: dict[str, str] = {}

    def draw(self, id: str) -> None:
        """Draw what is new about one task."""
        if id not in self._names:
            return
        trouble = self._bench.news.troubles.get(id)
        if trouble is not None:
            self._warn(id, str(trouble.error))
            return
        self._troubles.pop(id, None)
        progress = self._bench.news.progress.get(id)
        if progress is None:
            return
        if len(self._names) == 1:
            self._bars.report(progress)
        elif self._stages.get(id) is not progress.stage:
            self._stages[id] = progress.stage
            self._bars.note(f"{self._names[id]}: {TITLES[progress.stage]} …")

    def _warn(self, id: str, words: str) -> None:
        """Say once what stands in the way of a task."""
        if self._troubles.get(id) != words:
            self._troubles[id] = words
            self._bars.note(f"{self._names[id]}: {words}")
