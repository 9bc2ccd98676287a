"""Commands of the Mark menu that begin with the faces of the clip."""

from __future__ import annotations

from redub.i18n import N_
from redub.ui.commands.command import Command, Menu
from redub.ui.commands.situation import Situation, needs_clip, needs_take


def _person(situation: Situation) -> str:
    return needs_clip(situation) or needs_take(situation)


FACES = (
    Command(
        id="faces.stills",
        text=N_("Suggest still intervals from faces"),
        menu=Menu.MARK,
        possible=needs_clip,
        starts_group=True,
        do=lambda desk: desk.faces.suggest_stills(),
    ),
    Command(
        id="faces.segment",
        text=N_("Suggest the best segment from faces"),
        menu=Menu.MARK,
        possible=needs_clip,
        do=lambda desk: desk.faces.suggest_segment(),
    ),
    Command(
        id="faces.persons",
        text=N_("Persons in the clip…"),
        menu=Menu.MARK,
        icon="photo",
        possible=_person,
        do=lambda desk: desk.faces.persons(),
    ),
)
