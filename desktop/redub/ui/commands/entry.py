"""A command as it stands in a list to choose from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One command as it is now.

    :ivar where: the menu that it stands in
    :ivar keys: its keys as they are shown, "" for none
    :ivar reason: why it is not possible now, "" when it is
    """

    id: str
    text: str
    where: str
    icon: str = ""
    keys: str = ""
    reason: str = ""
