"""Commands of scripts in files, in the File menu."""

from __future__ import annotations

from redub.i18n import N_
from redub.ui.commands.command import Command, Menu
from redub.ui.commands.listen import needs_script

SCRIPT_FILES = (
    Command(
        id="script_files.import",
        text=N_("Import scripts…"),
        menu=Menu.FILE,
        icon="import",
        shortcuts=("Ctrl+I",),
        starts_group=True,
        do=lambda desk: desk.script_files.import_scripts(),
    ),
    Command(
        id="script_files.export",
        text=N_("Export the script…"),
        menu=Menu.FILE,
        icon="export",
        shortcuts=("Ctrl+Alt+E",),
        possible=needs_script,
        do=lambda desk: desk.script_files.export_script(),
    ),
)
