"""Which keys stand for which command: the defaults of the table, and what the person has changed.

Keys are texts in one spelling ("Ctrl+Shift+X", Qt's portable one); what they mean is none of this module's business.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

Keys = tuple[str, ...]
Keymap = Mapping[str, Keys]
"""Keys by the id of their command; a command without keys has ()."""


def merged(defaults: Keymap, changes: Keymap) -> dict[str, Keys]:
    """Return the keys in force: `changes` over `defaults`; changes of commands that are no more do not count."""
    return {command: tuple(changes.get(command, keys)) for command, keys in defaults.items()}


def changes_of(defaults: Keymap, keymap: Keymap) -> dict[str, Keys]:
    """Return what of `keymap` differs from `defaults`: all that has to be kept."""
    return {command: keys for command, keys in keymap.items() if keys != defaults.get(command)}


def conflicts(keymap: Keymap) -> dict[str, tuple[str, ...]]:
    """Return the keys that stand for more than one command, with the ids of those commands."""
    users: dict[str, list[str]] = defaultdict(list)
    for command, keys in keymap.items():
        for key in dict.fromkeys(keys):
            users[key].append(command)
    return {key: tuple(commands) for key, commands in users.items() if len(commands) > 1}


def with_keys(keymap: Keymap, command: str, keys: Keys) -> dict[str, Keys]:
    """Return `keymap` with other keys for `command`."""
    return {**keymap, command: keys}


def taken_from_others(keymap: Keymap, command: str) -> dict[str, Keys]:
    """Return `keymap` in which no other command has a key of `command`."""
    own = set(keymap.get(command, ()))
    return {
        other: keys if other == command else tuple(key for key in keys if key not in own)
        for other, keys in keymap.items()
    }
