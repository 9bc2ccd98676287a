"""The line in which the keys of one command are pressed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QWidget

from redub.core.keymap import Keys
from redub.i18n import _
from redub.ui.commands import Command
from redub.ui.controls.buttons import push_button
from redub.ui.controls.layouts import column, row
from redub.ui.controls.words import label

_MOST_KEYS = 3


class KeyEntry(QWidget):
    """Shows one command; new keys are pressed into the field.

    Signals: `keys_wanted` (id, keys), `default_wanted` (id), `take_wanted` (id): no other command shall have its keys.
    """

    keys_wanted = Signal(str, object)
    default_wanted = Signal(str)
    take_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id, self._keys = "", Keys()
        whole = column(self)
        self._name = label("", "strong")
        whole.addWidget(self._name)
        line = row()
        self._field = QKeySequenceEdit()
        self._field.setMaximumSequenceLength(1)
        self._field.setAccessibleName(_("Press the keys"))
        self._field.setToolTip(_("Press the keys that shall stand for this command."))
        line.addWidget(self._field, 1)
        line.addWidget(push_button(_("Use"), self._use))
        line.addWidget(push_button(_("Add"), self._add))
        line.addWidget(push_button(_("None"), self._clear))
        line.addWidget(push_button(_("As delivered"), self._on_default))
        self._take = push_button(_("Take from others"), self._on_take)
        self._take.hide()
        line.addWidget(self._take)
        whole.addLayout(line)

    def show_command(self, command: Command, keys: Keys) -> None:
        """Show `command`, which has `keys`."""
        self._id, self._keys = command.id, keys
        self._name.setText(_(command.text).rstrip("…"))
        self._field.setKeySequence(QKeySequence(keys[0]) if keys else QKeySequence())

    def show_conflict(self, clashes: bool) -> None:
        """Offer to take the keys from others where they have them too."""
        self._take.setVisible(clashes)

    @property
    def _pressed(self) -> Keys:
        text = self._field.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        return (text,) if text else ()

    def _use(self) -> None:
        self.keys_wanted.emit(self._id, self._pressed)

    def _add(self) -> None:
        more = tuple(dict.fromkeys((*self._keys, *self._pressed)))
        self.keys_wanted.emit(self._id, more[-_MOST_KEYS:])

    def _clear(self) -> None:
        self.keys_wanted.emit(self._id, ())

    def _on_default(self) -> None:
        self.default_wanted.emit(self._id)

    def _on_take(self) -> None:
        self.take_wanted.emit(self._id)
