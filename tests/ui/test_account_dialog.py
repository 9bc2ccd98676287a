from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from redub.core.diagnosis import Step
from redub.ui.account import AccountDialog, Entry
from ui.views import named

TITLES = {"international": "Tencent Cloud International", "china": "Tencent Cloud China"}
KNOWN = (("china", "c2"), ("international", "i1"), ("china", "c1"))


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[AccountDialog]:
    parent = QWidget()  # kept for as long as its dialog
    qtbot.addWidget(parent)
    made = AccountDialog(parent, Entry("international", "i1"), TITLES, KNOWN)
    made.show()
    yield made
    made.close()


def offered(dialog: AccountDialog) -> list[str]:
    box = named(dialog, QComboBox, "Appkey")
    return [box.itemText(place) for place in range(box.count())]


def test_dialog__offers_the_accounts_of_the_chosen_site(dialog: AccountDialog) -> None:
    assert (offered(dialog), dialog.entry.appkey) == (["i1"], "i1")
    site = named(dialog, QComboBox, "Service")
    site.setCurrentIndex(site.findData("china"))

    assert (offered(dialog), dialog.entry) == (["c2", "c1"], Entry("china", "c2"))


def test_dialog__what_was_typed_stays_when_the_site_changes(dialog: AccountDialog) -> None:
    named(dialog, QComboBox, "Appkey").setEditText(" new-key ")
    site = named(dialog, QComboBox, "Service")
    site.setCurrentIndex(site.findData("china"))

    assert dialog.entry == Entry("china", "new-key")


def test_dialog__test_is_asked_for_and_its_steps_are_shown(dialog: AccountDialog, qtbot: QtBot) -> None:
    button = named(dialog, QPushButton, "Test account")
    with qtbot.waitSignal(dialog.test_wanted) as wanted:
        button.click()
    assert wanted.args == [Entry("international", "i1")]

    dialog.begin_test()
    assert not button.isEnabled()
    dialog.add_step(Step("Key", False, "It was not accepted.", "Enter another."))
    dialog.end_test()
    assert dialog.said == ("Key It was not accepted. Enter another.",)
    assert button.isEnabled()

    named(dialog, QComboBox, "Appkey").setEditText("")
    assert not button.isEnabled()
