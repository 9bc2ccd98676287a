"""``redub voices``: list the voices that the service offers.

JSON::

    {"site": str, "voices": [{"key", "name", "gender": "male|female|unknown", "languages": [str…],
                              "emotions": [str…], "description", "sample_url", "expires"}…]}
"""

from __future__ import annotations

import argparse

from redub.core.timbre import Timbre
from redub.paths import Places
from redub.terminal import arguments, choosing, console, running


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    arguments.add_service(parser)
    arguments.add_json(parser)


def run(chosen: argparse.Namespace, places: Places) -> int:
    """Print the list."""
    return running.run(_voices(chosen, places))


async def _voices(chosen: argparse.Namespace, places: Places) -> int:
    from redub.services.opening import workbench

    async with workbench(places, choosing.service_choice(chosen)) as bench:
        voices, site = await bench.voices.all(), bench.accounts.site_name
    if chosen.json:
        console.result_json({"site": site, "voices": [voice_json(voice) for voice in voices]})
        return 0
    for voice in voices:
        emotions = f"  emotions: {', '.join(voice.emotions)}" if voice.emotions else ""
        console.result(f"{voice.key:<24} {voice.name:<24} {', '.join(voice.languages)}{emotions}")
    return 0


def voice_json(voice: Timbre) -> dict[str, object]:
    """Return one voice."""
    return {
        "key": voice.key,
        "name": voice.name,
        "gender": voice.gender.value,
        "languages": list(voice.languages),
        "emotions": list(voice.emotions),
        "description": voice.description,
        "sample_url": voice.sample_url,
        "expires": voice.expires,
    }
