"""A command: what it is called, when it is possible, and what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from redub.i18n import N_
from redub.ui.commands.desk import Desk
from redub.ui.commands.situation import Situation


class Menu(StrEnum):
    """The menus, in their order; the values are their English titles."""

    FILE = N_("&File")
    EDIT = N_("&Edit")
    MARK = N_("&Mark")
    PLAY = N_("&Play")
    SCRIPT = N_("S&cript")
    TAKE = N_("&Take")
    SERVICE = N_("&Service")
    VIEW = N_("&View")
    HELP = N_("&Help")


def always(situation: Situation) -> str:
    """Say that a command is always possible."""
    del situation
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One row of the table.

    :ivar id: stays the same in settings and shortcuts, "family.verb"
    :ivar text: what the menu says (English; translated when shown)
    :ivar icon: an icon of `resources/icons`, or ""
    :ivar shortcuts: Qt's notation; the first is shown
    :ivar possible: why it is not possible now, as a sentence; "" when it is
    :ivar name: another text for the situation ("Undo Move segment"), "" for `text`
    :ivar chosen: for commands that are a choice: whether it is the present one
    :ivar starts_group: a line stands before it in the menu
    """

    id: str
    text: str
    menu: Menu
    do: Callable[[Desk], object]
    icon: str = ""
    shortcuts: tuple[str, ...] = ()
    possible: Callable[[Situation], str] = always
    name: Callable[[Situation], str] | None = None
    chosen: Callable[[Situation], bool] | None = None
    starts_group: bool = False
