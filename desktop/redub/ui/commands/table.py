"""All commands in the order of the menus."""

from __future__ import annotations

from redub.ui.commands.command import Command
from redub.ui.commands.conversions import CONVERSIONS
from redub.ui.commands.edit import EDIT
from redub.ui.commands.faces import FACES
from redub.ui.commands.file import FILE
from redub.ui.commands.help import HELP
from redub.ui.commands.interchange import INTERCHANGE
from redub.ui.commands.listen import LISTEN
from redub.ui.commands.mark import MARK
from redub.ui.commands.play import PLAY
from redub.ui.commands.review import REVIEW
from redub.ui.commands.script import SCRIPT
from redub.ui.commands.scriptfiles import SCRIPT_FILES
from redub.ui.commands.service import SERVICE
from redub.ui.commands.take import TAKE
from redub.ui.commands.view import VIEW

COMMANDS: tuple[Command, ...] = (
    *FILE[:-1],
    *SCRIPT_FILES,
    FILE[-1],  # quitting stands last
    *EDIT,
    *MARK,
    *FACES,
    *CONVERSIONS,
    *PLAY,
    *SCRIPT,
    *TAKE,
    *REVIEW,
    *INTERCHANGE,
    *LISTEN,
    *SERVICE,
    *VIEW,
    *HELP,
)
