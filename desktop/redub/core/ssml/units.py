"""Names of units of measure, with their powers: "km", "m²"; each language brings its own words."""

from __future__ import annotations

from collections.abc import Mapping


def named_unit(unit: str, names: Mapping[str, str], powers: Mapping[str, str]) -> str:
    """Return the word for `unit`, the word of its power before it; `unit` itself when it is not known."""
    known = names.get(unit.lower())
    if known:
        return known
    power = powers.get(unit[-1:], "")
    root = names.get(unit[:-1].lower())
    return power + root if power and root else unit
