"""``redub export-script SHOT``: write a take's script as InputSsml, plain text, or subtitles.

No JSON: the script goes to stdout, or with -o into a file, whose path is printed then.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from redub.paths import Places
from redub.terminal import arguments, choosing, console, running

FORMATS = ("ssml", "txt", "srt")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("shot", metavar="SHOT", type=arguments.existing_file, help="the shot")
    arguments.add_take(parser, "the first one")
    says = "as it is sent, as plain text, or as subtitles (from the times of the words); default: by -o, else ssml"
    parser.add_argument("--format", choices=FORMATS, default="", help=says)
    parser.add_argument(
        "-o", "--output", metavar="F", type=arguments.absolute, help="the file to write; default: stdout"
    )
    arguments.add_service(parser)


def run(chosen: argparse.Namespace, places: Places) -> int:
    """Write the script."""
    return running.run(_export(chosen, places))


async def _export(chosen: argparse.Namespace, places: Places) -> int:
    from redub.services.documents import open_document
    from redub.services.exporting import ScriptFormat, exported
    from redub.services.opening import workbench
    from redub.store.files import write_atomically

    take = choosing.chosen_take(open_document(chosen.shot).shot, chosen.take)
    output: Path | None = chosen.output
    ending = output.suffix.lower().removeprefix(".") if output else ""
    form = ScriptFormat(chosen.format or (ending if ending in FORMATS else "ssml"))
    async with workbench(places, choosing.service_choice(chosen)) as bench:
        text = await exported(take, form, bench.listening)
    if output is None:
        console.result(text.rstrip("\n"))
    else:
        write_atomically(output, text.encode("utf-8"))
        console.result(str(output))
    return 0
