"""``redub convert CLIP``: bring a clip into the form that the service takes; the clip itself is only read.

JSON::

    {"clip": path, "converted": bool, "kind": "nothing|remux|audio_only|re_encode", "reasons": [str…],
     "result": path, "seconds": taken}

Without -o the result lies in the cache, where `redub make` finds it again. With -o a clip that needs nothing is
copied as it is.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

from redub.core.conversion import Decision, Kind
from redub.core.errors import UserError
from redub.paths import Places
from redub.terminal import arguments, console, running
from redub.terminal.bars import Bars

if TYPE_CHECKING:
    from redub.services.conversions import Conversions


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("clip", metavar="CLIP", type=arguments.existing_file)
    parser.add_argument("-o", "--output", metavar="OUT", type=_output, help="an mp4; default: in the cache")
    arguments.add_json(parser)


def run(chosen: argparse.Namespace, places: Places) -> int:
    """Convert, and print where the result lies."""
    return running.run(_convert(chosen, places))


async def _convert(chosen: argparse.Namespace, places: Places) -> int:
    from redub.services.conversions import Conversions
    from redub.services.preflight import Preflight
    from redub.services.workbench import settings_path
    from redub.store import settings as settings_file

    settings = settings_file.load(settings_path(places))
    conversions = Conversions(places.cache, Preflight(), ffmpeg_path=settings.ffmpeg_path)
    begun = time.monotonic()
    try:
        with Bars(quiet=chosen.json) as bars:
            _facts, decision = await conversions.decision(chosen.clip)
            result = await _result(conversions, decision, chosen.clip, chosen.output, bars)
    finally:
        await conversions.aclose()
    _show(chosen, decision, result, time.monotonic() - begun)
    return 0


async def _result(
    conversions: Conversions, decision: Decision, clip: Path, output: Path | None, bars: Bars
) -> Path:
    """Make the result where it is wanted."""
    if output is None:
        return await conversions.legal_reference(clip, bars.report)
    if await asyncio.to_thread(_is_same, output, clip):
        raise UserError("The result cannot replace the clip.", next_step="Give it another name with -o.")
    if decision.kind is not Kind.NOTHING:
        return await conversions.convert_to(clip, output, bars.report)
    await asyncio.to_thread(_copy, clip, output)
    return output


def _show(chosen: argparse.Namespace, decision: Decision, result: Path, seconds: float) -> None:
    converted = decision.kind is not Kind.NOTHING
    if chosen.json:
        console.result_json(
            {
                "clip": str(chosen.clip),
                "converted": converted,
                "kind": decision.kind.value,
                "reasons": list(decision.reasons),
                "result": str(result),
                "seconds": round(seconds, 3),
            }
        )
        return
    for reason in decision.reasons or ("There is nothing to convert.",):
        console.say(reason)
    console.result(str(result))


def _output(text: str) -> Path:
    path = arguments.absolute(text)
    if not path.parent.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder “{path.parent}”")
    return path


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and one.samefile(other)


def _copy(clip: Path, output: Path) -> None:
    """Copy under a temporary name, so that a copy that was broken off is never taken for a clip."""
    from redub.store.files import disk_errors

    partial = output.with_name(f".{output.name}.part")
    with disk_errors(output, "could not be written"):
        try:
            shutil.copyfile(clip, partial)
            partial.replace(output)
        finally:
            partial.unlink(missing_ok=True)
