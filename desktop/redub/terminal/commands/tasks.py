"""``redub tasks``: list the history of paid jobs, the oldest first; nothing is asked or sent.

JSON: ``{"tasks": [task…]}``, each as `redub.terminal.taskviews.task_json` describes it.
"""

from __future__ import annotations

import argparse

from redub.core.tasks import TaskRecord
from redub.paths import Places
from redub.terminal import arguments, console
from redub.terminal.taskviews import task_json, task_line

DATABASE_NAME = "tasks.sqlite3"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    arguments.add_json(parser)


def run(chosen: argparse.Namespace, places: Places) -> int:
    """Print the list."""
    records = _records(places)
    if chosen.json:
        console.result_json({"tasks": [task_json(record) for record in records]})
        return 0
    for record in records:
        console.result(task_line(record))
    if not records:
        console.say("Nothing was made yet.")
    return 0


def _records(places: Places) -> tuple[TaskRecord, ...]:
    from redub.store.salvage import open_or_salvage

    path = places.data / DATABASE_NAME
    if not path.exists():
        return ()
    store, salvaged = open_or_salvage(path)
    if salvaged is not None:
        console.say(f"redub: {salvaged.error()}")
    with store:
        store.recover()
        return store.listed()
