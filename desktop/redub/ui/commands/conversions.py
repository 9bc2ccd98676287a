"""Commands of the Mark menu about converting clips."""

from __future__ import annotations

from redub.core.findings import Remedy
from redub.i18n import N_, _
from redub.ui.commands.command import Command, Menu
from redub.ui.commands.situation import Situation, needs_clip


def _fits_already(situation: Situation) -> str:
    if situation.converting:
        return _("The clip is being converted.")
    wanted = any(finding.remedy is Remedy.CONVERT for finding in situation.view.findings)
    return needs_clip(situation) or ("" if wanted else _("The clip needs no conversion."))


def _no_command(situation: Situation) -> str:
    known = {"reference.conversion", "reference.converted"}
    wanted = any(finding.code in known for finding in situation.view.findings)
    return needs_clip(situation) or ("" if wanted else _("The clip needs no conversion."))


CONVERSIONS = (
    Command(
        id="mark.convert",
        text=N_("Convert the clip"),
        menu=Menu.MARK,
        icon="convert",
        possible=_fits_already,
        starts_group=True,
        do=lambda desk: desk.marks.convert(),
    ),
    Command(
        id="conversions.command",
        text=N_("Copy the ffmpeg command"),
        menu=Menu.MARK,
        icon="copy",
        possible=_no_command,
        do=lambda desk: desk.conversions.copy_command(),
    ),
    Command(
        id="conversions.show",
        text=N_("Conversions…"),
        menu=Menu.MARK,
        icon="queue",
        shortcuts=("Ctrl+Alt+Q",),
        do=lambda desk: desk.conversions.show(),
    ),
    Command(
        id="conversions.settings",
        text=N_("How clips are converted…"),
        menu=Menu.MARK,
        icon="settings",
        do=lambda desk: desk.conversions.settings(),
    ),
)
