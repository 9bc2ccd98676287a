"""Commands of the Service menu: where takes are sent to."""

from __future__ import annotations

from redub.i18n import N_
from redub.ui.commands.command import Command, Menu
from redub.ui.commands.situation import needs_rehearsal

SERVICE = (
    Command(
        id="service.rehearsal",
        text=N_("Rehearsal on this computer"),
        menu=Menu.SERVICE,
        icon="rehearse",
        chosen=lambda situation: situation.site == "rehearsal",
        do=lambda desk: desk.service.choose("rehearsal"),
    ),
    Command(
        id="service.international",
        text=N_("Tencent Cloud International"),
        menu=Menu.SERVICE,
        icon="cloud",
        chosen=lambda situation: situation.site == "international",
        do=lambda desk: desk.service.choose("international"),
    ),
    Command(
        id="service.china",
        text=N_("Tencent Cloud China"),
        menu=Menu.SERVICE,
        icon="cloud",
        chosen=lambda situation: situation.site == "china",
        do=lambda desk: desk.service.choose("china"),
    ),
    Command(
        id="service.account",
        text=N_("Account…"),
        menu=Menu.SERVICE,
        icon="account",
        starts_group=True,
        do=lambda desk: desk.service.account(),
    ),
    Command(
        id="service.simulate",
        text=N_("Simulate…"),
        menu=Menu.SERVICE,
        icon="warning",
        starts_group=True,
        possible=needs_rehearsal,
        do=lambda desk: desk.service.simulate(),
    ),
    Command(
        id="service.voices",
        text=N_("Ask for the voices again"),
        menu=Menu.SERVICE,
        icon="retry",
        do=lambda desk: desk.service.fetch_voices(),
    ),
)
