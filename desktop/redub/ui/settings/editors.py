"""The control for one setting, by what it is: a switch, a list, a number, a text, a folder or a file.

To add a kind: 1. write a widget with `show_value` and the signal `picked`; 2. put it into AnyEditor and
`editor_for`.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QFileDialog, QLineEdit, QSpinBox, QWidget

from redub.i18n import _
from redub.store.settings import Declaration, Value
from redub.ui.controls.buttons import push_button
from redub.ui.controls.layouts import row
from redub.ui.controls.wheel import only_with_focus
from redub.ui.settings.words import choice_word

_MOST = 2_000_000_000


class SwitchEditor(QCheckBox):
    """On or off. Signal: `picked` with the bool."""

    picked = Signal(object)

    def __init__(self, declared: Declaration, parent: QWidget | None = None) -> None:
        super().__init__(_(declared.title), parent)
        self.clicked.connect(lambda: self.picked.emit(self.isChecked()))

    def show_value(self, value: Value) -> None:
        """Show on or off."""
        self.setChecked(bool(value))


class ChoiceEditor(QComboBox):
    """One of a few. Signal: `picked` with the value's own word."""

    picked = Signal(object)

    def __init__(self, declared: Declaration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for name in declared.choices:
            self.addItem(choice_word(name), name)
        only_with_focus(self)
        self.activated.connect(lambda place: self.picked.emit(self.itemData(place)))

    def show_value(self, value: Value) -> None:
        """Show which one."""
        self.setCurrentIndex(self.findData(value))


class WholeEditor(QSpinBox):
    """A whole number. Signal: `picked` with the int."""

    picked = Signal(object)

    def __init__(self, declared: Declaration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        low, high = declared.low, declared.high
        self.setRange(int(low if low is not None else -_MOST), int(high if high is not None else _MOST))
        self.setKeyboardTracking(False)
        only_with_focus(self)
        self.valueChanged.connect(self.picked.emit)

    def show_value(self, value: Value) -> None:
        """Show the number."""
        blocked = self.blockSignals(True)
        self.setValue(int(value))
        self.blockSignals(blocked)


class NumberEditor(QDoubleSpinBox):
    """A number. Signal: `picked` with the float."""

    picked = Signal(object)

    def __init__(self, declared: Declaration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDecimals(1)
        low, high = declared.low, declared.high
        self.setRange(low if low is not None else -_MOST, high if high is not None else _MOST)
        self.setKeyboardTracking(False)
        only_with_focus(self)
        self.valueChanged.connect(self.picked.emit)

    def show_value(self, value: Value) -> None:
        """Show the number."""
        blocked = self.blockSignals(True)
        self.setValue(float(value))
        self.blockSignals(blocked)


class TextEditor(QLineEdit):
    """A line of text, taken when it is left or Return is pressed. Signal: `picked` with the str."""

    picked = Signal(object)

    def __init__(self, declared: Declaration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.setClearButtonEnabled(True)
        if declared.form == "address":
            self.setPlaceholderText("https://")
        self.editingFinished.connect(self._on_finished)

    def show_value(self, value: Value) -> None:
        """Show the text from its beginning."""
        self._shown = str(value)
        if self.text() != self._shown:
            self.setText(self._shown)
            self.setCursorPosition(0)

    def _on_finished(self) -> None:
        typed = self.text().strip()
        if typed != self._shown:
            self._shown = typed
            self.picked.emit(typed)


class PathEditor(QWidget):
    """A folder or a file, typed or chosen. Signal: `picked` with the str."""

    picked = Signal(object)

    def __init__(self, declared: Declaration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_folder = declared.form == "folder"
        line = row(self)
        self._text = TextEditor(declared)
        self._text.setAccessibleName(_(declared.title))
        self._text.picked.connect(self.picked)
        line.addWidget(self._text, 1)
        choose = push_button(_("Choose…"), self._on_choose)
        choose.setAccessibleName(_("Choose: {what}").format(what=_(declared.title)))
        line.addWidget(choose)
        self.setFocusProxy(self._text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_value(self, value: Value) -> None:
        """Show the path."""
        self._text.show_value(value)

    def _on_choose(self) -> None:
        dialog = QFileDialog(self, self._text.accessibleName(), self._text.text())
        mode = QFileDialog.FileMode.Directory if self._is_folder else QFileDialog.FileMode.ExistingFile
        dialog.setFileMode(mode)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_chosen)
        dialog.open()

    def _on_chosen(self, path: str) -> None:
        self._text.show_value(path)
        self.picked.emit(path)


AnyEditor = SwitchEditor | ChoiceEditor | WholeEditor | NumberEditor | TextEditor | PathEditor


def editor_for(declared: Declaration) -> AnyEditor:
    """Return the control for a setting."""
    if declared.kind is bool:
        return SwitchEditor(declared)
    if declared.choices:
        return ChoiceEditor(declared)
    if declared.kind is int:
        return WholeEditor(declared)
    if declared.kind is float:
        return NumberEditor(declared)
    if declared.form in {"folder", "file"}:
        return PathEditor(declared)
    return TextEditor(declared)
