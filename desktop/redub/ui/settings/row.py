"""One setting in the dialog: its name, its control, its sentence, what is wrong with it, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from redub.i18n import _
from redub.store.settings import Declaration, Value
from redub.ui.controls.buttons import tool_button
from redub.ui.controls.layouts import column, row
from redub.ui.controls.words import label
from redub.ui.settings.editors import SwitchEditor, editor_for
from redub.ui.theme import scale


class SettingRow(QWidget):
    """A setting that can be changed; what is not allowed is said in place, and not passed on.

    Signals: `changed` with the setting's name and its new value.
    """

    changed = Signal(str, object)

    def __init__(self, declared: Declaration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.declared = declared
        self._value: Value = declared.default
        space = scale().space
        whole = column(self, gap=space.hair)
        head = row()
        self.editor = editor_for(declared)
        self.editor.setAccessibleName(_(declared.title))
        self.editor.setAccessibleDescription(_(declared.sentence))
        if not isinstance(self.editor, SwitchEditor):
            name = label(_(declared.title))
            name.setBuddy(self.editor)
            head.addWidget(name)
        else:
            head.addWidget(self.editor)
        head.addStretch(1)
        back = _("Back to the default: {what}").format(what=_(declared.title))
        self._reset = tool_button("undo", back, self._on_reset)
        policy = self._reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._reset.setSizePolicy(policy)
        head.addWidget(self._reset)
        whole.addLayout(head)
        if not isinstance(self.editor, SwitchEditor):
            whole.addWidget(self.editor)
        whole.addWidget(label(self._sentence(), "caption", wrap=True))
        self._fault = label("", "error", wrap=True)
        self._fault.hide()
        whole.addWidget(self._fault)
        self.editor.picked.connect(self._on_picked)
        self.show_value(declared.default)

    @property
    def fault(self) -> str:
        """Return what is wrong with what was entered, or ""."""
        return self._fault.text()

    @property
    def spoken(self) -> str:
        """Return all words of the setting, for the search."""
        declared = self.declared
        return " ".join((_(declared.title), _(declared.sentence), declared.name)).casefold()

    def show_value(self, value: Value) -> None:
        """Show a value that counts now."""
        self._value = value
        self.editor.show_value(value)
        self._reset.setVisible(value != self.declared.default)
        self.say("")

    def say(self, fault: str) -> None:
        """Say what is wrong with what was entered; "" takes it back."""
        self._fault.setText(fault)
        self._fault.setVisible(bool(fault))

    def _sentence(self) -> str:
        later = _("It counts from the next start on.") if self.declared.restart else ""
        return " ".join(part for part in (_(self.declared.sentence), later) if part)

    def _on_picked(self, value: Value) -> None:
        fault = self.declared.fault_of(value)
        self.say(_("Not saved: {why}").format(why=fault) if fault else "")
        if not fault and value != self._value:
            self._value = value
            self._reset.setVisible(value != self.declared.default)
            self.changed.emit(self.declared.name, value)

    def reset(self) -> None:
        """Go back to the default."""
        if self._value != self.declared.default:
            self.show_value(self.declared.default)
            self.changed.emit(self.declared.name, self.declared.default)

    def _on_reset(self) -> None:
        self.editor.setFocus()
        self.reset()
