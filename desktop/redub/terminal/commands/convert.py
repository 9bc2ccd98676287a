"""``redub convert CLIP``: bring a clip into the form that the service takes; the clip itself is only read.

JSON::

    {"clip": path, "converted": bool, "kind": "nothing|remux|audio_only|re_encode", "reasons": [str…],
     "result": path, "seconds": taken, "proof": str}

``--from`` and ``--to`` cut a part out on the frame. ``--command`` prints the exact ffmpeg command and runs nothing.

Without -o the result lies in the cache, where `redub make` finds it again. With -o a clip that needs nothing is
copied as it is.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import shutil
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from redub.core.clip import ClipFacts
from redub.core.conversion import Decision, Kind
from redub.core.errors import UserError
from redub.core.part import Part
from redub.paths import Places
from redub.store.settings import PRESETS
from redub.terminal import arguments, console, running
from redub.terminal.bars import Bars

if TYPE_CHECKING:
    from redub.services.conversions import Conversions


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("clip", metavar="CLIP", type=arguments.existing_file)
    parser.add_argument("-o", "--output", metavar="OUT", type=_output, help="an mp4; default: in the cache")
    parser.add_argument(
        "--from", dest="start", type=float, metavar="S", help="convert only from this second on"
    )
    parser.add_argument("--to", dest="end", type=float, metavar="S", help="convert only up to this second")
    parser.add_argument("--command", action="store_true", help="print the ffmpeg command, run nothing")
    parser.add_argument("--preset", choices=PRESETS, help="x264's preset; default: as set")
    parser.add_argument(
        "--crf", type=int, choices=range(41), metavar="0..40", help="quality; default: as set"
    )
    arguments.add_json(parser)


def run(chosen: argparse.Namespace, places: Places) -> int:
    """Convert, and print where the result lies."""
    return running.run(_convert(chosen, places))


async def _convert(chosen: argparse.Namespace, places: Places) -> int:
    from redub.services.conversions import Conversions
    from redub.services.conversionsettings import encode_settings
    from redub.services.preflight import Preflight
    from redub.services.workbench import settings_path
    from redub.store import settingsfile as settings_file

    settings = settings_file.load(settings_path(places))
    wish = encode_settings(settings)
    wish = replace(
        wish, preset=chosen.preset or wish.preset, crf=wish.crf if chosen.crf is None else chosen.crf
    )
    conversions = Conversions(places.cache, Preflight(), settings=wish, ffmpeg_path=settings.ffmpeg_path)
    try:
        return await _do(conversions, chosen)
    finally:
        await conversions.aclose()


async def _do(conversions: Conversions, chosen: argparse.Namespace) -> int:
    facts, decision = await conversions.decision(chosen.clip)
    part = _part(chosen, facts)
    if part is not None:
        facts, decision = await conversions.decision(chosen.clip, part)
    if chosen.command:
        console.result(await conversions.command_line(chosen.clip, part))
        return 0
    begun = time.monotonic()
    with Bars(quiet=chosen.json) as bars:
        result = await _result(conversions, decision, chosen, part, bars)
    copy = conversions.copy_of(facts, part)
    _show(chosen, decision, result, time.monotonic() - begun, str(copy.proof) if copy else "")
    return 0


def _part(chosen: argparse.Namespace, facts: ClipFacts) -> Part | None:
    """Return the part that was asked for, from the frame that is on screen at its start."""
    if chosen.start is None and chosen.end is None:
        return None
    rate = facts.video.frame_rate if facts.video else 25.0
    start = math.floor((chosen.start or 0.0) * rate + 1e-6) / rate
    end = min(facts.duration, facts.duration if chosen.end is None else chosen.end)
    if not 0 <= start < end:
        raise UserError("There is no such part of the clip.", why=f"It lasts {facts.duration:.3f} s.")
    return Part(start, end)


async def _result(
    conversions: Conversions, decision: Decision, chosen: argparse.Namespace, part: Part | None, bars: Bars
) -> Path:
    """Make the result where it is wanted."""
    clip, output = chosen.clip, chosen.output
    if output is None:
        return await conversions.legal_reference(clip, bars.report, part)
    if await asyncio.to_thread(_is_same, output, clip):
        raise UserError("The result cannot replace the clip.", next_step="Give it another name with -o.")
    if decision.kind is not Kind.NOTHING:
        return await conversions.convert_to(clip, output, bars.report, part)
    await asyncio.to_thread(_copy, clip, output)
    made: Path = output
    return made


def _show(chosen: argparse.Namespace, decision: Decision, result: Path, seconds: float, proof: str) -> None:
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
                "proof": proof,
            }
        )
        return
    for reason in decision.reasons or ("There is nothing to convert.",):
        console.say(reason)
    if proof:
        console.say(proof)
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
