"""The About box shows exactly what runs, and gives it away to be pasted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from redub import __version__
from redub.ui.help import AboutDialog
from redub.ui.qtversion import qt_version


@pytest.fixture
def about(qtbot: QtBot) -> Iterator[AboutDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    yield AboutDialog(["Qt 6.8", "libvlc 3.0"], parent)  # noqa: PT022 - returned, the parent would go, and the dialog with it


def test_about__shows_the_program_its_icon_and_every_part(about: AboutDialog) -> None:
    labels = about.findChildren(QLabel)

    assert f"Redub {__version__}\nQt 6.8\nlibvlc 3.0" in [label.text() for label in labels]
    assert any(not label.pixmap().isNull() for label in labels)


def test_about__copies_what_it_shows(about: AboutDialog) -> None:
    (copy,) = [button for button in about.findChildren(QPushButton) if button.text() == "Copy"]

    copy.click()

    assert QGuiApplication.clipboard().text().endswith("libvlc 3.0")


def test_qt__is_asked_for_its_version() -> None:
    window = qt_version()

    assert window is not None
    assert window.qt.startswith("6.")
