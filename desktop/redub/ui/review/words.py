"""Words and signs of the review window."""

from __future__ import annotations

from enum import StrEnum

from redub.core.review import Verdict
from redub.i18n import _

SIGNS = {
    Verdict.OPEN: ("dot", "quiet"),
    Verdict.ACCEPTED: ("ok", "ok"),
    Verdict.REDO: ("retry", "warning"),
}
"""Icon and colour token of each verdict; the word stands beside it."""


class Layout(StrEnum):
    """How the videos stand to each other."""

    SIDE = "side"
    STACKED = "stacked"
    WIPED = "wiped"


def layout_word(layout: Layout) -> str:
    """Say how the videos stand."""
    return {
        Layout.SIDE: _("Side by side"),
        Layout.STACKED: _("Stacked"),
        Layout.WIPED: _("Wiped"),
    }[layout]


def short_word(verdict: Verdict) -> str:
    """Say a verdict in a list."""
    return {Verdict.OPEN: "", Verdict.ACCEPTED: _("Accepted"), Verdict.REDO: _("Redo")}[verdict]


def short_clock(seconds: float) -> str:
    """Write a moment as 0:03.0, as exactly as a list needs it."""
    tenths = round(seconds * 10)
    return f"{tenths // 600}:{tenths // 10 % 60:02}.{tenths % 10}"


def keys_line() -> str:
    """Say which keys do what."""
    return _(
        "Space next sentence · Enter hear it again · A accept · R redo · N note · S other sound · "
        "P loop the sentence · Z mouth · V view · K play · , . frame by frame"
    )
