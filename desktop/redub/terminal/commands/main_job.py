"""``redub main-job [SHOT|CLIP]``: the whole job without a window, on the sample or on a clip of one's own.

stdout ends with the path of the finished mp4, its SRT, and what was checked about them. JSON as `redub make`.
"""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from redub.core.progress import Stage
from redub.paths import Places
from redub.terminal import arguments, choosing, console, desk, running
from redub.terminal.bars import Bars
from redub.terminal.commands import make

if TYPE_CHECKING:
    from redub.services.documents import Document


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "document", metavar="SHOT|CLIP", nargs="?", type=arguments.existing_file, help="default: the sample"
    )
    arguments.add_take(parser, "the first one")
    parser.add_argument("-o", "--output", metavar="DIR", type=make.folder, help="where the result shall lie")
    make.add_patience(parser)
    arguments.add_json(parser)
    arguments.add_service(parser)
    arguments.add_urls(parser)
    parser.set_defaults(again=True)


def run(chosen: argparse.Namespace, places: Places) -> int:
    """Do the job."""
    return running.run(_main_job(chosen, places))


async def _main_job(chosen: argparse.Namespace, places: Places) -> int:

    document = await asyncio.to_thread(_document, chosen.document, places)
    takes = choosing.chosen_takes(document.shot, chosen.take)
    async with desk.workbench(places, choosing.service_choice(chosen)) as bench:
        await bench.ledger.read(lambda store: store.recover())
        return await make.make_takes(bench, document, takes, chosen)


def _document(path: Path | None, places: Places) -> Document:
    from redub.services.documents import make_sample, open_document

    if path is not None:
        return open_document(path)
    console.say("This is the sample: a presenter whom the program draws by itself.")
    with Bars(titles={Stage.PREPARE: "Drawing"}) as bars:
        return make_sample(places, bars.report)
