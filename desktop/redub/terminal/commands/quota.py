"""``redub quota SHOT``: what a take will use of what the account has, what is left, and what was used so far.

JSON: ``{"is_exclusive", "minutes", "minutes_left", "places", "taken", "shot_minutes", "month_minutes",
"is_from_service"}``; null for what nobody can say.
"""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import asdict

from redub.paths import Places
from redub.terminal import arguments, choosing, console, desk, running


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("document", metavar="SHOT|CLIP", type=arguments.existing_file)
    arguments.add_take(parser, "the first one")
    arguments.add_json(parser)
    arguments.add_service(parser)


def run(chosen: argparse.Namespace, places: Places) -> int:
    """Print what is known."""
    return running.run(_quota(chosen, places))


async def _quota(chosen: argparse.Namespace, places: Places) -> int:
    from redub.services.deriving import speech_length
    from redub.services.documents import open_document

    document = await asyncio.to_thread(open_document, chosen.document)
    take = choosing.chosen_take(document.shot, chosen.take)
    async with desk.workbench(places, choosing.service_choice(chosen)) as bench:
        knowledge = await bench.preflight.look(document.shot, take, ())
        speech = speech_length(take, knowledge)
        view = await bench.quota.view(
            shot=document.name,
            concurrency=take.options.concurrency,
            seconds=speech.seconds if speech else None,
        )
    if chosen.json:
        console.result_json(asdict(view))
    else:
        for sentence in view.sentences:
            console.result(sentence)
    return 0
