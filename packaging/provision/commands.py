"""The subcommands of `packaging/setup.py`.

To add one: 1. a function that returns an exit code, in a module of its own; 2. a line in `_parser`; 3. a branch in
`_carry_out`.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from provision import checking, console, doctor, locking, packing, starting

_INTERRUPTED = 130  # as a shell reports a program that Ctrl+C has ended


def main(arguments: Sequence[str]) -> int:
    """Carry out the subcommand that `arguments` name and return the exit code."""
    chosen, rest = _parser().parse_known_args(list(arguments))
    try:
        return _carry_out(chosen, rest)
    except console.Failed as failure:
        console.say(f"\n{failure}")
        if failure.log:
            console.show_log(failure.log)
        return 1
    except KeyboardInterrupt:
        console.say("\nStopped.")
        return _INTERRUPTED


def _carry_out(chosen: argparse.Namespace, rest: list[str]) -> int:
    if chosen.command == "run":
        return starting.run(rest, headless=chosen.headless)
    if chosen.command in ("test", "bench", "soak"):
        checks = {"test": checking.test, "bench": checking.bench, "soak": checking.soak}
        return checks[chosen.command](rest)
    if rest:
        raise console.Failed(
            f"{chosen.command} takes no {rest[0]}; python3 packaging/setup.py --help says more."
        )
    if chosen.command == "package":
        return packing.package(chosen)
    if chosen.command == "licences":
        return packing.list_licences()
    return doctor.report(as_json=chosen.json) if chosen.command == "doctor" else locking.lock()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 packaging/setup.py", description="Prepare this checkout of Redub, and run or check it."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, sentence: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=sentence, description=sentence, allow_abbrev=False)

    run = command("run", "Start Redub: the window, or without a display the whole job in the terminal.")
    run.add_argument(
        "--headless", action="store_true", help="use the terminal even though there is a display"
    )
    run.usage = "python3 packaging/setup.py run [CLIP] [--headless] [what redub itself understands]"
    command("test", "Run every check; further arguments go to pytest.")
    command("bench", "Run the benchmarks; further arguments go to pytest.")
    command("soak", "Run the tests with full counts; further arguments go to pytest.")
    examine = command("doctor", "Say what is installed, found and missing, and how to get it.")
    examine.add_argument("--json", action="store_true", help="print the report as JSON")
    packing.add_arguments(
        command("package", "Make the program for people without Python, in the folder dist.")
    )
    command("licences", "List the licences of what is packed with the program, in dist/THIRD-PARTY.txt.")
    command("lock", "Write the locked versions anew from pyproject.toml.")
    return parser
