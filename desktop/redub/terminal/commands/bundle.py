"""``redub bundle FILE [TASK…]``: write a support bundle: tasks, answers, log, versions; it holds no secret."""

from __future__ import annotations

import argparse
import contextlib

from redub.core.errors import UserError
from redub.paths import Places
from redub.terminal import arguments, choosing, console, desk, running
from redub.terminal.naming import named


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("output", metavar="FILE", type=arguments.absolute, help="the zip file to write")
    parser.add_argument("tasks", metavar="TASK", nargs="*", help="default: the latest ones")
    arguments.add_service(parser)


def run(chosen: argparse.Namespace, places: Places) -> int:
    """Write it."""
    return running.run(_bundle(chosen, places))


async def _bundle(chosen: argparse.Namespace, places: Places) -> int:

    async with desk.workbench(places, choosing.service_choice(chosen)) as bench:
        known = await bench.ledger.read(lambda store: (*store.all(), *store.forgotten()))
        ids = [named(known, name).id for name in chosen.tasks] or None
        accounts = []
        if bench.accounts.site_name != "rehearsal":  # which would only be started for its key
            with contextlib.suppress(UserError):  # no account, no key
                accounts.append(await bench.accounts.chosen())
        path = await bench.bundles.write(chosen.output, ids, secrets=accounts)
    console.result(str(path))
    return 0
