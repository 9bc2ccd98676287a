"""``redub make SHOT|CLIP``: do the whole job and wait: convert, upload, submit, follow, download, verify.

JSON: ``{"tasks": [task…]}``, each as `redub.terminal.taskviews.task_json` describes it; when the check refuses,
``{"tasks": [], "findings": [finding…]}`` with findings as `redub check` prints them.

A take whose very same request is in the making already is not sent again: its task is followed. --again sends it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from redub.core.errors import RedubError
from redub.core.shot import Take
from redub.core.tasks import TaskRecord, TaskState
from redub.paths import Places
from redub.services.objections import Objected
from redub.terminal import arguments, choosing, console, desk, following, running
from redub.terminal.bars import Bars
from redub.terminal.commands.check import finding_json
from redub.terminal.exits import Exit, exit_for
from redub.terminal.twins import announced

if TYPE_CHECKING:
    from redub.services.documents import Document
    from redub.services.making import Again
    from redub.services.workbench import Workbench


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("document", metavar="SHOT|CLIP", type=arguments.existing_file)
    arguments.add_take(parser, "the first one; “all” makes every one")
    parser.add_argument("-o", "--output", metavar="DIR", type=folder, help="where the result shall lie")
    parser.add_argument("--again", action="store_true", help="send it even when the same is in the making")
    add_patience(parser)
    arguments.add_json(parser)
    arguments.add_service(parser)
    arguments.add_urls(parser)


def add_patience(parser: argparse.ArgumentParser) -> None:
    """Add --patience."""
    parser.add_argument(
        "--patience",
        metavar="S",
        type=arguments.positive,
        default=following.PATIENCE_SECONDS,
        help=f"seconds without an answer until it gives up waiting; default {following.PATIENCE_SECONDS:g}",
    )


def folder(text: str) -> Path:
    """Read the path of a folder, which need not exist yet."""
    path = arguments.absolute(text)
    if os.path.lexists(path) and not path.is_dir():
        raise argparse.ArgumentTypeError(f"“{text}” is no folder")
    return path


def run(chosen: argparse.Namespace, places: Places) -> int:
    """Make the takes and wait for them."""
    return running.run(_make(chosen, places))


async def _make(chosen: argparse.Namespace, places: Places) -> int:
    from redub.services.documents import open_document

    document = await asyncio.to_thread(open_document, chosen.document)
    takes = choosing.chosen_takes(document.shot, chosen.take)
    async with desk.workbench(places, choosing.service_choice(chosen)) as bench:
        await bench.ledger.read(lambda store: store.recover())
        return await make_takes(bench, document, takes, chosen)


@dataclass(slots=True)
class _Job:
    """One run of `make`: what was sent so far, and what went wrong."""

    bench: Workbench
    chosen: argparse.Namespace
    bars: Bars
    sent: list[TaskRecord] = field(default_factory=list)
    errors: list[RedubError] = field(default_factory=list)


async def make_takes(
    bench: Workbench, document: Document, takes: Sequence[Take], chosen: argparse.Namespace
) -> int:
    """Make `takes` of a document, wait for them, print what came out, and return the exit code."""
    with Bars() as bars:
        job = _Job(bench, chosen, bars)
        end = bench.ledger.changes.listen(lambda record: _remember(job, record))
        try:
            for take in takes:
                await _send(job, document, take)
            outcome = await following.follow(
                bench, [record.id for record in job.sent], bars, patience=chosen.patience
            )
        except asyncio.CancelledError:
            bars.close(done=False)
            console.say(_farewell(job.sent))
            raise
        finally:
            end()
    return _finish(job, outcome, {take.id: take.name for take in document.shot.takes})


def _farewell(sent: Sequence[TaskRecord]) -> str:
    """Say what became of what was sent, when the waiting is broken off."""
    lines = [following.way_back(sent)]
    if any(record.state in {TaskState.INTENDED, TaskState.UNCLEAR} for record in sent):
        lines.append(
            "It is not known whether the service took what was being sent. Look into your account before you "
            "send it again; redub tasks lists it."
        )
    return "\n".join(line for line in lines if line) or (
        "Nothing more was sent." if sent else "Nothing was sent."
    )


def _remember(job: _Job, record: TaskRecord) -> None:
    """Keep the latest state of the tasks that were sent here, also while the sending is being broken off."""
    for place, known in enumerate(job.sent):
        if known.id == record.id:
            job.sent[place] = record
            return
    if record.state in {TaskState.WAITING, TaskState.INTENDED}:
        job.sent.append(record)


async def _send(job: _Job, document: Document, take: Take) -> None:
    """Bring one take to the service; what stands against it is kept for the end."""
    from redub.services.orders import Order

    bench, chosen = job.bench, job.chosen
    order = Order(
        shot=document.shot,
        take_id=take.id,
        shot_name=document.name,
        folder=chosen.output or bench.results_folder,
        urls=choosing.media_urls(chosen),
    )
    try:
        await _say_quota(job, document, take)
        record = await bench.maker.make(
            order, job.bars.report, lambda twins: _announce(job, twins), patience=chosen.patience
        )
    except RedubError as error:
        job.bars.close(done=False)
        job.errors.append(error)
        return
    if record is not None and all(known.id != record.id for known in job.sent):
        job.sent.append(record)


async def _say_quota(job: _Job, document: Document, take: Take) -> None:
    """Say what the take will use of what the account has, where it costs anything."""
    from redub.services.deriving import speech_length

    if _is_free(job.bench):
        return
    knowledge = await job.bench.preflight.look(document.shot, take, ())
    speech = speech_length(take, knowledge)
    view = await job.bench.quota.view(
        shot=document.name,
        concurrency=take.options.concurrency,
        seconds=speech.seconds if speech else None,
    )
    for sentence in view.sentences:
        job.bars.note(sentence)


async def _announce(job: _Job, twins: tuple[TaskRecord, ...]) -> Again:
    return announced(twins, job.bars.note, again=job.chosen.again, is_free=_is_free(job.bench))


def _is_free(bench: Workbench) -> bool:
    """Say whether takes cost nothing: a rehearsal, or another service on this machine."""
    from redub.cloud.sites import is_loopback

    accounts = bench.accounts
    return accounts.site_name == "rehearsal" or is_loopback(accounts.choice.service_url)


def _finish(job: _Job, outcome: following.Outcome, names: dict[str, str]) -> int:
    """Print everything, and return the exit code: the worst of what happened."""
    objections = _objections(job.errors)
    if job.chosen.json and objections:
        findings = [finding_json(one, names) for error in objections for one in error.findings]
        console.result_json({"tasks": [], "findings": findings})
    elif job.chosen.json or outcome.records:
        following.show(job.bench, outcome, as_json=job.chosen.json, told=job.errors)
    for objection in objections:
        console.show_findings(objection.findings)
        console.say("redub: The check refuses this; nothing was sent.")
    for error in job.errors:
        if error not in objections:
            console.complain(error, str(job.bench.places.logs))
    back = following.way_back(outcome.records)
    if back:
        console.say(back)
    codes = [exit_for(error) for error in job.errors]
    return max([*codes, outcome.exit if outcome.records or not codes else Exit.DONE])


def _objections(errors: Sequence[RedubError]) -> list[Objected]:
    return [error for error in errors if isinstance(error, Objected)]
