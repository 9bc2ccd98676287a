"""The theme of the running program: which one the creator chose, and putting it on."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from redub.ui.theme.palette import palette
from redub.ui.theme.stylesheet import stylesheet
from redub.ui.theme.tokens import Tokens, load, put_in_force, scale

_FAMILIES = ("Inter", "Segoe UI Variable Text", "Segoe UI", "SF Pro Text", "Cantarell", "Noto Sans", "Ubuntu")


class ThemeChoice(StrEnum):
    """What the creator chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """The look of every window; follows the system where the creator chose so.

    Signals: `changed` after another theme was put on.
    """

    changed = Signal()

    def __init__(self, app: QApplication, choice: ThemeChoice = ThemeChoice.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._choice = choice
        self._worn: Tokens | None = None
        app.setStyle("Fusion")
        app.setFont(_font(app.font()))
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self._put_on()

    @property
    def choice(self) -> ThemeChoice:
        """Return what the creator chose."""
        return self._choice

    def choose(self, choice: ThemeChoice) -> None:
        """Wear another theme."""
        self._choice = choice
        self._put_on()

    def _on_system_changed(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._put_on()

    def _wanted(self) -> Tokens:
        if self._choice is not ThemeChoice.SYSTEM:
            return load(self._choice.value)
        light = self._app.styleHints().colorScheme() is Qt.ColorScheme.Light
        return load("light" if light else "dark")

    def _put_on(self) -> None:
        tokens = self._wanted()
        if tokens is self._worn:
            return
        self._worn = tokens
        put_in_force(tokens)
        self._app.setPalette(palette(tokens))
        self._app.setStyleSheet(stylesheet(tokens))
        self.changed.emit()


def _font(system: QFont) -> QFont:
    """Return a calm interface font in the body size: a known good one where it is, else the system's."""
    font = QFont(system)
    font.setFamilies([*_FAMILIES, *system.families()])
    font.setPixelSize(scale().type.body)
    return font
