"""Commands of the Script menu: a command for every mark, problems, views."""

from __future__ import annotations

from functools import partial

from redub.core.limits import limits_for
from redub.core.ssml.document import whole_count
from redub.core.ssml.vocabulary import TAGS, Tag
from redub.i18n import N_, _
from redub.ui.commands.command import Command, Menu
from redub.ui.commands.desk import Desk
from redub.ui.commands.situation import Situation, needs_script
from redub.ui.script.labels import LOOKS


def _mark(tag: str, desk: Desk) -> object:
    return desk.script.mark(tag)


def _mark_command(place: int, tag: Tag) -> Command:
    return Command(
        id=f"script.mark_{tag.name.replace('-', '_')}",
        text=f"{tag.label}…" if tag.attributes else tag.label,
        menu=Menu.SCRIPT,
        icon=LOOKS[tag.name].icon,
        shortcuts=(f"Alt+{place}",),
        possible=needs_script,
        do=partial(_mark, tag.name),
    )


def _needs_length(situation: Situation) -> str:
    reason, take = needs_script(situation), situation.view.take
    if reason or take is None:
        return reason
    too_long = limits_for("international")["script.length"].too_high(whole_count(take.script))
    return "" if too_long else _("This script is short enough to be sent as one.")


SCRIPT = (
    *(_mark_command(place, tag) for place, tag in enumerate(TAGS.values(), 1)),
    Command(
        id="script.find_mark",
        text=N_("Find a mark or preset…"),
        menu=Menu.SCRIPT,
        icon="search",
        shortcuts=("Ctrl+M",),
        possible=needs_script,
        starts_group=True,
        do=lambda desk: desk.script.find_mark(),
    ),
    Command(
        id="script.change_mark",
        text=N_("Change the mark at the cursor…"),
        menu=Menu.SCRIPT,
        shortcuts=("Ctrl+E",),
        possible=needs_script,
        do=lambda desk: desk.script.change_mark(),
    ),
    Command(
        id="script.remove_mark",
        text=N_("Remove the mark at the cursor"),
        menu=Menu.SCRIPT,
        shortcuts=("Ctrl+Shift+E",),
        possible=needs_script,
        do=lambda desk: desk.script.remove_mark(),
    ),
    Command(
        id="script.next_problem",
        text=N_("Next problem"),
        menu=Menu.SCRIPT,
        shortcuts=("F8",),
        possible=needs_script,
        starts_group=True,
        do=lambda desk: desk.script.problem(1),
    ),
    Command(
        id="script.previous_problem",
        text=N_("Previous problem"),
        menu=Menu.SCRIPT,
        shortcuts=("Shift+F8",),
        possible=needs_script,
        do=lambda desk: desk.script.problem(-1),
    ),
    Command(
        id="script.fix",
        text=N_("Fix the problem shown"),
        menu=Menu.SCRIPT,
        shortcuts=("Ctrl+F8",),
        possible=needs_script,
        do=lambda desk: desk.script.fix(),
    ),
    Command(
        id="script.split",
        text=N_("Split into takes at sentence ends"),
        menu=Menu.SCRIPT,
        possible=_needs_length,
        do=lambda desk: desk.script.split(),
    ),
    Command(
        id="script.source",
        text=N_("Show the source"),
        menu=Menu.SCRIPT,
        shortcuts=("Ctrl+U",),
        possible=needs_script,
        starts_group=True,
        do=lambda desk: desk.script.show_source(),
    ),
    Command(
        id="script.both",
        text=N_("Show script and source together"),
        menu=Menu.SCRIPT,
        shortcuts=("Ctrl+Shift+U",),
        possible=needs_script,
        do=lambda desk: desk.script.show_both(),
    ),
)
