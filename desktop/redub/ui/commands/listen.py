"""Commands of hearing a script, in the Play and Take menus."""

from __future__ import annotations

from collections.abc import Callable

from redub.core.shot import DriverType
from redub.i18n import N_, _
from redub.ui.commands.command import Command, Menu
from redub.ui.commands.situation import Situation, needs_clip, needs_take
from redub.ui.listening.saying import needs_fit


def needs_script(situation: Situation) -> str:
    """Say that the take must have words to speak."""
    take = situation.view.take
    if take is None:
        return needs_take(situation)
    if take.driver is not DriverType.TEXT:
        return _("This take is driven by a voice recording; there is no script to hear.")
    return "" if take.script.strip() else _("Write what is to be said first.")


def _has_own_sound(situation: Situation) -> str:
    missing = needs_clip(situation) or needs_take(situation)
    facts = situation.view.facts
    return missing or ("" if facts is not None and facts.audio is not None else _("The clip has no sound."))


def _driven_by(driver: DriverType) -> Callable[[Situation], bool]:
    return lambda situation: situation.view.take is not None and situation.view.take.driver is driver


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
    Command(
        id="driver.script",
        text=N_("Speak a script"),
        menu=Menu.TAKE,
        icon="script",
        possible=needs_take,
        chosen=_driven_by(DriverType.TEXT),
        starts_group=True,
        do=lambda desk: desk.driving.speak_script(),
    ),
    Command(
        id="driver.recording",
        text=N_("Use a voice recording"),
        menu=Menu.TAKE,
        icon="waveform",
        possible=needs_take,
        chosen=_driven_by(DriverType.ORIGINAL_VOICE),
        do=lambda desk: desk.driving.use_recording(),
    ),
    Command(
        id="driver.own_sound",
        text=N_("Use the clip's own sound"),
        menu=Menu.TAKE,
        icon="film",
        possible=_has_own_sound,
        do=lambda desk: desk.driving.own_sound(),
    ),
)
