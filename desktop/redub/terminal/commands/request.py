"""``redub request SHOT``: print the exact JSON body that would be sent, as it would be sent.

A file that has no address yet is shown as an example address, because its own is known only after the upload;
stderr says which.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from urllib.parse import quote

from redub.paths import Places
from redub.terminal import arguments, choosing, console

EXAMPLE = "https://upload.example/"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("document", metavar="SHOT", type=arguments.existing_file)
    arguments.add_take(parser, "the first one")
    arguments.add_urls(parser)
    parser.add_argument("--compact", action="store_true", help="print the very bytes, on one line")


def run(chosen: argparse.Namespace, places: Places) -> int:
    """Print the body."""
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
    body = wire.encode_body(wire.request_body(document.shot, take, urls)).decode()
    if chosen.compact:
        console.result(body)
    else:
        console.result_json(json.loads(body))
    return 0
