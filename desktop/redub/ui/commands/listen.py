"""Commands of hearing a script, in the Play and Take menus."""

from __future__ import annotations

from redub.core.shot import DriverType
from redub.i18n import N_, _
from redub.ui.commands.command import Command, Menu
from redub.ui.commands.situation import Situation, needs_take
from redub.ui.listening.saying import needs_fit


def needs_script(situation: Situation) -> str:
    """Say that the take must have words to speak."""
    take = situation.view.take
    if take is None:
        return needs_take(situation)
    if take.driver is not DriverType.TEXT:
        return _("This take is driven by a voice recording; there is no script to hear.")
    return "" if take.script.strip() else _("Write what is to be said first.")


def _can_fit(situation: Situation) -> str:
    missing = needs_script(situation)
    if missing or needs_fit(situation.view):
        return missing
    return _("The speech ends before the clip turns round; there is nothing to fit.")


LISTEN = (
    Command(
        id="listen.hear",
        text=N_("Hear the script"),
        menu=Menu.PLAY,
        icon="listen",
        shortcuts=("F5", "Ctrl+Space"),
        possible=needs_script,
        starts_group=True,
        do=lambda desk: desk.listen.hear(),
    ),
    Command(
        id="listen.stop",
        text=N_("Stop the sound"),
        menu=Menu.PLAY,
        icon="stop",
        shortcuts=("Shift+F5",),
        do=lambda desk: desk.listen.stop(),
    ),
    Command(
        id="listen.fit",
        text=N_("Fit the speech to the segment…"),
        menu=Menu.TAKE,
        icon="fit",
        shortcuts=("Ctrl+Shift+F",),
        possible=_can_fit,
        starts_group=True,
        do=lambda desk: desk.listen.fit(),
    ),
)
