from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from redub.paths import resource
from redub.ui.icons import icon, names, picture
from redub.ui.theme import colour
from redub.ui.theme.tokens import load


@pytest.mark.parametrize("name", names())
def test_icon__is_drawn_in_the_house_style(name: str) -> None:
    source = resource("icons", f"{name}.svg").read_text("utf-8")
    drawn = ElementTree.fromstring(source)

    assert drawn.get("viewBox") == "0 0 24 24"
    assert (drawn.get("stroke-width"), drawn.get("stroke")) == ("1.75", "currentColor")
    assert (drawn.get("stroke-linecap"), drawn.get("stroke-linejoin")) == ("round", "round")
    assert re.findall(r"#[0-9a-fA-F]{3,8}", source) == []
    assert QSvgRenderer(source.encode()).isValid()


def test_icon__shows_something_in_the_asked_colour(qapp: QApplication) -> None:
    image = picture("play", 32, "accent").toImage()

    colours = {
        image.pixelColor(x, y).name()
        for x in range(32)
        for y in range(32)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert colours == {colour("accent").name()}


def test_icon__is_grey_when_disabled(qapp: QApplication) -> None:
    disabled = icon("pause").pixmap(QSize(24, 24), QIcon.Mode.Disabled).toImage()

    middle = disabled.pixelColor(8, 12)
    assert middle.name() == colour("faint").name()


def test_icon__copies_outlive_their_original(qapp: QApplication) -> None:
    copies = [QIcon(icon(name)) for name in names()]

    assert not any(copy.pixmap(16, 16).isNull() for copy in copies)


def test_picture__has_the_density_of_the_screen(qapp: QApplication) -> None:
    made = picture("save", 16, ratio=2.0)

    assert (made.width(), made.deviceIndependentSize().width()) == (32, 16)


def test_roles__are_tokens() -> None:
    assert {"text", "quiet", "faint", "accent", "on_accent", "error", "warning", "ok", "info"} <= (
        load("dark").colours.keys()
    )
