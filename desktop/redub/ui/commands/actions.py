"""The commands as Qt's actions: menus, shortcuts and tooltips, and why something is not possible now."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from redub.core.keymap import Keymap, Keys
from redub.i18n import _
from redub.ui.commands.command import Command, Menu
from redub.ui.commands.desk import Desk
from redub.ui.commands.entry import Entry
from redub.ui.commands.situation import Situation
from redub.ui.icons import icon


class CommandActions(QObject):
    """An action for every command; `judge` greys those that are not possible and says why in their tooltips.

    The same check greys and guards: a command whose situation has changed since is not done, its reason goes to
    `explain`.
    """

    def __init__(
        self,
        commands: tuple[Command, ...],
        desk: Desk,
        situation: Callable[[], Situation],
        explain: Callable[[str], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._commands = {command.id: command for command in commands}
        self._desk = desk
        self._situation = situation
        self._explain = explain
        self._actions = {command.id: self._action(command) for command in commands}

    @property
    def default_keys(self) -> dict[str, Keys]:
        """Return the keys of the table, by command, in Qt's portable spelling."""
        return {id: tuple(portable(keys) for keys in one.shortcuts) for id, one in self._commands.items()}

    @property
    def keys(self) -> dict[str, Keys]:
        """Return the keys in force, by command."""
        return {
            id: tuple(keys.toString(QKeySequence.SequenceFormat.PortableText) for keys in one.shortcuts())
            for id, one in self._actions.items()
        }

    def use_keys(self, keymap: Keymap) -> None:
        """Give every command its keys of `keymap`, and say so in the tooltips."""
        for command_id, keys in keymap.items():
            self._actions[command_id].setShortcuts([QKeySequence(key) for key in keys])
        self.judge()

    def entries(self) -> tuple[Entry, ...]:
        """Return all commands as they are now, for a list to choose from."""
        situation = self._situation()
        return tuple(self._entry(command, situation) for command in self._commands.values())

    def __getitem__(self, command_id: str) -> QAction:
        """Return the action of a command."""
        return self._actions[command_id]

    @property
    def actions(self) -> tuple[QAction, ...]:
        """Return all actions, for the window that their shortcuts count in."""
        return tuple(self._actions.values())

    def fill(self, bar: QMenuBar) -> None:
        """Make the menus."""
        for menu in Menu:
            made = bar.addMenu(_(menu.value))
            made.setToolTipsVisible(True)
            for command in self._commands.values():
                if command.menu is menu:
                    self._put(made, command)

    def judge(self) -> None:
        """Grey what is not possible now, and name what depends on the situation."""
        situation = self._situation()
        for command in self._commands.values():
            self._judge(command, situation)

    def run(self, command_id: str) -> None:
        """Do a command, or say why it is not possible."""
        command = self._commands[command_id]
        reason = command.possible(self._situation())
        if reason:
            self._explain(reason)
        else:
            command.do(self._desk)

    def _entry(self, command: Command, situation: Situation) -> Entry:
        action = self._actions[command.id]
        return Entry(
            id=command.id,
            text=_text(command, situation).rstrip("…"),
            where=_(command.menu.value).replace("&", ""),
            icon=command.icon,
            keys=action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            reason=command.possible(situation),
        )

    def _put(self, menu: QMenu, command: Command) -> None:
        if command.starts_group and not menu.isEmpty():
            menu.addSeparator()
        menu.addAction(self._actions[command.id])

    def _action(self, command: Command) -> QAction:
        made = QAction(_(command.text), self)
        made.setObjectName(command.id)
        made.setShortcuts([QKeySequence(keys) for keys in command.shortcuts])
        made.setCheckable(command.chosen is not None)
        if command.icon:
            made.setIcon(icon(command.icon))
        made.triggered.connect(partial(self._on_triggered, command.id))
        return made

    def _on_triggered(self, command_id: str, _checked: bool = False) -> None:
        self.run(command_id)
        self.judge()

    def _judge(self, command: Command, situation: Situation) -> None:
        action = self._actions[command.id]
        reason = command.possible(situation)
        text = _text(command, situation)
        action.setEnabled(not reason)
        action.setText(text)
        action.setToolTip(tooltip(text, action.shortcut(), reason))
        if command.chosen is not None:
            action.setChecked(command.chosen(situation))


def portable(keys: str) -> str:
    """Return keys in the one spelling that they are compared and kept in."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)


def _text(command: Command, situation: Situation) -> str:
    return (command.name(situation) if command.name else "") or _(command.text)


def tooltip(text: str, keys: QKeySequence, reason: str) -> str:
    """Say what a command is called, its keys, and why it is not possible."""
    shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
    head = f"{text.rstrip('…')} ({shown})" if shown else text.rstrip("…")
    return f"{head}\n{reason}" if reason else head
