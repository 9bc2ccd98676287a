"""What a shot holds, and what differs between two, in a creator's words."""

from __future__ import annotations

from redub.core.shot import DriverType, Shot, Take

Part = tuple[str, str]
"""A part of a shot that differs: its kind ("reference", "segment", "stills", "letters", "take", "added", "removed"),
and the take's name where it is one."""


def spoken_signs(shot: Shot) -> int:
    """Return how many characters the scripts of all takes have together, marks included."""
    return sum(len(take.script) for take in shot.takes if take.driver is DriverType.TEXT)


def differences(old: Shot, new: Shot) -> tuple[Part, ...]:
    """Return the parts of `new` that differ from `old`, in the order of the window."""
    whole = (
        ("reference", old.reference != new.reference),
        ("segment", old.selection != new.selection),
        ("stills", old.still_intervals != new.still_intervals),
        ("letters", old.letters != new.letters),
    )
    return tuple((kind, "") for kind, differs in whole if differs) + _takes(old, new)


def _takes(old: Shot, new: Shot) -> tuple[Part, ...]:
    before: dict[str, Take] = {take.id: take for take in old.takes}
    now = {take.id for take in new.takes}
    changed = [
        ("take" if take.id in before else "added", take.name)
        for take in new.takes
        if before.get(take.id) != take
    ]
    return (*changed, *(("removed", take.name) for take in old.takes if take.id not in now))
