"""Start the rehearsal service: ``python -m redub.rehearsal --home DIR``; a line of JSON says where it listens."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from redub.core.errors import RedubError
from redub.log import SecretFreeFormatter
from redub.paths import places
from redub.rehearsal.serving import Address, serve
from redub.rehearsal.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the service and return the exit code: 0 after a signal or the end of the lifeline, 1 when it cannot run."""
    chosen = _parser().parse_args(arguments)
    _log_to_stderr()
    home = chosen.home.absolute() if chosen.home else places().data
    settings = Settings(
        home=home, mark=chosen.mark, lips=chosen.lips, speed=chosen.speed, scenario=chosen.scenario
    )
    try:
        serve(settings, port=chosen.port, lifeline=chosen.lifeline, announce=_announce)
    except RedubError as exc:
        print(exc, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m redub.rehearsal",
        description="A local service that speaks the protocol of videomakenotrain and makes real videos.",
    )
    parser.add_argument(
        "--home",
        type=Path,
        help="folder that its folder “rehearsal” lies in (default: the program's own data)",
    )
    parser.add_argument(
        "--port", type=_port, default=0, help="port on 127.0.0.1; 0 (default) takes a free one"
    )
    parser.add_argument("--lifeline", action="store_true", help="end after stdin was closed and nobody asks")
    parser.add_argument("--no-mark", dest="mark", action="store_false", help="leave out the REHEARSAL mark")
    parser.add_argument("--no-lips", dest="lips", action="store_false", help="leave the lips as filmed")
    parser.add_argument(
        "--speed", type=_factor, default=1.0, help="how many times faster the seven days of a result go by"
    )
    parser.add_argument(
        "--scenario", default="", metavar="NAME|FILE", help="what is to go wrong, from the start on"
    )
    return parser


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError("a port is 0 to 65535")
    return port


def _factor(text: str) -> float:
    factor = float(text)
    if not 0 < factor < float("inf"):
        raise argparse.ArgumentTypeError("a speed is greater than 0")
    return factor


def _announce(address: Address) -> None:
    print(address.line(), flush=True)


def _log_to_stderr() -> None:
    """Send what matters to stderr, where the starter keeps it; secrets are taken out."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(SecretFreeFormatter("%(asctime)s %(levelname)-7s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger("redub").setLevel(logging.INFO)


if __name__ == "__main__":
    sys.exit(main())
