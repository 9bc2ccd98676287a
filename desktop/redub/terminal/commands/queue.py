"""``redub queue``: what waits to be sent, in its order, and what it waits for; options arrange it, --send sends it.

JSON: ``{"waiting": [task + {"ahead", "why", "priority", "not_before", "held"}…],
"accounts": [{"account", "places", "taken", "paused", "rest_until", "why"}…]}``.
"""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from redub.core.tasks import TaskRecord
from redub.paths import Places
from redub.terminal import arguments, choosing, console, desk, following, running
from redub.terminal.bars import Bars
from redub.terminal.commands.make import add_patience
from redub.terminal.naming import named
from redub.terminal.taskviews import task_json, task_line

if TYPE_CHECKING:
    from redub.services.queueview import Waiting
    from redub.services.workbench import Workbench


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    deeds = parser.add_mutually_exclusive_group()
    deeds.add_argument("--send", action="store_true", help="send what waits, and wait for everything")
    deeds.add_argument("--pause", action="store_true", help="send nothing to any account until --go-on")
    deeds.add_argument("--go-on", action="store_true", help="end --pause")
    deeds.add_argument("--hold", metavar="TASK", help="keep a task back")
    deeds.add_argument("--release", metavar="TASK", help="end --hold")
    deeds.add_argument("--first", metavar="TASK", help="put a task at the head of the queue")
    deeds.add_argument("--last", metavar="TASK", help="put a task at its end")
    deeds.add_argument(
        "--priority", nargs=2, metavar=("TASK", "N"), help="higher ones are sent first; 0 is ordinary"
    )
    deeds.add_argument("--after", nargs=2, metavar=("TASK", "TIME"), help="send it after 2026-12-24T22:00")
    deeds.add_argument("--drop", metavar="TASK", help="take a task out; nothing was sent")
    add_patience(parser)
    arguments.add_json(parser)
    arguments.add_service(parser)


def run(chosen: argparse.Namespace, places: Places) -> int:
    """Show, arrange or send."""
    return running.run(_queue(chosen, places))


async def _queue(chosen: argparse.Namespace, places: Places) -> int:

    async with desk.workbench(places, choosing.service_choice(chosen)) as bench:
        if chosen.send:
            return await _send(bench, chosen)
        await _arrange(bench, chosen)
        waiting, states = await bench.queue.waiting(), await bench.queue.states()
    if chosen.json:
        rows = [_json(one) for one in waiting]
        console.result_json({"waiting": rows, "accounts": [asdict(state) for state in states]})
        return 0
    for one in waiting:
        console.result(f"{task_line(one.record)}  {one.why}")
    if not waiting:
        console.say("Nothing waits to be sent.")
    return 0


async def _arrange(bench: Workbench, chosen: argparse.Namespace) -> None:
    """Do what an option asks for."""
    queue = bench.queue
    waiting = [one.record for one in await queue.waiting()]
    if chosen.pause or chosen.go_on:
        for account in {one.account for one in waiting}:
            await queue.pause(account, paused=chosen.pause)
    elif chosen.hold or chosen.release:
        await queue.hold(named(waiting, chosen.hold or chosen.release).id, held=bool(chosen.hold))
    elif chosen.first:
        await queue.move(named(waiting, chosen.first).id, waiting[0].id)
    elif chosen.last:
        await queue.move(named(waiting, chosen.last).id, None)
    elif chosen.priority:
        await queue.prioritise(named(waiting, chosen.priority[0]).id, _whole(chosen.priority[1]))
    elif chosen.after:
        await queue.start_after(named(waiting, chosen.after[0]).id, _moment(chosen.after[1]))
    elif chosen.drop:
        await queue.withdraw(named(waiting, chosen.drop).id)


async def _send(bench: Workbench, chosen: argparse.Namespace) -> int:
    """Send what may be sent, and wait until all of it has ended."""
    records = [one.record for one in await bench.queue.waiting()]
    await bench.resume()
    bench.queue.begin()
    with Bars() as bars:
        try:
            for record in records:
                await bench.queue.sent(record.id, patience=chosen.patience)
            outcome = await following.follow(
                bench, [record.id for record in records], bars, patience=chosen.patience
            )
        except asyncio.CancelledError:
            bars.close(done=False)
            console.say(following.way_back(await _now(bench, records)))
            raise
    following.show(bench, outcome, as_json=chosen.json)
    return outcome.exit


async def _now(bench: Workbench, records: list[TaskRecord]) -> list[TaskRecord]:
    return await bench.ledger.read(lambda store: [store.get(record.id) for record in records])


def _json(one: Waiting) -> dict[str, object]:
    record = one.record
    return {
        **task_json(record),
        "ahead": one.ahead,
        "why": one.why,
        "priority": record.priority,
        "not_before": record.not_before,
        "held": record.held,
    }


def _whole(text: str) -> int:
    try:
        return arguments.whole_number(text)
    except argparse.ArgumentTypeError as exc:
        raise arguments.WrongUse(str(exc)) from None


def _moment(text: str) -> float:
    """Read a moment of this computer's clock, such as 2026-12-24T22:00."""
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError:
        raise arguments.WrongUse(f"“{text}” is no moment; write it as 2026-12-24T22:00") from None
