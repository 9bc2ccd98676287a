"""Commands of the Take menu."""

from __future__ import annotations

from redub.i18n import N_, _
from redub.ui.commands.command import Command, Menu
from redub.ui.commands.situation import Situation, can_make, needs_clip, needs_take, needs_two_takes


def _make_name(situation: Situation) -> str:
    return _("Rehearse") if situation.is_rehearsal else _("Make")


def _make_all_name(situation: Situation) -> str:
    return _("Rehearse all takes…") if situation.is_rehearsal else _("Make all takes…")


def _needs_clip_and_take(situation: Situation) -> str:
    return needs_clip(situation) or needs_take(situation)


TAKE = (
    Command(
        id="take.make",
        text=N_("Rehearse"),
        menu=Menu.TAKE,
        icon="rehearse",
        shortcuts=("Ctrl+Return",),
        possible=can_make,
        name=_make_name,
        do=lambda desk: desk.takes.make(),
    ),
    Command(
        id="take.make_all",
        text=N_("Rehearse all takes…"),
        menu=Menu.TAKE,
        icon="queue",
        shortcuts=("Ctrl+Shift+Return",),
        possible=_needs_clip_and_take,
        name=_make_all_name,
        do=lambda desk: desk.batch.make_all(),
    ),
    Command(
        id="take.add",
        text=N_("Add a take"),
        menu=Menu.TAKE,
        icon="add",
        shortcuts=("Ctrl+T",),
        starts_group=True,
        do=lambda desk: desk.takes.add(),
    ),
    Command(
        id="take.duplicate",
        text=N_("Duplicate this take"),
        menu=Menu.TAKE,
        icon="duplicate",
        shortcuts=("Ctrl+D",),
        possible=needs_take,
        do=lambda desk: desk.takes.duplicate(),
    ),
    Command(
        id="take.rename",
        text=N_("Rename this take…"),
        menu=Menu.TAKE,
        icon="rename",
        shortcuts=("F2",),
        possible=needs_take,
        do=lambda desk: desk.takes.rename(),
    ),
    Command(
        id="take.remove",
        text=N_("Remove this take"),
        menu=Menu.TAKE,
        icon="remove",
        shortcuts=("Ctrl+Shift+Backspace",),
        possible=needs_take,
        do=lambda desk: desk.takes.remove(),
    ),
    Command(
        id="take.next",
        text=N_("Next take"),
        menu=Menu.TAKE,
        shortcuts=("Ctrl+PgDown",),
        possible=needs_two_takes,
        starts_group=True,
        do=lambda desk: desk.takes.next(1),
    ),
    Command(
        id="take.previous",
        text=N_("Previous take"),
        menu=Menu.TAKE,
        shortcuts=("Ctrl+PgUp",),
        possible=needs_two_takes,
        do=lambda desk: desk.takes.next(-1),
    ),
)
