"""``redub rehearse``: run the rehearsal service in the foreground, until Ctrl+C.

JSON, one line as soon as it answers: ``{"base_url", "appkey", "accesstoken", "pid"}``; with ``--scenarios``:
``[{"name", "title", "sentence"}…]``.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from redub.core.errors import EnvironmentFault, UserError
from redub.paths import Places
from redub.terminal import arguments, console, exits, running

if TYPE_CHECKING:
    from redub.services.rehearsals import Address


_FOR_OTHERS = """Run the rehearsal service in the foreground, for this program and for others.

It speaks the protocol of videomakenotrain on 127.0.0.1 and makes real videos: POST
/v2/ivh/videomaker/broadcastservice/videomakenotrain, …/getprogress, …/tts, and
/v2/ivh/crmserver/customerassetservice/describetimbre, …/getserviceasset, signed with the key that it prints:
?appkey=…&timestamp=…&signature=…, HMAC-SHA256 over "appkey=…&timestamp=…", Base64, percent-encoded. PUT /shelf/NAME
(signed alike) takes a file and answers with the address for RefVideoUrl. The header X-Redub-Scenario: NAME lets one
request go wrong, POST /simulate every later one. The README has more."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.description = _FOR_OTHERS
    parser.add_argument(
        "--port", metavar="N", type=arguments.port, default=0, help="0 (default) takes a free one"
    )
    parser.add_argument(
        "--no-mark", action="store_true", help="leave the small “rehearsal” mark out of videos"
    )
    parser.add_argument(
        "--no-lips", action="store_true", help="leave the lips as filmed; takes are made sooner"
    )
    parser.add_argument(
        "--scenario",
        metavar="NAME|FILE",
        default="",
        help="simulate what goes wrong at a service: a name of --scenarios, or a .toml file of your own",
    )
    parser.add_argument("--scenarios", action="store_true", help="list what can be simulated, and end")
    arguments.add_json(parser)


def run(chosen: argparse.Namespace, places: Places) -> int:
    """Run the service until it ends, or list what it can simulate."""
    if chosen.scenarios:
        return _list_scenarios(as_json=chosen.json)
    return running.run(_rehearse(chosen, places))


def _list_scenarios(*, as_json: bool) -> int:
    from redub.services.simulating import carried

    listed = carried()
    if as_json:
        console.result(json.dumps([asdict(one) for one in listed], ensure_ascii=False))
    for one in () if as_json else listed:
        console.result(f"{one.name:<18} {one.title}")
        console.result(f"{'':<18} {one.sentence}")
    return exits.Exit.DONE


async def _rehearse(chosen: argparse.Namespace, places: Places) -> int:
    from redub.services.rehearsals import Rehearsal

    rehearsal = Rehearsal(places, mark=not chosen.no_mark, lips=not chosen.no_lips, scenario=chosen.scenario)
    try:
        address = await rehearsal.ensure(port=chosen.port)
        if not rehearsal.is_ours:
            raise UserError(
                f"The rehearsal service runs already, at {address.base_url}.",
                next_step="Use that one, or end the program that started it.",
            )
        _show(address, as_json=chosen.json)
        words = await rehearsal.ended()
        raise EnvironmentFault(
            "The rehearsal service has ended.", why="It was stopped, or failed.", detail=words
        )
    finally:
        await rehearsal.aclose()


def _show(address: Address, *, as_json: bool) -> None:
    if as_json:
        console.result(json.dumps(asdict(address)))
        return
    console.result(
        f"The rehearsal service listens at {address.base_url} (end it with Ctrl+C). To use it elsewhere:"
    )
    console.result(f"  export REDUB_APPKEY={address.appkey}")
    console.result(f"  export REDUB_ACCESSTOKEN={address.accesstoken}")
    console.result(f"  redub make SHOT --service {address.base_url}")
