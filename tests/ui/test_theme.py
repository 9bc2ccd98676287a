from __future__ import annotations

import json
import re
from string import Template

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from redub.paths import resource
from redub.ui.theme import Theme, ThemeChoice, colour, load
from redub.ui.theme.contrast import CONTRASTS, ratio, too_weak
from redub.ui.theme.palette import palette
from redub.ui.theme.stylesheet import stylesheet

THEMES = ("dark", "light")


@pytest.mark.parametrize("name", THEMES)
def test_contrast__every_pair_meets_wcag_aa(name: str) -> None:
    assert too_weak(load(name)) == []


def test_contrast__of_known_colours() -> None:
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_tokens__both_themes_name_the_same_colours() -> None:
    dark, light = (load(name).colours for name in THEMES)

    assert dark.keys() == light.keys()


@pytest.mark.parametrize("name", THEMES)
def test_tokens__are_plain_colours(name: str) -> None:
    assert [value for value in load(name).colours.values() if not re.fullmatch(r"#[0-9a-f]{6}", value)] == []


def test_contrasts__name_only_tokens() -> None:
    named = {name for front, ground, _needed in CONTRASTS for name in (front, ground)}

    assert named <= load("dark").colours.keys()


@pytest.mark.parametrize("name", THEMES)
def test_stylesheet__every_placeholder_is_filled_and_every_image_is_there(name: str) -> None:
    made = stylesheet(load(name))

    assert "${" not in made
    assert [path for path in re.findall(r'url\("([^"]+)"\)', made) if not resource(path).exists()] == []


def test_stylesheet__has_no_colours_of_its_own() -> None:
    template = resource("theme", "style.qss").read_text("utf-8")

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", template) == []
    assert Template(template).is_valid()


def test_palette__highlight_can_be_read() -> None:
    made = palette(load("light"))

    assert made.color(QPalette.ColorRole.Highlight) == QColor(load("light").colours["accent_fill"])


def test_theme__chosen_one_is_in_force(qapp: QApplication) -> None:
    theme = Theme(qapp, ThemeChoice.DARK)

    theme.choose(ThemeChoice.LIGHT)

    assert colour("panel") == QColor(load("light").colours["panel"])
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(load("light").colours["panel"])
    theme.choose(ThemeChoice.DARK)
    theme.deleteLater()


def test_scale__grows() -> None:
    space = json.loads(resource("theme", "scale.json").read_text("utf-8"))["space"]

    assert list(space.values()) == [4, 8, 12, 16, 24]
