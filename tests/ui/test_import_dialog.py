from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from redub.core.batch import Role
from redub.core.limits import limits_for
from redub.core.shot import Take
from redub.services.importing import Imported, Wishes, plan
from redub.store.scriptfiles import Grid
from redub.ui.importing.dialog import ADD, REPLACE, ImportDialog
from ui.views import named

LIKE = Take(id="x", name="Like", script="Hello {who}!")
TABLE = Imported(
    path=Path("/a/list.csv"),
    grid=Grid(rows=(("who", "text"), ("Ada", "Good morning."), ("Ben", "")), remark="2 formulas."),
)
TEXT = Imported(path=Path("/a/words.txt"), text="One line.\nAnother line.")


@pytest.fixture
def home(qtbot: QtBot) -> QWidget:
    """Return the widget that the dialogs belong to."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


def a_dialog(parent: QWidget, found: Imported, *, template: str = "") -> ImportDialog:
    dialog = ImportDialog(parent, found, template, has_take=True)

    def answer() -> None:
        wishes = Wishes(has_head=dialog.has_head, wiring=dialog.wiring)
        dialog.show_plan(plan(found, wishes, LIKE, limits_for("international")))

    dialog.plan_wanted.connect(answer)
    answer()
    dialog.show()
    return dialog


def pick(box: QComboBox, text: str) -> None:
    box.setCurrentIndex(box.findText(text))
    box.activated.emit(box.currentIndex())


def said(dialog: ImportDialog) -> list[str]:
    return [one.take.script for one in dialog.rows if not one.left_out]


def test_dialog__guesses_and_counts(home: QWidget) -> None:
    dialog = a_dialog(home, TABLE)

    assert dialog.has_head
    assert dialog.wiring.columns == {Role.SCRIPT: 1}
    assert said(dialog) == ["Good morning."]
    assert named(dialog, QPushButton, "Add 1 take").isEnabled()
    assert not named(dialog, QPushButton, "Put into this take").isVisible()


def test_dialog__another_column(home: QWidget) -> None:
    dialog = a_dialog(home, TABLE)

    pick(named(dialog, QComboBox, "What is said"), "who")
    pick(named(dialog, QComboBox, "Name of the take"), "who")

    assert said(dialog) == ["Ada", "Ben"]
    assert [one.take.name for one in dialog.rows] == ["Ada", "Ben"]


def test_dialog__without_a_head_the_first_row_is_a_take(home: QWidget) -> None:
    dialog = a_dialog(home, TABLE)

    dialog.findChildren(QCheckBox)[0].setChecked(False)

    assert len(dialog.rows) == 3


def test_dialog__fills_the_current_script_when_its_variables_are_columns(home: QWidget) -> None:
    dialog = a_dialog(home, TABLE, template=LIKE.script)

    assert Role.SCRIPT not in dialog.wiring.columns
    assert said(dialog) == ["Hello Ada!", "Hello Ben!"]


def test_dialog__one_script_may_go_into_the_current_take(home: QWidget) -> None:
    dialog = a_dialog(home, TEXT)
    codes: list[int] = []
    dialog.finished.connect(codes.append)

    pick(named(dialog, QComboBox, "Line breaks become"), "a pause of 1 s")
    assert said(dialog) == ['One line<break time="1000ms"/>. Another line.']
    named(dialog, QPushButton, "Put into this take").click()
    named(dialog, QPushButton, "Add 1 take").click()
    assert codes[0] == REPLACE
    assert ADD != REPLACE


def test_dialog__says_why_a_row_is_left_out(home: QWidget) -> None:
    dialog = a_dialog(home, TABLE)
    table = dialog.findChildren(QTableView)[0]

    words = [table.model().index(1, column).data() for column in range(3)]
    assert words[2] == "Left out: There is nothing to say."
    assert table.model().headerData(0, table.horizontalHeader().orientation()) == "Take"
