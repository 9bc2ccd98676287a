"""``redub plan SHOT``: say which moment of the reference every moment of the result shows.

JSON::

    {"duration": s, "fps": n, "width": px, "height": px,
     "spans": [{"out_start", "out_end", "ref_start", "ref_end", "direction": 1|-1, "still": bool}…],
     "assumptions": [str…]}

Reverse spans have ref_start > ref_end. Without --audio-seconds the speech is measured (a recording) or
estimated (a script).
"""

from __future__ import annotations

import argparse
from dataclasses import asdict

from redub.core.errors import UserError
from redub.core.outputplan import OutputPlan
from redub.core.shot import Shot, Take
from redub.paths import Places
from redub.terminal import arguments, choosing, console, running


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("document", metavar="SHOT|CLIP", type=arguments.existing_file)
    arguments.add_take(parser, "the first one")
    parser.add_argument("--audio-seconds", metavar="X", type=arguments.positive, help="length of the speech")
    arguments.add_json(parser)


def run(chosen: argparse.Namespace, places: Places) -> int:
    """Print the plan."""
    return running.run(_plan(chosen))


async def _plan(chosen: argparse.Namespace) -> int:
    from redub.services.documents import open_document

    shot = open_document(chosen.document).shot
    plan = await _planned(shot, choosing.chosen_take(shot, chosen.take), chosen.audio_seconds)
    if chosen.json:
        console.result_json(asdict(plan))
    else:
        _show(plan)
    return 0


async def _planned(shot: Shot, take: Take, audio_seconds: float | None) -> OutputPlan:
    from redub.services.deriving import plan_of, speech_length
    from redub.services.preflight import Preflight

    if shot.reference is None or not shot.reference.path:
        raise UserError(
            "There is no plan without the clip.",
            why="The shot's reference does not lie on this machine.",
            next_step="Choose the clip as a file.",
        )
    preflight = Preflight()
    knowledge = await preflight.look(shot, take)
    facts = knowledge.reference or await preflight.look_at_clip(shot.reference.path)
    speech = speech_length(take, knowledge)
    seconds = audio_seconds or (speech.seconds if speech else None)
    if seconds is None:
        raise UserError(
            "There is no plan without speech.",
            why="The take says nothing yet, or its recording cannot be read.",
            next_step="Write a script, or give the length with --audio-seconds.",
        )
    if audio_seconds is None and speech and not speech.is_real:
        console.say(f"The script takes about {speech.seconds:.1f} s to say; this is an estimate.")
    return plan_of(shot, take, facts, seconds)


def _show(plan: OutputPlan) -> None:
    console.result(f"{plan.duration:.3f} s, {plan.fps:g} frames a second, {plan.width}x{plan.height}")
    for span in plan.spans:
        arrow = "forward " if span.direction > 0 else "backward"
        still = "  lips as filmed" if span.still else ""
        times = (
            f"{span.out_start:9.3f} - {span.out_end:9.3f}  shows {span.ref_start:9.3f} - {span.ref_end:9.3f}"
        )
        console.result(f"{times}  {arrow}{still}")
    for assumption in plan.assumptions:
        console.say(assumption)
