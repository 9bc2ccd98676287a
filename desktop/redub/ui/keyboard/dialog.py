"""The dialog with every command and its keys, where they can be changed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QWidget

from redub.core.keymap import Keymap, Keys, conflicts, merged, taken_from_others, with_keys
from redub.i18n import _, ngettext
from redub.ui.commands import Command
from redub.ui.controls.buttons import push_button
from redub.ui.controls.layouts import column, row
from redub.ui.controls.words import label
from redub.ui.keyboard.keyentry import KeyEntry
from redub.ui.keyboard.keylist import KeyList
from redub.ui.theme import scale


class KeyboardDialog(QDialog):
    """Change the keys of `commands`; `keymap` is what was chosen, once the dialog was accepted.

    Signals: `import_wanted`, `export_wanted`: the person wants to read or write a file of keys.

    :param sets: the keys of other programs by their titles: what differs from our own
    """

    import_wanted = Signal()
    export_wanted = Signal()

    def __init__(
        self,
        parent: QWidget,
        commands: tuple[Command, ...],
        defaults: Keymap,
        keymap: Keymap,
        sets: Mapping[str, Keymap],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard"))
        self.resize(620, 640)
        self._defaults, self._sets = defaults, sets
        self.keymap: dict[str, Keys] = dict(keymap)
        space = scale().space
        whole = column(self, margin=space.large, gap=space.medium)
        whole.addLayout(self._head())
        self._list = KeyList(commands)
        self._list.chosen.connect(self._on_chosen)
        whole.addWidget(self._list, 1)
        self._entry = KeyEntry()
        self._entry.keys_wanted.connect(self._on_keys_wanted)
        self._entry.default_wanted.connect(self._on_default_wanted)
        self._entry.take_wanted.connect(self._on_take_wanted)
        whole.addWidget(self._entry)
        self._trouble = label("", "warning", wrap=True)
        whole.addWidget(self._trouble)
        whole.addLayout(self._buttons())
        self._refresh()
        self._list.choose_first()

    def _head(self) -> QHBoxLayout:
        line = row()
        search = QLineEdit()
        search.setPlaceholderText(_("Find a command or a key"))
        search.setAccessibleName(_("Find a command or a key"))
        search.setClearButtonEnabled(True)
        search.textChanged.connect(lambda typed: self._list.narrow(typed))
        line.addWidget(search, 1)
        self._set = QComboBox()
        self._set.setAccessibleName(_("Take over the keys of"))
        self._set.addItem(_("Keys of…"))
        self._set.addItem("Redub", {})
        for title, keys in self._sets.items():
            self._set.addItem(title, keys)
        self._set.activated.connect(self._on_set_chosen)
        line.addWidget(self._set)
        return line

    def _buttons(self) -> QHBoxLayout:
        line = row()
        line.addWidget(push_button(_("Import…"), self.import_wanted.emit))
        line.addWidget(push_button(_("Export…"), self.export_wanted.emit))
        line.addStretch(1)
        line.addWidget(push_button(_("Cancel"), self.reject))
        self._save = push_button(_("Save"), self.accept, role="primary")
        line.addWidget(self._save)
        return line

    def use(self, changes: Keymap) -> None:
        """Show the keys that `changes` over the defaults amount to."""
        self.keymap = merged(self._defaults, changes)
        self._refresh()

    def _on_set_chosen(self, place: int) -> None:
        changes = self._set.itemData(place)
        self._set.setCurrentIndex(0)
        if changes is not None:
            self.use(changes)

    def _on_chosen(self, command: Command) -> None:
        self._entry.show_command(command, self.keymap[command.id])

    def _on_keys_wanted(self, command: str, keys: Keys) -> None:
        self.keymap = with_keys(self.keymap, command, keys)
        self._refresh()

    def _on_default_wanted(self, command: str) -> None:
        self._on_keys_wanted(command, self._defaults[command])

    def _on_take_wanted(self, command: str) -> None:
        self.keymap = taken_from_others(self.keymap, command)
        self._refresh()

    def _refresh(self) -> None:
        found = conflicts(self.keymap)
        self._list.show_keys(self.keymap, found)
        chosen = self._list.command
        if chosen is not None:
            self._entry.show_command(chosen, self.keymap[chosen.id])
            self._entry.show_conflict(any(chosen.id in users for users in found.values()))
        self._trouble.setText(self._said(found))
        self._trouble.setVisible(bool(found))
        self._save.setEnabled(not found)
        self._save.setToolTip(self._trouble.text())

    def _said(self, found: Mapping[str, tuple[str, ...]]) -> str:
        if not found:
            return ""
        key, users = next(iter(found.items()))
        names = " · ".join(self._list.name_of(user) for user in users)
        first = _("{key} stands for more than one command: {names}.").format(key=key, names=names)
        rest = len(found) - 1
        more = ngettext("{n} more key does so too.", "{n} more keys do so too.", rest).format(n=rest)
        return f"{first} {more}" if rest else first
