from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from redub.core.checkedtakes import CheckedTake
from redub.core.findings import Finding, Level, Remedy
from redub.services.takesbatch import BatchTotal
from redub.ui.batch import BatchDialog
from redub.ui.batch.model import FINDINGS, LENGTH, NAME
from ui.views import a_take


def found(level: Level, message: str, remedy: Remedy = Remedy.NONE) -> Finding:
    return Finding(level=level, code="x", field="InputSsml", message=message, remedy=remedy)


CHECKED = (
    CheckedTake(take=a_take(id="a"), seconds=24.0),
    CheckedTake(
        take=a_take(id="b"),
        findings=(found(Level.WARNING, "It is quiet."), found(Level.ERROR, "It is too short.")),
    ),
    CheckedTake(
        take=a_take(id="c"),
        findings=(found(Level.ERROR, "It is HEVC.", Remedy.CONVERT),),
        seconds=61.0,
        is_guess=False,
    ),
    CheckedTake(take=a_take(id="d"), seconds=5.0),
)


@pytest.fixture
def dialog(qtbot: QtBot) -> BatchDialog:
    made = BatchDialog(None, CHECKED, {"d": "This take is being sent already."}, "Tencent")  # type: ignore[arg-type]  # a window of its own in a test
    qtbot.addWidget(made)
    return made


def words(dialog: BatchDialog, row: int, column: int) -> object:
    return dialog._model.index(row, column).data()


def test_batch__what_can_be_made_is_ticked(dialog: BatchDialog) -> None:
    assert [one.take.id for one in dialog.chosen] == ["a", "c"]
    assert dialog._make.text() == "Make 2 takes"
    assert words(dialog, 0, FINDINGS) == "Nothing stands in the way."
    assert words(dialog, 1, FINDINGS) == "It is too short. (and 1 more)"
    assert words(dialog, 3, FINDINGS) == "This take is being sent already."
    assert [words(dialog, row, LENGTH) for row in range(3)] == ["≈ 24.0 s", "unknown", "1:01"]


def test_batch__what_cannot_be_made_cannot_be_ticked(dialog: BatchDialog) -> None:
    model = dialog._model
    checked, role = Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole

    assert not model.setData(model.index(1, NAME), checked, role)
    assert not model.setData(model.index(3, NAME), checked, role)
    dialog._model.tick_all(True)

    assert [one.take.id for one in dialog.chosen] == ["a", "c"]


def test_batch__ticking_asks_for_another_total(dialog: BatchDialog, qtbot: QtBot) -> None:
    model = dialog._model
    with qtbot.waitSignal(dialog.total_wanted):
        unticked = Qt.CheckState.Unchecked.value
        assert model.setData(model.index(0, NAME), unticked, Qt.ItemDataRole.CheckStateRole)
    assert [one.take.id for one in dialog.chosen] == ["c"]

    model.tick_all(False)

    assert not dialog._make.isEnabled()
    dialog.show_total(BatchTotal())
    assert dialog._total.text() == "No take is ticked."


def test_batch__the_total_in_words(dialog: BatchDialog) -> None:
    dialog.show_total(BatchTotal(count=2, seconds=85.0))

    assert dialog._total.text().splitlines() == [
        "2 takes, ≈ 1:25 together.",
        "Tencent makes them, and your account pays for it.",
    ]


def test_batch__a_double_click_on_its_findings_goes_to_the_take(dialog: BatchDialog, qtbot: QtBot) -> None:
    dialog.open()
    with qtbot.waitSignal(dialog.take_wanted) as wanted:
        dialog._on_double_clicked(dialog._model.index(1, FINDINGS))

    assert wanted.args == ["b"]
    assert not dialog.isVisible()


def test_batch__a_rehearsal_pays_nothing_twice(qtbot: QtBot) -> None:
    dialog = BatchDialog(None, CHECKED, {}, "")  # type: ignore[arg-type]  # a window of its own in a test
    qtbot.addWidget(dialog)

    assert dialog._make.text() == "Rehearse 3 takes"
    assert dialog._again.isHidden()
