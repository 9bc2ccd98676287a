"""Commands of the Help menu."""

from __future__ import annotations

from redub.i18n import N_
from redub.ui.commands.command import Command, Menu

HELP = (
    Command(
        id="help.first_steps",
        text=N_("First steps"),
        menu=Menu.HELP,
        icon="first-steps",
        do=lambda desk: desk.help.first_steps(),
    ),
    Command(
        id="help.palette",
        text=N_("Find a command…"),
        menu=Menu.HELP,
        icon="search",
        shortcuts=("Ctrl+K",),
        do=lambda desk: desk.keys.palette(),
    ),
    Command(
        id="help.keyboard",
        text=N_("Keyboard…"),
        menu=Menu.HELP,
        icon="keyboard",
        shortcuts=("F1",),
        do=lambda desk: desk.keys.change(),
    ),
    Command(
        id="help.log",
        text=N_("Show the log"),
        menu=Menu.HELP,
        icon="log",
        do=lambda desk: desk.help.log(),
    ),
    Command(
        id="help.about",
        text=N_("About Redub"),
        menu=Menu.HELP,
        icon="info",
        starts_group=True,
        do=lambda desk: desk.help.about(),
    ),
)
