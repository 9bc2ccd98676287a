from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from redub.core.findings import Finding, Level, Remedy
from redub.core.shot import MakeType, Selection, Shot, Speech, StillInterval
from redub.ui.findings import FindingsPanel, remedy_edit, remedy_word
from redub.ui.findings.row import FindingRow
from ui.views import a_take, a_view

SHORT = Finding(
    level=Level.ERROR, code="a", field="InputSsml", message="Too short.", remedy=Remedy.WRITE_SCRIPT
)
VOID = Finding(level=Level.INFO, code="b", field="VideoLoop", message="No effect.", fix="Leave it.")


@pytest.fixture
def panel(qtbot: QtBot) -> FindingsPanel:
    made = FindingsPanel()
    qtbot.addWidget(made)
    made.resize(340, 300)
    made.show()
    return made


def rows(panel: FindingsPanel) -> list[FindingRow]:
    return [row for row in panel.findChildren(FindingRow) if not row.isHidden()]


def texts(panel: FindingsPanel) -> list[str]:
    return [each.text() for each in panel.findChildren(QLabel) if each.isVisible() and each.text()]


def test_panel__a_row_for_each(panel: FindingsPanel) -> None:
    panel.show_view(a_view(findings=(SHORT, VOID)))

    assert [row.accessibleName() for row in rows(panel)] == ["Must change: Too short.", "Note: No effect."]
    assert {"Too short.", "Leave it.", "1 must change"} <= set(texts(panel))


def test_panel__nothing_to_say(panel: FindingsPanel) -> None:
    panel.show_view(a_view())

    assert "Nothing stands in the way." in texts(panel)


def test_panel__while_the_clip_is_looked_at(panel: FindingsPanel) -> None:
    panel.show_view(replace(a_view(), facts=None))

    assert "Looking at the clip…" in texts(panel)


def test_panel__the_same_findings_are_left_standing(panel: FindingsPanel) -> None:
    panel.show_view(a_view(findings=(SHORT,)))
    before = rows(panel)

    panel.show_view(a_view(a_take(name="Other"), findings=(SHORT,)))

    assert rows(panel) == before


def test_panel__one_click(panel: FindingsPanel, qtbot: QtBot) -> None:
    panel.show_view(a_view(findings=(SHORT,)))
    write = next(each for each in panel.findChildren(QPushButton) if each.text() == "Write")

    with qtbot.waitSignal(panel.remedy_wanted) as wanted:
        QTest.mouseClick(write, Qt.MouseButton.LeftButton)

    assert wanted.args == [SHORT]


def test_panel__return_goes_to_the_place(panel: FindingsPanel, qtbot: QtBot) -> None:
    panel.show_view(a_view(findings=(VOID,)))

    with qtbot.waitSignal(panel.finding_chosen) as chosen:
        QTest.keyClick(rows(panel)[0], Qt.Key.Key_Return)

    assert chosen.args == [VOID]


@pytest.mark.parametrize("remedy", [remedy for remedy in Remedy if remedy is not Remedy.NONE])
def test_remedies__each_has_a_word(remedy: Remedy) -> None:
    assert remedy_word(remedy)


def test_remedies__that_are_edits() -> None:
    stills = (StillInterval(3.0, 4.0), StillInterval(1.0, 2.0))
    shot = Shot(
        selection=Selection(make_type=MakeType.DEFAULT, start=1.0),
        still_intervals=stills,
        takes=(a_take(speech=Speech(speed=3.0)),),
    )

    assert after(shot, Remedy.ORDER_STILLS).still_intervals == stills[::-1]
    assert after(shot, Remedy.CLEAR_VOID, "segment.start.void").selection.start is None
    assert after(shot, Remedy.WHOLE_CLIP).selection == Selection()
    assert after(shot, Remedy.CLAMP, "speech.speed.high").takes[0].speech.speed == 1.5


def test_remedies__that_are_jobs_or_places() -> None:
    jobs = (Remedy.CONVERT, Remedy.CHOOSE_CLIP, Remedy.CHOOSE_VOICE, Remedy.WRITE_SCRIPT, Remedy.NONE)

    assert [remedy_edit(replace(SHORT, remedy=job), "a") for job in jobs] == [None] * len(jobs)


def after(shot: Shot, remedy: Remedy, code: str = "stills.order") -> Shot:
    edit = remedy_edit(replace(SHORT, remedy=remedy, code=code, take_id=""), "a")
    assert edit is not None
    return edit.change(shot)
