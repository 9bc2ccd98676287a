"""The words of the ways to fit. No Qt."""

from __future__ import annotations

from collections.abc import Mapping

from redub.core.fitting import Proposal, Way
from redub.i18n import _, ngettext

SIGNS: Mapping[Way, str] = {Way.SPEED: "making", Way.PAUSES: "pause-mark", Way.CUT: "cut-end"}


def proposal_words(one: Proposal) -> str:
    """Say what a proposal does, and how long the speech is then."""
    result = (
        _("about {seconds} s").format(seconds=f"{one.seconds:.1f}")
        if one.fits
        else _("still about {seconds} s").format(seconds=f"{one.seconds:.1f}")
    )
    return f"{edit_words(one)}: {result}"


def edit_words(one: Proposal) -> str:
    """Name the change of a proposal."""
    if one.way is Way.SPEED:
        return _("Speak at {speed}×").format(speed=f"{one.amount:g}")
    count = round(one.amount)
    if one.way is Way.PAUSES:
        return ngettext("Shorten {n} pause", "Shorten {n} pauses", count).format(n=count)
    return ngettext("Cut the last sentence", "Cut the last {n} sentences", count).format(n=count)
