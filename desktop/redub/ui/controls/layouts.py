"""Layouts with the distances of the scale."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from redub.ui.theme import scale

Box = TypeVar("Box", bound=QBoxLayout)


def column(parent: QWidget | None = None, *, margin: int = 0, gap: int | None = None) -> QVBoxLayout:
    """Return a vertical layout: `margin` all around, `gap` (small by default) between."""
    made = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    return _spaced(made, margin, gap)


def row(parent: QWidget | None = None, *, margin: int = 0, gap: int | None = None) -> QHBoxLayout:
    """Return a horizontal layout: `margin` all around, `gap` (small by default) between."""
    made = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    return _spaced(made, margin, gap)


def _spaced(box: Box, margin: int, gap: int | None) -> Box:
    box.setContentsMargins(margin, margin, margin, margin)
    box.setSpacing(scale().space.small if gap is None else gap)
    return box


def widgets(layout: QLayout) -> Iterator[QWidget]:
    """Yield the widgets of `layout` in their order."""
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget = item.widget() if item is not None else None
        if widget is not None:
            yield widget


def clear(layout: QLayout) -> None:
    """Take everything out of `layout` and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
