from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton, QSpinBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from redub.core.diagnosis import Step
from redub.store.settings import DECLARED, GROUPS, Declaration, Settings
from redub.ui.settings import SettingsDialog
from redub.ui.settings.row import SettingRow
from ui.views import named


@pytest.fixture
def dialog(qtbot: QtBot) -> SettingsDialog:
    made = SettingsDialog(None, Settings(theme="dark", link_hours=24))
    qtbot.addWidget(made)
    made.show()
    return made


def changes(dialog: SettingsDialog) -> list[tuple[str, object]]:
    heard: list[tuple[str, object]] = []
    dialog.changed.connect(lambda name, value: heard.append((name, value)))
    return heard


@pytest.mark.parametrize("declared", DECLARED.values(), ids=lambda declared: declared.name)
def test_declared__has_all_that_the_dialog_needs(declared: Declaration) -> None:
    assert declared.title
    assert declared.group in GROUPS
    assert declared.form in {"", "address", "folder", "file"}


def test_dialog__has_every_setting_with_its_value_and_name(dialog: SettingsDialog) -> None:
    assert set(dialog.rows) == set(DECLARED)
    for row in dialog.rows.values():
        assert row.editor.accessibleName()
    assert named(dialog, QComboBox, "Colours").currentText() == "Dark"
    assert named(dialog, QSpinBox, "Links live").value() == 24


def test_dialog__says_what_was_changed_once_and_only_by_the_person(dialog: SettingsDialog) -> None:
    heard = changes(dialog)
    dialog.show_settings(Settings(theme="light", notify_sound=True))
    assert heard == []

    named(dialog, QCheckBox, "Sound").click()
    named(dialog, QSpinBox, "Links live").setValue(48)
    field = named(dialog, QLineEdit, "Region")
    field.setText(" ap-singapore ")
    QTest.keyClick(field, Qt.Key.Key_Return)
    field.editingFinished.emit()

    assert heard == [("notify_sound", False), ("link_hours", 48), ("bucket_region", "ap-singapore")]


def test_dialog__a_wrong_value_is_said_in_place_and_not_passed_on(dialog: SettingsDialog) -> None:
    heard = changes(dialog)
    field = named(dialog, QLineEdit, "Proxy")
    field.setText("socks5://here")
    QTest.keyClick(field, Qt.Key.Key_Return)

    assert heard == []
    assert "http://" in dialog.rows["proxy"].fault
    field.setText("http://proxy.example:8080")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (heard, dialog.rows["proxy"].fault) == ([("proxy", "http://proxy.example:8080")], "")


def test_dialog__back_to_the_default(dialog: SettingsDialog) -> None:
    heard = changes(dialog)
    row = dialog.rows["theme"]
    reset = named(row, QToolButton, "Back to the default: Colours")
    assert not named(dialog.rows["language"], QToolButton, "Back to the default: Language").isVisible()

    QTest.mouseClick(reset, Qt.MouseButton.LeftButton)

    assert heard == [("theme", "system")]
    assert not reset.isVisible()


def test_dialog__search_leaves_what_has_all_words(dialog: SettingsDialog) -> None:
    named(dialog, QLineEdit, "Search the settings").setText("hours links")
    shown = [name for name, row in dialog.rows.items() if row.isVisible()]
    assert shown == ["link_hours"]

    named(dialog, QLineEdit, "Search the settings").setText("xyzzy")
    assert not any(row.isVisible() for row in dialog.rows.values())

    named(dialog, QLineEdit, "Search the settings").clear()
    assert all(not row.isHidden() for row in dialog.rows.values())


def test_dialog__restart_is_said_where_it_is_needed(dialog: SettingsDialog) -> None:
    for name, row in dialog.rows.items():
        said = any("next start" in text for text in _texts(row))
        assert said == DECLARED[name].restart


def test_bucket__secret_check_and_steps(dialog: SettingsDialog) -> None:
    secrets: list[str] = []
    checks: list[str] = []
    dialog.bucket.secret_entered.connect(secrets.append)
    dialog.bucket.check_wanted.connect(checks.append)
    field = named(dialog, QLineEdit, "Secret")
    assert field.echoMode() is QLineEdit.EchoMode.Password
    field.setText("s3cret")
    QTest.keyClick(field, Qt.Key.Key_Return)
    dialog.bucket.show_kept(True)
    button = named(dialog, QPushButton, "Check bucket")
    button.click()
    dialog.bucket.begin_check()
    assert not button.isEnabled()
    dialog.bucket.add_step(Step("Key", False, "It is unknown.", "Enter another."))
    dialog.bucket.end_check()

    assert (secrets, checks) == (["s3cret"], [""])
    assert dialog.bucket.said == ("Key It is unknown. Enter another.",)
    assert button.isEnabled()


def test_dialog__every_group_can_be_gone_to(dialog: SettingsDialog) -> None:
    for name in GROUPS:
        dialog.show_group(name)
    dialog.show_settings(replace(Settings(), bucket_name="视频-125"))
    assert named(dialog, QLineEdit, "Bucket").text() == "视频-125"


def _texts(row: SettingRow) -> list[str]:
    from PySide6.QtWidgets import QLabel

    found: list[QWidget] = list(row.findChildren(QLabel))
    return [each.text() for each in found if isinstance(each, QLabel)]
