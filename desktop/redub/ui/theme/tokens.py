"""The theme's tokens: colours, distances, radii and type sizes, read from `resources/theme/*.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QColor

from redub.paths import resource


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme, by name.

    :ivar name: file name without ending
    :ivar is_dark: whether text is lighter than its ground
    """

    name: str
    is_dark: bool
    colours: Mapping[str, str]

    def colour(self, name: str, alpha: float = 1.0) -> QColor:
        """Return the colour `name`, `alpha` from 0 (clear) to 1; KeyError names an unknown one."""
        value = QColor(self.colours[name])
        value.setAlphaF(alpha)
        return value


@dataclass(frozen=True, slots=True)
class Space:
    """The five distances, in device-independent pixels."""

    hair: int
    small: int
    medium: int
    large: int
    wide: int


@dataclass(frozen=True, slots=True)
class Type:
    """The five type sizes, in device-independent pixels."""

    caption: int
    body: int
    strong: int
    title: int
    display: int


@dataclass(frozen=True, slots=True)
class Control:
    """Heights of controls and signs, in device-independent pixels."""

    height: int
    icon: int
    target: int


@dataclass(frozen=True, slots=True)
class Radius:
    """How round corners are, in device-independent pixels."""

    small: int
    medium: int
    large: int


@dataclass(frozen=True, slots=True)
class Scale:
    """What is the same in every theme."""

    space: Space
    radius: Radius
    type: Type
    control: Control


@cache
def load(name: str) -> Tokens:
    """Read the theme `name` ("dark", "light")."""
    content = json.loads(resource("theme", f"{name}.json").read_text("utf-8"))
    return Tokens(name, content["base"] == "dark", content["colours"])


@cache
def scale() -> Scale:
    """Read the scale that every theme shares."""
    content = json.loads(resource("theme", "scale.json").read_text("utf-8"))
    return Scale(
        Space(**content["space"]),
        Radius(**content["radius"]),
        Type(**content["type"]),
        Control(**content["control"]),
    )


class _InForce:
    """Which tokens are painted with: set by `Theme`, read by whatever paints."""

    tokens: Tokens | None = None


def current() -> Tokens:
    """Return the tokens in force; the dark ones before a theme was applied."""
    return _InForce.tokens or load("dark")


def put_in_force(tokens: Tokens) -> None:
    """Let everything that paints use `tokens` from now on."""
    _InForce.tokens = tokens


def colour(name: str, alpha: float = 1.0) -> QColor:
    """Return the colour `name` of the theme in force."""
    return current().colour(name, alpha)
