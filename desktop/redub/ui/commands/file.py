"""Commands of the File menu."""

from __future__ import annotations

from redub.i18n import N_, _
from redub.ui.commands.command import Command, Menu
from redub.ui.commands.situation import Situation, needs_take


def _unsaved(situation: Situation) -> str:
    is_saved = situation.view.path is not None and not situation.view.unsaved
    return _("Everything is saved.") if is_saved else ""


FILE = (
    Command(
        id="file.open_clip",
        text=N_("Open clip…"),
        menu=Menu.FILE,
        icon="film",
        shortcuts=("Ctrl+O",),
        do=lambda desk: desk.files.open_clip(),
    ),
    Command(
        id="file.open_shot",
        text=N_("Open shot…"),
        menu=Menu.FILE,
        icon="open",
        shortcuts=("Ctrl+Shift+O",),
        do=lambda desk: desk.files.open_shot(),
    ),
    Command(
        id="file.open_recent",
        text=N_("Open recent"),
        menu=Menu.FILE,
        icon="open",
        do=lambda desk: desk.recent.choose(),
    ),
    Command(
        id="file.open_sample",
        text=N_("Open the sample"),
        menu=Menu.FILE,
        icon="first-steps",
        do=lambda desk: desk.files.open_sample(),
    ),
    Command(
        id="file.new_window",
        text=N_("New window"),
        menu=Menu.FILE,
        icon="full-screen",
        shortcuts=("Ctrl+Shift+N",),
        do=lambda desk: desk.files.new_window(),
    ),
    Command(
        id="file.new_from_template",
        text=N_("New from template…"),
        menu=Menu.FILE,
        icon="duplicate",
        do=lambda desk: desk.templates.begin(),
    ),
    Command(
        id="file.save",
        text=N_("Save"),
        menu=Menu.FILE,
        icon="save",
        shortcuts=("Ctrl+S",),
        possible=_unsaved,
        starts_group=True,
        do=lambda desk: desk.files.save(),
    ),
    Command(
        id="file.save_as",
        text=N_("Save as…"),
        menu=Menu.FILE,
        shortcuts=("Ctrl+Shift+S",),
        do=lambda desk: desk.files.save_as(),
    ),
    Command(
        id="file.save_template",
        text=N_("Save as template…"),
        menu=Menu.FILE,
        possible=needs_take,
        do=lambda desk: desk.templates.save(),
    ),
    Command(
        id="file.remove_template",
        text=N_("Remove a template…"),
        menu=Menu.FILE,
        do=lambda desk: desk.templates.remove(),
    ),
    Command(
        id="file.recover",
        text=N_("Recover…"),
        menu=Menu.FILE,
        icon="undo",
        do=lambda desk: desk.recovery.recover(),
    ),
    Command(
        id="file.settings",
        text=N_("Settings…"),
        menu=Menu.FILE,
        icon="settings",
        shortcuts=("Ctrl+,",),
        starts_group=True,
        do=lambda desk: desk.settings.open(),
    ),
    Command(
        id="file.quit",
        text=N_("Quit"),
        menu=Menu.FILE,
        shortcuts=("Ctrl+Q",),
        starts_group=True,
        do=lambda desk: desk.files.quit(),
    ),
)
