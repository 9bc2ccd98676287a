"""The command table: menus, shortcuts, buttons and the keyboard page are made from it.

To add a command: 1. put a `Command` into the family it belongs to (`commands/file.py`, `edit.py`, `mark.py` …);
2. if it does something new, add the verb to the family's protocol in `verbs.py` and to its class in `redub.ui.verbs`;
3. say in `possible` when it cannot be done, as a sentence; the tests check ids, shortcuts and icons.
"""

from __future__ import annotations

from redub.ui.commands.actions import CommandActions
from redub.ui.commands.command import Command, Menu
from redub.ui.commands.desk import Desk
from redub.ui.commands.situation import Situation
from redub.ui.commands.table import COMMANDS

__all__ = ["COMMANDS", "Command", "CommandActions", "Desk", "Menu", "Situation"]
