"""``redub import-scripts SHOT FILE``: add takes to a shot from a text, a Word document, subtitles or a table.

No JSON: stdout carries the names of the takes that were added, one a line. The shot is written once, at the end.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from redub.core.batch import Role, Table, Wiring, guessed, has_head, table_of
from redub.core.errors import UserError
from redub.core.limits import limits_for
from redub.core.shot import Shot, Take
from redub.paths import Places
from redub.terminal import arguments, choosing, console

if TYPE_CHECKING:
    from redub.services.importing import Imported, Wishes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("shot", metavar="SHOT", type=arguments.existing_file, help="the shot to add takes to")
    parser.add_argument(
        "file", metavar="FILE", type=arguments.existing_file, help="txt, docx, srt, vtt, csv or xlsx"
    )
    roles = ", ".join(role.value for role in Role)
    parser.add_argument(
        "--column",
        metavar="ROLE=NAME",
        nargs="+",
        action="extend",
        default=[],
        help=f"which column is what ({roles}); default: by their names",
    )
    parser.add_argument(
        "--fill", action="store_true", help="fill the {variables} of the take's script from the table"
    )
    parser.add_argument(
        "--pause", metavar="T", help="what line breaks become, such as 500ms; default: a space"
    )
    arguments.add_take(parser, "the first one; new takes get its voice and options")


def run(chosen: argparse.Namespace, places: Places) -> int:
    """Add the takes."""
    del places
    from redub.services.documents import open_document
    from redub.services.importing import adding, plan, read, takes_of
    from redub.store import shotfile

    shot = open_document(chosen.shot).shot
    like = choosing.chosen_take(shot, chosen.take)
    found = read(chosen.file)
    rows = plan(found, _wishes(chosen, found, like), like, limits_for("international"))
    for one in rows:
        if one.trouble:
            console.say(f"Row {one.row}: {one.trouble}{' It is left out.' if one.left_out else ''}")
    takes = takes_of(rows)
    if not takes:
        raise UserError(
            "Nothing was added.", why="No row has anything to say.", next_step="Name the right columns."
        )
    changed: Shot = adding(takes).change(shot)
    shotfile.save(changed, chosen.shot)
    for take in takes:
        console.result(take.name)
    return 0


def _wishes(chosen: argparse.Namespace, found: Imported, like: Take) -> Wishes:
    from redub.services.importing import Wishes

    if found.grid is None:
        return Wishes(wiring=Wiring(pause=chosen.pause))
    head = has_head(found.grid.rows)
    table = table_of(found.grid.rows, head)
    columns = guessed(table) | _named(chosen.column, table)
    if chosen.fill:
        columns.pop(Role.SCRIPT, None)
    template = like.script if chosen.fill else ""
    return Wishes(has_head=head, wiring=Wiring(columns=columns, template=template, pause=chosen.pause))


def _named(wanted: Sequence[str], table: Table) -> dict[Role, int]:
    """Return the columns that were named."""
    names = [name.casefold() for name in table.columns]
    found: dict[Role, int] = {}
    for one in wanted:
        role, _equals, name = one.partition("=")
        if role not in set(Role) or name.casefold() not in names:
            raise UserError(
                f"“{one}” names no column.",
                why=f"The columns are: {', '.join(table.columns)}.",
                next_step=f"Write ROLE=NAME, with one of {', '.join(Role)}.",
            )
        found[Role(role)] = names.index(name.casefold())
    return found
