"""``redub task TASK``: everything about one task; with an option: settle it, send it again, ask again, forget it.

Without an option it prints the record: as text, with --json as ``redub-take-record``, with --curl as a command. With
one it does what the option says and prints the task that came of it (JSON: ``{"tasks": [task]}`` as `redub tasks`).
"""

from __future__ import annotations

import argparse
import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING

from redub.core.tasks import TaskRecord, TaskState
from redub.paths import Places
from redub.terminal import arguments, choosing, console, desk, running
from redub.terminal.naming import named
from redub.terminal.taskviews import task_json, task_line

if TYPE_CHECKING:
    from redub.services.takerecords import TaskDetails
    from redub.services.workbench import Workbench

DONE = 0
SHORT_WAIT = 20.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("task", metavar="TASK", help="our id, its beginning, or the service's TaskId")
    deeds = parser.add_mutually_exclusive_group()
    deeds.add_argument("--made", metavar="TASKID", help="an unclear task was made: this is its TaskId")
    deeds.add_argument(
        "--send-again", action="store_true", help="send an unclear task again; it may be paid twice"
    )
    deeds.add_argument("--give-up", action="store_true", help="follow it no more")
    deeds.add_argument("--retry", action="store_true", help="try at once, in the way that costs nothing")
    deeds.add_argument(
        "--submit-again", action="store_true", help="send the exact request again; it is paid again"
    )
    deeds.add_argument("--forget", action="store_true", help="take it off the list; nothing is deleted")
    deeds.add_argument("--bring-back", action="store_true", help="undo --forget")
    deeds.add_argument(
        "--moved-to", metavar="FILE", type=arguments.existing_file, help="the result lies here now"
    )
    deeds.add_argument(
        "--curl", action="store_true", help="print the request as a curl command, without keys"
    )
    arguments.add_json(parser)
    arguments.add_service(parser)


def run(chosen: argparse.Namespace, places: Places) -> int:
    """Show or do."""
    return running.run(_task(chosen, places))


async def _task(chosen: argparse.Namespace, places: Places) -> int:

    async with desk.workbench(places, choosing.service_choice(chosen)) as bench:
        await bench.ledger.read(lambda store: store.recover())
        known = await bench.ledger.read(lambda store: (*store.all(), *store.forgotten()))
        record = named(known, chosen.task)
        after = await _do(bench, record, chosen)
        if after is None:
            return await _show(bench, record, chosen)
        if after.state is TaskState.WAITING:
            after = await _sent(bench, after)
    if chosen.json:
        console.result_json({"tasks": [task_json(after)]})
    else:
        console.result(task_line(after))
    return DONE


async def _sent(bench: Workbench, record: TaskRecord) -> TaskRecord:
    """Wait a moment for a task that was put into the queue; one that has to wait longer stays there."""
    try:
        async with asyncio.timeout(SHORT_WAIT):
            return await bench.queue.sent(record.id, patience=SHORT_WAIT / 2)
    except TimeoutError:
        console.say(
            f"It waits in your queue: {await bench.queue.why(record.id)} Send it with: redub queue --send"
        )
        return await bench.ledger.read(lambda store: store.get(record.id))


async def _do(bench: Workbench, record: TaskRecord, chosen: argparse.Namespace) -> TaskRecord | None:
    """Do what was asked for; None when nothing was to be done."""
    actions = bench.actions
    if chosen.made:
        return await actions.it_was_made(record.id, chosen.made)
    if chosen.send_again:
        return await actions.send_again(record.id)
    if chosen.submit_again:
        return await actions.submit_again(record.id)
    if chosen.give_up:
        return await actions.give_up(record.id)
    if chosen.retry:
        return await actions.retry(record.id)
    if chosen.moved_to:
        return await actions.relocate(record.id, Path(chosen.moved_to))
    return await _forget(bench, record, chosen)


async def _forget(bench: Workbench, record: TaskRecord, chosen: argparse.Namespace) -> TaskRecord | None:
    from redub.services.taskactions import Forgotten

    if chosen.forget:
        await bench.actions.forget([record.id])
    elif chosen.bring_back:
        await bench.actions.undo(Forgotten((record.id,)))
    else:
        return None
    return await bench.ledger.read(lambda store: store.get(record.id))


async def _show(bench: Workbench, record: TaskRecord, chosen: argparse.Namespace) -> int:
    from redub.services.takerecords import curl_of, json_of

    details = await bench.records.details(record.id)
    if chosen.curl:
        console.result(curl_of(details))
    elif chosen.json:
        console.result(json_of(details))
    else:
        outlook = await bench.outlooks.of(record)
        for line in (*_lines(details), *outlook.sentences):
            console.result(line)
    return DONE


def _lines(details: TaskDetails) -> list[str]:
    """Return the record as lines: the task, its story, what changed, and the request."""
    lines = [task_line(details.record), ""]
    for event in details.events:
        clock = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(event.time))
        lines.append(f"{clock}  {event.kind:<10} {event.detail}".rstrip())
    if details.changes:
        lines.extend(("", "Since the last take:"))
        lines.extend(f"  {one.field}: {one.before} -> {one.after}" for one in details.changes)
    for medium in details.media:
        lines.append(f"{medium.kind}: {medium.name} {medium.sha256[:16]}".rstrip())
    return [*lines, "", details.request]
