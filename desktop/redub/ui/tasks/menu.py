"""What can be done with the chosen tasks, as a menu: only what makes sense for all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from redub.i18n import _
from redub.ui.icons import icon

SEPARATOR = "-"
ORDER = (
    "play",
    "review",
    "folder",
    "details",
    SEPARATOR,
    "it_was_made",
    "send_again",
    "give_up",
    "retry",
    "submit_again",
    SEPARATOR,
    "first",
    "later",
    "hold",
    "release",
    "pause_queue",
    "resume_queue",
    "withdraw",
    SEPARATOR,
    "copy_json",
    "copy_curl",
    SEPARATOR,
    "relocate",
    "forget",
)
_ICONS = {
    "play": "play",
    "review": "check",
    "folder": "folder",
    "details": "info",
    "retry": "retry",
    "submit_again": "make",
    "send_again": "make",
    "copy_json": "copy",
    "relocate": "search",
    "forget": "remove",
}


def deed_word(name: str) -> str:
    """Say what a deed is."""
    return {
        "play": _("Play the result"),
        "review": _("Review…"),
        "folder": _("Show in its folder"),
        "details": _("Everything about it…"),
        "it_was_made": _("It was made: give its TaskId…"),
        "send_again": _("Send it again (it may be paid twice)…"),
        "give_up": _("Give it up"),
        "retry": _("Try now"),
        "submit_again": _("Make the same again…"),
        "first": _("Send it before the others"),
        "later": _("Send it later…"),
        "pause_queue": _("Pause the queue of this account"),
        "resume_queue": _("Let the queue of this account go on"),
        "hold": _("Keep it back"),
        "release": _("Let it be sent"),
        "withdraw": _("Take it out of the queue"),
        "copy_json": _("Copy as JSON"),
        "copy_curl": _("Copy as cURL"),
        "relocate": _("Say where the video is now…"),
        "forget": _("Take off the list"),
    }[name]


def deeds_menu(parent: QWidget, possible: frozenset[str], do: Callable[[str], object]) -> QMenu:
    """Return a menu of the deeds in `possible`; `do` is told which one is wanted."""
    menu = QMenu(parent)
    for name in ORDER:
        if name == SEPARATOR:
            menu.addSeparator()
        elif name in possible:
            action = QAction(deed_word(name), menu)
            if name in _ICONS:
                action.setIcon(icon(_ICONS[name]))
            action.triggered.connect(partial(_tell, do, name))
            menu.addAction(action)
    return menu


def _tell(do: Callable[[str], object], name: str, _checked: bool = False) -> None:
    do(name)
