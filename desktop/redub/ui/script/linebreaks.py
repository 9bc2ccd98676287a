"""What line breaks become that are typed or pasted: the service takes none, so the creator chooses once."""

from __future__ import annotations

from redub.i18n import _

ASK, SPACE = "ask", "space"
LINE_BREAKS = (ASK, SPACE, "250ms", "500ms", "1s")
"""What can be chosen: to be asked, a space, or the length of a pause (as in the setting of the same name)."""


def pause_of(row: str) -> str | None:
    """Return the length of the pause that a line break becomes, or None where it becomes a space."""
    return row if row in LINE_BREAKS and row not in {ASK, SPACE} else None


def line_break_words(row: str) -> str:
    """Return the words for one row of `LINE_BREAKS`."""
    if row == ASK:
        return _("What I say when I paste")
    if row == SPACE:
        return _("A space")
    seconds = {"250ms": "0.25", "500ms": "0.5", "1s": "1"}[row]
    return _("A pause of {seconds} s").format(seconds=seconds)
