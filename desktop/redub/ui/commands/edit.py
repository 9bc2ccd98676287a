"""Commands of the Edit menu."""

from __future__ import annotations

from redub.i18n import N_, _
from redub.ui.commands.command import Command, Menu
from redub.ui.commands.situation import Situation


def _nothing_done(situation: Situation) -> str:
    return "" if situation.view.undo_label else _("Nothing was changed yet.")


def _nothing_undone(situation: Situation) -> str:
    return "" if situation.view.redo_label else _("Nothing was undone.")


def _undo_name(situation: Situation) -> str:
    return _("Undo “{what}”").format(what=_(situation.view.undo_label)) if situation.view.undo_label else ""


def _redo_name(situation: Situation) -> str:
    return _("Redo “{what}”").format(what=_(situation.view.redo_label)) if situation.view.redo_label else ""


EDIT = (
    Command(
        id="edit.undo",
        text=N_("Undo"),
        menu=Menu.EDIT,
        icon="undo",
        shortcuts=("Ctrl+Z",),
        possible=_nothing_done,
        name=_undo_name,
        do=lambda desk: desk.edit.undo(),
    ),
    Command(
        id="edit.redo",
        text=N_("Redo"),
        menu=Menu.EDIT,
        icon="redo",
        shortcuts=("Ctrl+Shift+Z", "Ctrl+Y"),
        possible=_nothing_undone,
        name=_redo_name,
        do=lambda desk: desk.edit.redo(),
    ),
)
