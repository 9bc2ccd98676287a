"""``redub follow [TASK…]``: go on with everything unfinished (ask, download, verify) and wait; never submits.

JSON: ``{"tasks": [task…]}``, each as `redub.terminal.taskviews.task_json` describes it. A TASK is our id, its
beginning, or the service's TaskId.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from redub.core.tasks import TaskRecord
from redub.paths import Places
from redub.terminal import arguments, choosing, console, desk, following, running
from redub.terminal.bars import Bars
from redub.terminal.commands.make import add_patience
from redub.terminal.naming import named

if TYPE_CHECKING:
    from redub.services.workbench import Workbench


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("tasks", metavar="TASK", nargs="*", help="default: everything unfinished")
    add_patience(parser)
    arguments.add_json(parser)
    arguments.add_service(parser)


def run(chosen: argparse.Namespace, places: Places) -> int:
    """Follow the tasks and wait for them."""
    return running.run(_follow(chosen, places))


async def _follow(chosen: argparse.Namespace, places: Places) -> int:

    async with desk.workbench(places, choosing.service_choice(chosen)) as bench:
        records = await _wanted(bench, chosen.tasks)
        for record in await bench.resume():
            console.say(
                f"{record.take_name or record.id[:8]}: {record.message} It is not known whether it was made."
            )
        if not records and not chosen.json:
            console.say("Nothing is unfinished.")
        with Bars() as bars:
            outcome = await _wait(bench, records, bars, chosen.patience)
        following.show(bench, outcome, as_json=chosen.json)
        back = following.way_back(outcome.records)
        if back:
            console.say(back)
        return outcome.exit


async def _wait(
    bench: Workbench, records: Sequence[TaskRecord], bars: Bars, patience: float
) -> following.Outcome:
    try:
        return await following.follow(bench, [record.id for record in records], bars, patience=patience)
    except asyncio.CancelledError:
        bars.close(done=False)
        console.say(following.way_back(records))
        raise


async def _wanted(bench: Workbench, names: Sequence[str]) -> list[TaskRecord]:
    """Return the tasks that `names` name, or everything unfinished.

    :raises UserError: a name fits no task, or several
    """
    if not names:
        return list(await bench.ledger.read(lambda store: store.unfinished()))
    known = await bench.ledger.read(lambda store: store.listed())
    return list({record.id: record for record in (named(known, name) for name in names)}.values())
