"""The palette: a button for every mark that the service knows."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from redub.core.ssml.vocabulary import TAGS
from redub.i18n import _
from redub.ui.icons import icon
from redub.ui.script.labels import look
from redub.ui.theme import scale


class TagPalette(QWidget):
    """Signals.

    `wanted` with a tag; `source_picked` (bool) to see the script as it is sent; `pause_picked` (bool) for line breaks.
    """

    wanted = Signal(str)
    source_picked = Signal(bool)
    pause_picked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        self._buttons = {tag: self._tag_button(tag) for tag in TAGS}
        for button in self._buttons.values():
            line.addWidget(button)
        line.addStretch(1)
        self._more = self._more_button()
        line.addWidget(self._more)
        self.source = QToolButton(self)
        self.source.setText(_("Source"))
        self.source.setCheckable(True)
        self.source.setToolTip(_("Show the script exactly as it is sent (InputSsml)"))
        self.source.toggled.connect(self.source_picked)
        line.addWidget(self.source)

    def button(self, tag: str) -> QToolButton:
        """Return the button of one mark."""
        return self._buttons[tag]

    def _tag_button(self, tag: str) -> QToolButton:
        rule, button = TAGS[tag], QToolButton(self)
        looks = look(tag)
        side = scale().control.icon + 2
        button.setIcon(icon(looks.icon, looks.tone))
        button.setIconSize(QSize(side, side))
        button.setFixedSize(QSize(30, 28))
        button.setToolTip(f"{rule.label}: {rule.sentence}")
        button.setAccessibleName(rule.label)
        button.setAccessibleDescription(rule.sentence)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.wanted.emit(tag))
        return button

    def _more_button(self) -> QToolButton:
        button, menu = QToolButton(self), QMenu(self)
        action = menu.addAction(_("Line breaks become a pause of 0.5 s"))
        action.setCheckable(True)
        action.toggled.connect(self.pause_picked)
        button.setIcon(icon("more"))
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolTip(_("What line breaks become when they are typed or pasted"))
        button.setAccessibleName(_("Line breaks"))
        return button
