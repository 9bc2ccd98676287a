"""One option as a creator reads it: its name, the API page's name in grey, a control, a sentence, or why it is void."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from redub.ui.controls.layouts import clear, column, row
from redub.ui.controls.words import ApiName, label
from redub.ui.theme import scale


class OptionRow(QWidget):
    """A named control; `set_void` greys it and says why, an empty reason brings it back."""

    def __init__(
        self,
        title: str,
        api_name: str,
        control: QWidget,
        sentence: str = "",
        *,
        beside: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.api_name = api_name
        self._control = control
        whole = column(self, gap=scale().space.hair)
        head = row()
        if title:
            name = label(title)
            name.setBuddy(control)
            head.addWidget(name)
            if not control.accessibleName():
                control.setAccessibleName(title)
        if beside:
            head.addWidget(control)
        head.addWidget(ApiName(api_name), 1)
        whole.addLayout(head)
        if not beside:
            whole.addWidget(control)
        self._sentence = label(sentence, "caption", wrap=True)
        self._sentence.setVisible(bool(sentence))
        whole.addWidget(self._sentence)
        self._reason = label("", "void", wrap=True)
        self._reason.hide()
        whole.addWidget(self._reason)
        self._notes = column(gap=scale().space.hair)
        whole.addLayout(self._notes)
        control.setAccessibleDescription(sentence)

    @property
    def reason(self) -> str:
        """Return why the option has no effect, "" when it has."""
        return self._reason.text()

    def set_void(self, reason: str) -> None:
        """Grey the control and say why it has no effect here; "" makes it count again."""
        self._control.setEnabled(not reason)
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self._control.setAccessibleDescription(reason or self._sentence.text())

    def show_notes(self, notes: Sequence[QWidget]) -> None:
        """Show what there is to say about this option beneath it."""
        clear(self._notes)
        for note in notes:
            self._notes.addWidget(note)
            note.show()

    def take_focus(self) -> None:
        """Give the focus to the control, or to the first in it that takes it."""
        inside = (self._control, *self._control.findChildren(QWidget))
        for widget in inside:
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled():
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return
