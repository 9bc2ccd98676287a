"""Presets: marks with their settings under a name of the creator's own, such as a long pause or a firm's name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from redub.core.errors import UserError
from redub.core.ssml.vocabulary import TAGS

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Preset:
    """One mark with its settings; its name is unique."""

    name: str
    tag: str
    settings: tuple[tuple[str, str], ...] = ()


def with_preset(presets: Iterable[Preset], preset: Preset) -> tuple[Preset, ...]:
    """Return `presets` with `preset` among them, in place of the one of the same name.

    :raises UserError: it has no name, or its mark is none of ours
    """
    name = preset.name.strip()[:LONGEST_NAME]
    if not name or preset.tag not in TAGS:
        raise UserError("This cannot be saved as a preset.", next_step="Give it a name of its own.")
    others = (one for one in presets if one.name != name)
    return (*others, Preset(name, preset.tag, preset.settings))


def without_preset(presets: Iterable[Preset], name: str) -> tuple[Preset, ...]:
    """Return `presets` without the one called `name`."""
    return tuple(one for one in presets if one.name != name)
