"""Commands of the Mark menu: the segment, and where the lips stay as filmed."""

from __future__ import annotations

from redub.core.shot import Selection
from redub.i18n import N_, _
from redub.ui.commands.command import Command, Menu
from redub.ui.commands.situation import Situation, needs_clip, needs_still_here


def _whole_already(situation: Situation) -> str:
    is_whole = situation.view.shot.selection == Selection()
    return needs_clip(situation) or (_("The whole clip is used already.") if is_whole else "")


def _still_here(situation: Situation) -> str:
    return needs_clip(situation) or needs_still_here(situation)


def _silent(situation: Situation) -> str:
    facts = situation.view.facts
    return needs_clip(situation) or (_("The clip has no sound.") if facts and facts.audio is None else "")


MARK = (
    Command(
        id="mark.start",
        text=N_("Start here"),
        menu=Menu.MARK,
        icon="cut-start",
        shortcuts=("I",),
        possible=needs_clip,
        do=lambda desk: desk.marks.start_here(),
    ),
    Command(
        id="mark.end",
        text=N_("End here"),
        menu=Menu.MARK,
        icon="cut-end",
        shortcuts=("O",),
        possible=needs_clip,
        do=lambda desk: desk.marks.end_here(),
    ),
    Command(
        id="mark.whole",
        text=N_("Use the whole clip"),
        menu=Menu.MARK,
        icon="zoom-fit",
        possible=_whole_already,
        do=lambda desk: desk.marks.whole_clip(),
    ),
    Command(
        id="mark.longest_quiet",
        text=N_("Select the longest quiet part"),
        menu=Menu.MARK,
        shortcuts=("Shift+Q",),
        possible=_silent,
        do=lambda desk: desk.marks.select_longest_quiet(),
    ),
    Command(
        id="mark.still",
        text=N_("Lips still from here"),
        menu=Menu.MARK,
        icon="still",
        shortcuts=("X",),
        possible=needs_clip,
        starts_group=True,
        do=lambda desk: desk.marks.still_here(),
    ),
    Command(
        id="mark.silence_still",
        text=N_("Mark silence as still"),
        menu=Menu.MARK,
        shortcuts=("Ctrl+Shift+X",),
        possible=_silent,
        do=lambda desk: desk.marks.mark_silence_still(),
    ),
    Command(
        id="mark.split_still",
        text=N_("Cut the still interval in two"),
        menu=Menu.MARK,
        shortcuts=("Shift+X",),
        possible=_still_here,
        do=lambda desk: desk.marks.split_here(),
    ),
    Command(
        id="mark.remove_still",
        text=N_("Remove the still interval"),
        menu=Menu.MARK,
        icon="remove",
        shortcuts=("Del",),
        possible=_still_here,
        do=lambda desk: desk.marks.remove(),
    ),
)
