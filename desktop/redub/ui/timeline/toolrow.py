"""The row of buttons over the lanes: mark start, end and still at the cursor, choose the make type, zoom."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from redub.core.shot import MakeType
from redub.i18n import _
from redub.ui.controls.buttons import tool_button
from redub.ui.controls.words import label


class ToolRow(QWidget):
    """Signals: `pressed` with the name of a command of the timeline, `make_type_picked` with a MakeType."""

    pressed = Signal(str)
    make_type_picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        self._make_type = self._chooser()
        line.addWidget(self._make_type)
        self._buttons: dict[str, QToolButton] = {}
        for sign, name, words in _MARKING:
            line.addWidget(self._button(sign, name, _(words)))
        self._hint = label("", "error", wrap=True)
        line.addSpacing(8)
        line.addWidget(self._hint, 1)
        for sign, name, words in _ZOOMING:
            line.addWidget(self._button(sign, name, _(words)))

    def _chooser(self) -> QComboBox:
        chooser = QComboBox(self)
        for make_type, words, sentence in _MAKE_TYPES:
            chooser.addItem(_(words), make_type)
            chooser.setItemData(chooser.count() - 1, _(sentence), Qt.ItemDataRole.ToolTipRole)
        chooser.setAccessibleName(_("Which part of the clip is used"))
        chooser.setToolTip(_("Which part of the clip is used (MakeType)"))
        chooser.activated.connect(lambda index: self.make_type_picked.emit(MakeType(chooser.itemData(index))))
        return chooser

    def _button(self, sign: str, name: str, words: str) -> QToolButton:
        button = tool_button(sign, words, lambda: self.pressed.emit(name))
        self._buttons[name] = button
        return button

    def show_make_type(self, make_type: MakeType) -> None:
        """Show which part is used."""
        self._make_type.setCurrentIndex(max(0, self._make_type.findData(make_type)))

    def say(self, words: str) -> None:
        """Show between the buttons what is wrong, or nothing."""
        self._hint.setText(words)
        self._hint.setToolTip(words)

    def enable(self, ready: bool, can_remove: bool) -> None:
        """Grey what cannot be done."""
        self._make_type.setEnabled(ready)
        for name, button in self._buttons.items():
            button.setEnabled(ready and (can_remove or name != "remove"))


_MAKE_TYPES = (
    (MakeType.DEFAULT, "Whole clip", "Default: the result begins at the start of the clip."),
    (MakeType.CUSTOM, "Segment", "Custom: from the start to the end that you pick, longer than 5 s."),
    (
        MakeType.CUSTOM_ONLY_START,
        "From a start on",
        "CustomOnlyStart: from the start that you pick, there and back.",
    ),
    (MakeType.CIRCLE, "Circle", "Circle: the result ends on the frame that it began with."),
)
_MARKING = (
    ("cut-start", "start_here", "Start the segment at the cursor (I)"),
    ("cut-end", "end_here", "End the segment at the cursor (O)"),
    ("still", "still_here", "Mark a still interval at the cursor (X)"),
    ("remove", "remove", "Remove the still interval that is chosen or under the cursor (Delete)"),
)
_ZOOMING = (
    ("zoom-out", "zoom_out", "Show more of the clip (-)"),
    ("zoom-in", "zoom_in", "Show less of the clip (+)"),
    ("zoom-fit", "fit", "Show the whole clip (F)"),
    ("zoom-segment", "fit_segment", "Show the segment (Shift+F)"),
)
