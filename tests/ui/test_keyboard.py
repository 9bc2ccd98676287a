from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from redub.core.keymap import Keymap, conflicts, merged
from redub.store import keymaps
from redub.ui.commands import COMMANDS
from redub.ui.commands.actions import portable
from redub.ui.keyboard import KeyboardDialog
from ui.test_commands import a_situation, actions

DEFAULTS = {command.id: tuple(portable(keys) for keys in command.shortcuts) for command in COMMANDS}
SETS = keymaps.carried()


@pytest.fixture
def dialog(qtbot: QtBot) -> KeyboardDialog:
    made = KeyboardDialog(None, COMMANDS, DEFAULTS, DEFAULTS, SETS)  # type: ignore[arg-type]  # no window around it
    qtbot.addWidget(made)
    made.open()
    return made


def press(dialog: KeyboardDialog, command: str, keys: str) -> None:
    """Choose a command and press keys for it."""
    dialog._list.setCurrentItem(dialog._list._items[command])
    dialog._entry._field.setKeySequence(QKeySequence(keys))
    dialog._entry._use()


@pytest.mark.parametrize("changes", SETS.values(), ids=SETS.keys())
def test_sets__known_commands_without_conflicts(changes: Keymap) -> None:
    assert set(changes) <= set(DEFAULTS)
    assert conflicts(merged(DEFAULTS, changes)) == {}
    assert all(key == portable(key) != "" for keys in changes.values() for key in keys)


def test_actions__wear_other_keys_and_say_so(qapp: QApplication) -> None:
    made = actions(a_situation(undo_label="Move segment"), [], [])
    assert made.keys == made.default_keys == DEFAULTS

    made.use_keys({**DEFAULTS, "edit.undo": ("Ctrl+U",)})

    assert made["edit.undo"].shortcut().toString() == "Ctrl+U"
    assert "Ctrl+U" in made["edit.undo"].toolTip()
    assert next(entry for entry in made.entries() if entry.id == "edit.undo").keys == "Ctrl+U"


def test_dialog__every_command_is_there(dialog: KeyboardDialog) -> None:
    assert set(dialog._list._items) == set(DEFAULTS)


def test_dialog__other_keys(dialog: KeyboardDialog) -> None:
    press(dialog, "mark.start", "Ctrl+Alt+I")

    assert dialog.keymap == {**DEFAULTS, "mark.start": ("Ctrl+Alt+I",)}
    assert "Ctrl+Alt+I" in dialog._list._items["mark.start"].text(1)
    assert dialog._save.isEnabled()


def test_dialog__a_conflict_is_named_and_can_be_resolved(dialog: KeyboardDialog) -> None:
    press(dialog, "mark.start", "O")

    assert not dialog._save.isEnabled()
    assert dialog._list.name_of("mark.end") in dialog._trouble.text()

    dialog._entry._on_take()

    assert dialog._save.isEnabled()
    assert (dialog.keymap["mark.start"], dialog.keymap["mark.end"]) == (("O",), ())


def test_dialog__as_delivered(dialog: KeyboardDialog) -> None:
    press(dialog, "mark.start", "Ctrl+Alt+I")
    dialog._entry._on_default()

    assert dialog.keymap == DEFAULTS


def test_dialog__keys_of_another_program_and_back(dialog: KeyboardDialog) -> None:
    chooser = dialog.findChild(QComboBox)
    assert chooser is not None
    chooser.activated.emit(chooser.findText("LosslessCut"))
    assert dialog.keymap == merged(DEFAULTS, SETS["LosslessCut"])

    chooser.activated.emit(chooser.findText("Redub"))
    assert dialog.keymap == DEFAULTS


def test_dialog__search_by_name_and_by_key(dialog: KeyboardDialog) -> None:
    def shown() -> list[str]:
        return [command for command, item in dialog._list._items.items() if not item.isHidden()]

    dialog._list.narrow("ctrl+k")
    assert shown() == ["help.palette"]
    dialog._list.narrow("")
    assert set(shown()) == set(DEFAULTS)
