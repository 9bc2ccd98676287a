"""Commands that exchange marks and takes with editing programs."""

from __future__ import annotations

from redub.i18n import N_
from redub.ui.commands.command import Command, Menu
from redub.ui.commands.situation import needs_clip, needs_result

INTERCHANGE = (
    Command(
        id="mark.import",
        text=N_("Import marks…"),
        menu=Menu.MARK,
        icon="import",
        possible=needs_clip,
        starts_group=True,
        do=lambda desk: desk.interchange.import_marks(),
    ),
    Command(
        id="mark.export",
        text=N_("Export marks…"),
        menu=Menu.MARK,
        icon="export",
        possible=needs_clip,
        do=lambda desk: desk.interchange.export_marks(),
    ),
    Command(
        id="take.export_timeline",
        text=N_("Export takes as a timeline…"),
        menu=Menu.TAKE,
        icon="export",
        possible=needs_result,
        do=lambda desk: desk.interchange.export_takes(),
    ),
)
