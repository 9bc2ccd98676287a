"""Commands of the Take menu that judge what was made."""

from __future__ import annotations

from redub.i18n import N_
from redub.ui.commands.command import Command, Menu
from redub.ui.commands.situation import needs_result

REVIEW = (
    Command(
        id="take.review",
        text=N_("Review…"),
        menu=Menu.TAKE,
        icon="check",
        shortcuts=("Ctrl+R",),
        possible=needs_result,
        starts_group=True,
        do=lambda desk: desk.review.open(),
    ),
)
