"""The tree of commands with their keys, by menu; those whose keys clash are marked and named."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from redub.core.keymap import Keymap, Keys
from redub.i18n import _
from redub.ui.commands import Command, Menu
from redub.ui.icons import icon

_COMMAND = Qt.ItemDataRole.UserRole
_NAME, _KEYS = 0, 1


class KeyList(QTreeWidget):
    """Every command with its keys.

    Signals: `chosen` with the command that is marked.
    """

    chosen = Signal(object)

    def __init__(self, commands: tuple[Command, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        self.setHeaderLabels([_("Command"), _("Keys")])
        self.setAccessibleName(_("Commands and their keys"))
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.header().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(_KEYS, QHeaderView.ResizeMode.ResizeToContents)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        for menu in Menu:
            self._add(menu, [command for command in commands if command.menu is menu])
        self.expandAll()
        self.currentItemChanged.connect(self._on_current_changed)

    @property
    def command(self) -> Command | None:
        """Return the marked command, None when none is."""
        item = self.currentItem()
        return item.data(_NAME, _COMMAND) if item is not None else None

    def choose_first(self) -> None:
        """Mark the first command."""
        self.setCurrentItem(next(iter(self._items.values())))

    def name_of(self, command: str) -> str:
        """Return what a command is called."""
        return self._items[command].text(_NAME)

    def show_keys(self, keymap: Keymap, conflicts: Mapping[str, Keys]) -> None:
        """Show the keys of every command, with a sign where one of them stands for another command too."""
        clashing = {command for users in conflicts.values() for command in users}
        for command, item in self._items.items():
            item.setText(_KEYS, ", ".join(native(key) for key in keymap[command]))
            clashes = command in clashing
            item.setIcon(_KEYS, icon("warning", "warning") if clashes else QIcon())
            item.setToolTip(_KEYS, _("Another command has the same keys.") if clashes else "")

    def narrow(self, typed: str) -> None:
        """Show only the commands whose name or keys contain `typed`."""
        wanted = typed.casefold().strip()
        for group, items in self._groups:
            for item in items:
                words = f"{item.text(_NAME)} {item.text(_KEYS)}".casefold()
                item.setHidden(wanted not in words)
            group.setHidden(all(item.isHidden() for item in items))

    def _add(self, menu: Menu, commands: list[Command]) -> None:
        group = QTreeWidgetItem([_(menu.value).replace("&", "")])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = group.font(_NAME)
        font.setBold(True)
        group.setFont(_NAME, font)
        self.addTopLevelItem(group)
        items = [self._item(command) for command in commands]
        group.addChildren(items)
        self._groups.append((group, items))

    def _item(self, command: Command) -> QTreeWidgetItem:
        item = QTreeWidgetItem([_(command.text).rstrip("…")])
        item.setData(_NAME, _COMMAND, command)
        self._items[command.id] = item
        return item

    def _on_current_changed(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        command = item.data(_NAME, _COMMAND) if item is not None else None
        if command is not None:
            self.chosen.emit(command)


def native(key: str) -> str:
    """Return how this platform writes a key."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
