"""``redub request SHOT``: print the exact JSON body that would be sent, as it would be sent.

A file that has no address yet is shown as an example address, because its own is known only after the upload;
stderr says which.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from redub.core.shot import Shot
from redub.paths import Places
from redub.terminal import arguments, choosing, console, running

if TYPE_CHECKING:
    from redub.services.orders import Order

EXAMPLE = "https://upload.example/"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("document", metavar="SHOT", type=arguments.existing_file)
    arguments.add_take(parser, "the first one")
    arguments.add_urls(parser)
    parser.add_argument(
        "--site", choices=arguments.KNOWN_SITES, default="international", help="whose limits count"
    )
    parser.add_argument("--compact", action="store_true", help="print the very bytes, on one line")


def run(chosen: argparse.Namespace, places: Places) -> int:
    """Print the body."""
    return running.run(_print(chosen, places))


async def _print(chosen: argparse.Namespace, places: Places) -> int:
    from redub.cloud import wire
    from redub.services.documents import open_document
    from redub.services.orders import Order

    document = open_document(chosen.document)
    take = choosing.chosen_take(document.shot, chosen.take)
    order = Order(
        shot=document.shot,
        take_id=take.id,
        shot_name=document.name,
        folder=Path(),
        urls=choosing.media_urls(chosen),
    )
    urls = order.known_urls
    for kind, path in order.files.items():
        urls = urls.having(kind, EXAMPLE + quote(path.name, errors="surrogateescape"))
        console.say(f"{path.name} has no address before it is uploaded; an example stands in its place.")
    shot = await _as_sent(order, places, chosen.site)
    body = wire.encode_body(wire.request_body(shot, take, urls)).decode()
    if chosen.compact:
        console.result(body)
    else:
        console.result_json(json.loads(body))
    return 0


async def _as_sent(order: Order, places: Places, site: str) -> Shot:
    """Return the shot with the times that are sent: they move when only a part of the clip is, or its rate varies."""
    from redub.cloud.media_urls import MediaKind
    from redub.core.checks import part_to_send
    from redub.core.part import as_sent
    from redub.core.timemap import SAME
    from redub.services.conversions import Conversions
    from redub.services.conversionsettings import encode_settings
    from redub.services.preflight import Preflight
    from redub.services.workbench import settings_path
    from redub.store import settingsfile as settings_file

    if MediaKind.REFERENCE not in order.files:
        return order.shot
    preflight = Preflight()
    settings = settings_file.load(settings_path(places))
    conversions = Conversions(places.cache, preflight, settings=encode_settings(settings))
    await conversions.recall_speed()
    knowledge = await preflight.look(order.shot, order.take, (), site)
    if knowledge.reference is None:
        return order.shot
    part = part_to_send(order.shot, order.take, knowledge, site)
    if part:
        console.say(
            f"Only {part.start:.3f} to {part.end:.3f} s of the clip is sent; times are counted from there."
        )
    copy = conversions.copy_of(knowledge.reference, part)
    return as_sent(order.shot, part, copy.proof.clock if copy else SAME)
