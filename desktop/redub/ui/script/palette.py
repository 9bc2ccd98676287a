"""The palette: a button for every mark that the service knows, presets, and what line breaks become."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from redub.core.ssml.presets import Preset
from redub.core.ssml.vocabulary import TAGS
from redub.i18n import _
from redub.ui.icons import icon
from redub.ui.script.labels import look
from redub.ui.script.linebreaks import LINE_BREAKS, line_break_words
from redub.ui.script.markbutton import MarkButton


class TagPalette(QWidget):
    """Signals.

    `wanted` with a tag; `preset_wanted` and `preset_unwanted` with a `Preset`; `source_picked` (bool) to see the
    script as it is sent; `both_picked` (bool) for both views; `line_breaks_picked` with a row of `LINE_BREAKS`;
    `mark_dragged` and `mark_dropped` with a tag and a place on the screen; `list_wanted` to find a mark by typing.
    """

    wanted = Signal(str)
    preset_wanted = Signal(object)
    preset_unwanted = Signal(object)
    source_picked = Signal(bool)
    both_picked = Signal(bool)
    line_breaks_picked = Signal(str)
    list_wanted = Signal()
    mark_dragged = Signal(str, QPoint)
    mark_dropped = Signal(str, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        self._buttons = {tag: self._tag_button(tag, place) for place, tag in enumerate(TAGS, 1)}
        for button in self._buttons.values():
            line.addWidget(button)
        line.addStretch(1)
        self._presets = QMenu(_("Presets"), self)
        self._line_breaks = QMenu(_("Line breaks become"), self)
        self.both = QAction(_("Show script and source together (Ctrl+Shift+U)"), self)
        self.both.setCheckable(True)
        self.both.toggled.connect(self.both_picked)
        self._rows = self._line_break_rows()
        line.addWidget(self._more_button())
        self.source = QToolButton(self)
        self.source.setText(_("Source"))
        self.source.setCheckable(True)
        self.source.setToolTip(_("Show the script exactly as it is sent (InputSsml, Ctrl+U)"))
        self.source.toggled.connect(self.source_picked)
        line.addWidget(self.source)
        self.show_presets(())

    def button(self, tag: str) -> QToolButton:
        """Return the button of one mark."""
        return self._buttons[tag]

    def _tag_button(self, tag: str, place: int) -> QToolButton:
        button = MarkButton(tag, f"Alt+{place}", self)
        button.clicked.connect(lambda: self.wanted.emit(tag))
        button.dragged.connect(self.mark_dragged)
        button.dropped.connect(self.mark_dropped)
        return button

    def _more_button(self) -> QToolButton:
        button, menu = QToolButton(self), QMenu(self)
        menu.addAction(_("Find a mark or preset… (Ctrl+M)"), self.list_wanted.emit)
        menu.addMenu(self._presets)
        menu.addSeparator()
        menu.addMenu(self._line_breaks)
        menu.addAction(self.both)
        button.setIcon(icon("more"))
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolTip(_("Presets, views, and what line breaks become"))
        button.setAccessibleName(_("More about marks"))
        return button

    def _line_break_rows(self) -> dict[str, QAction]:
        group, rows = QActionGroup(self), dict[str, QAction]()
        for row in LINE_BREAKS:
            action = self._line_breaks.addAction(line_break_words(row))
            action.setCheckable(True)
            action.triggered.connect(partial(self._pick_line_breaks, row))
            group.addAction(action)
            rows[row] = action
        return rows

    def _pick_line_breaks(self, row: str, _on: bool = False) -> None:
        self.line_breaks_picked.emit(row)

    def show_line_breaks(self, row: str) -> None:
        """Show what line breaks become."""
        self._rows[row].setChecked(True)

    def show_presets(self, presets: Sequence[Preset]) -> None:
        """Offer the presets."""
        self._presets.clear()
        for one in presets:
            picture = icon(look(one.tag).icon, look(one.tag).tone)
            self._presets.addAction(picture, one.name, partial(self.preset_wanted.emit, one))
        if presets:
            self._presets.addSeparator()
            removing = self._presets.addMenu(_("Remove a preset"))
            for one in presets:
                removing.addAction(one.name, partial(self.preset_unwanted.emit, one))
        else:
            empty = self._presets.addAction(
                _("Set a mark, and keep its settings with the disk beside its name.")
            )
            empty.setEnabled(False)
