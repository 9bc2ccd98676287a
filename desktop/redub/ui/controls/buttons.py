"""Buttons in the roles that the stylesheet knows, with an icon and a name that is read out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from redub.ui.icons import icon
from redub.ui.theme import scale

ButtonRole = Literal["", "primary", "flat", "link", "small"]


def push_button(
    text: str,
    do: Callable[[], object] | None = None,
    *,
    role: ButtonRole = "",
    sign: str = "",
    parent: QWidget | None = None,
) -> QPushButton:
    """Return a button with words; `sign` names an icon before them."""
    made = QPushButton(text, parent)
    made.setProperty("role", role)
    made.setAccessibleName(text)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if sign:
        made.setIcon(icon(sign, "on_accent" if role == "primary" else "text"))
    if do is not None:
        made.clicked.connect(lambda: do())
    return made


def tool_button(
    sign: str,
    name: str,
    do: Callable[[], object] | None = None,
    *,
    parent: QWidget | None = None,
) -> QToolButton:
    """Return a button with only an icon; `name` is its tooltip and what is read out."""
    made = QToolButton(parent)
    made.setIcon(icon(sign))
    side = scale().control.icon
    made.setIconSize(QSize(side, side))
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if do is not None:
        made.clicked.connect(lambda: do())
    return made
