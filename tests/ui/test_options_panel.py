from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QRadioButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from redub.core.findings import Finding, Level, Remedy
from redub.core.history import Edit
from redub.core.shot import (
    ConcurrencyType,
    DriverType,
    MakeType,
    Options,
    Selection,
    Shot,
    Source,
    StillInterval,
    VideoLoop,
)
from redub.ui.findings.inline import InlineFinding
from redub.ui.options import OptionsPanel
from redub.ui.options.void import END, LOOP, PHOTO, START, void_options
from ui.views import Asked, a_take, a_view, named

FIELDS = (
    "RefVideoUrl",
    "DriverType",
    "IdentityWrittenUrl",
    "IdentityVideoUrl",
    "InputAudioUrl",
    "ConcurrencyType",
    "VideoLoop",
    "VideoParametersConsistent",
    "CallbackUrl",
    "VideoParam.RefPhotoUrl",
    "VideoParam.DisableIdDetect",
    "VideoParam.DisableOcclusionDetect",
    "VideoParam.EnableFakeTeeth",
    "VideoParam.MakeType",
    "VideoParam.StartTime",
    "VideoParam.EndTime",
    "VideoParam.DisableIntervals",
)
"""Every request field of the API page that is neither the script nor its voice."""


@pytest.fixture
def panel(qtbot: QtBot) -> OptionsPanel:
    made = OptionsPanel()
    qtbot.addWidget(made)
    made.resize(360, 2400)
    made.show()
    return made


@pytest.mark.parametrize(
    "make_type, void",
    [
        (MakeType.DEFAULT, {START, END}),
        (MakeType.CUSTOM, set()),
        (MakeType.CIRCLE, {END, LOOP}),
        (MakeType.CUSTOM_ONLY_START, {END, LOOP}),
    ],
)
def test_void__by_make_type(make_type: MakeType, void: set[str]) -> None:
    assert void_options(Selection(make_type=make_type), a_take()).keys() == void


def test_void__photo_without_tracking() -> None:
    take = a_take(options=Options(track_face=False))

    assert PHOTO in void_options(Selection(make_type=MakeType.CUSTOM), take)


@pytest.mark.parametrize("field", FIELDS)
def test_panel__has_every_field_of_the_page(panel: OptionsPanel, field: str) -> None:
    assert panel.row(field) is not None


def test_panel__void_rows_are_grey_and_say_why(panel: OptionsPanel) -> None:
    panel.show_view(a_view(selection=Selection(make_type=MakeType.CIRCLE, start=1.0, end=9.0)))

    end, start = panel.row(END), panel.row(START)
    assert end is not None
    assert start is not None
    rule = "The picked end has an effect with Custom only. With Circle the clip is used up to its end."
    assert (end.reason, start.reason) == (f"No effect here. {rule}", "")
    assert not named(panel, QLineEdit, "End of the segment").isEnabled()
    assert named(panel, QLineEdit, "Start of the segment").isEnabled()


def test_panel__shows_the_view_without_asking_for_edits(panel: OptionsPanel) -> None:
    options = Options(
        loop=VideoLoop.FORWARD,
        match_input=True,
        concurrency=ConcurrencyType.EXCLUSIVE,
        callback_url="https://a.example/x",
        ref_photo=Source(path="/p/me.png"),
        track_face=False,
        detect_occlusion=False,
        new_teeth=True,
    )
    asked = Asked(panel, a_view(a_take(options=options)))

    assert asked.edits == []
    assert check_box(panel, "Draw new teeth").isChecked()
    assert not check_box(panel, "Follow one person").isChecked()
    assert radio(panel, "Exclusive").isChecked()
    assert radio(panel, "Start again").isChecked()


@pytest.mark.parametrize(
    "name, option, value",
    [
        ("Follow one person", "track_face", False),
        ("Leave a covered mouth alone", "detect_occlusion", False),
        ("Draw new teeth", "new_teeth", True),
        ("As the clip", "match_input", True),
    ],
)
def test_panel__switches(panel: OptionsPanel, name: str, option: str, value: bool) -> None:
    asked = Asked(panel, a_view())

    check_box(panel, name).click()

    assert getattr(asked.take.options, option) is value
    assert [edit.label for edit in asked.edits] == [name]


@pytest.mark.parametrize(
    "name, check",
    [
        ("A segment", lambda asked: asked.view.shot.selection.make_type is MakeType.CUSTOM),
        ("A circle", lambda asked: asked.view.shot.selection.make_type is MakeType.CIRCLE),
        ("A recording", lambda asked: asked.take.driver is DriverType.ORIGINAL_VOICE),
        ("Start again", lambda asked: asked.take.options.loop is VideoLoop.FORWARD),
        ("Shared", lambda asked: asked.take.options.concurrency is ConcurrencyType.SHARED),
    ],
)
def test_panel__choices(panel: OptionsPanel, name: str, check: Any) -> None:
    asked = Asked(panel, a_view())

    radio(panel, name).click()

    assert check(asked)
    assert len(asked.edits) == 1


@pytest.mark.parametrize("typed, expected", [("2.5", 2.5), ("0:03.250", 3.25), ("f50", 2.0), ("", None)])
def test_panel__times_in_every_notation(panel: OptionsPanel, typed: str, expected: float | None) -> None:
    asked = Asked(panel, a_view(selection=Selection(make_type=MakeType.CUSTOM, start=1.0, end=9.0)))

    type_into(named(panel, QLineEdit, "Start of the segment"), typed)

    assert asked.view.shot.selection == Selection(make_type=MakeType.CUSTOM, start=expected, end=9.0)


def test_panel__nonsense_is_marked_and_changes_nothing(panel: OptionsPanel) -> None:
    asked = Asked(panel, a_view(selection=Selection(make_type=MakeType.CUSTOM, start=1.0, end=9.0)))
    field = named(panel, QLineEdit, "End of the segment")

    type_into(field, "soon")

    assert asked.edits == []
    assert field.property("role") == "bad"


def test_panel__still_intervals_by_keyboard(panel: OptionsPanel) -> None:
    asked = Asked(panel, a_view(still_intervals=(StillInterval(1.0, 2.0), StillInterval(4.0, 5.0))))

    type_into(named(panel, QLineEdit, "End of still interval 2"), "5.5")
    named(panel, QToolButton, "Remove still interval 1").click()

    assert asked.view.shot.still_intervals == (StillInterval(4.0, 5.5),)


def test_panel__an_address_in_place_of_a_file(panel: OptionsPanel) -> None:
    asked = Asked(panel, a_view(reference=None))

    type_into(named(panel, QLineEdit, "Reference clip"), "https://a.example/clip.mp4")

    assert asked.view.shot.reference == Source(url="https://a.example/clip.mp4")


def test_panel__files_are_chosen_by_field(panel: OptionsPanel, qtbot: QtBot) -> None:
    panel.show_view(a_view())

    with qtbot.waitSignal(panel.choose_wanted) as wanted:
        named(panel, QPushButton, "Choose a file: Letter of authorization").click()

    assert wanted.args == ["IdentityWrittenUrl"]


def test_panel__reveals_a_field_with_the_focus(panel: OptionsPanel) -> None:
    panel.show_view(a_view())

    assert panel.reveal("CallbackUrl")
    assert not panel.reveal("InputSsml")

    assert panel.focusWidget() is named(panel, QLineEdit, "Tell a server of yours")


def test_panel__every_control_has_a_name(panel: OptionsPanel) -> None:
    panel.show_view(a_view(still_intervals=(StillInterval(1.0, 2.0),)))

    unnamed = [
        each
        for each in panel.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and not (each.accessibleName() or text_of(each))
    ]
    assert unnamed == []


def text_of(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QCheckBox | QRadioButton | QPushButton) else ""


def check_box(panel: QWidget, name: str) -> QCheckBox:
    return next(each for each in panel.findChildren(QCheckBox) if each.text() == name)


def radio(panel: QWidget, name: str) -> QRadioButton:
    return next(each for each in panel.findChildren(QRadioButton) if each.text() == name)


def type_into(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_panel__findings_stand_beneath_what_they_are_about(panel: OptionsPanel, qtbot: QtBot) -> None:
    mends = Finding(
        level=Level.WARNING, code="x", field="RefVideoUrl", message="It is HEVC.", remedy=Remedy.CONVERT
    )
    void = replace(mends, code="loop.void", field="VideoLoop", level=Level.INFO)
    panel.show_view(a_view(findings=(mends, void)))

    (note,) = panel.findChildren(InlineFinding)
    row = panel.row("RefVideoUrl")
    assert row is not None
    assert row.isAncestorOf(note)
    with qtbot.waitSignal(panel.remedy_wanted) as wanted:
        note.findChildren(QPushButton)[0].click()
    assert wanted.args == [mends]
    panel.show_view(a_view())
    assert [one for one in panel.findChildren(InlineFinding) if one.isVisibleTo(panel)] == []


def test_panel__only_the_part_can_be_sent(panel: OptionsPanel) -> None:
    edits: list[Edit] = []
    panel.edit_wanted.connect(edits.append)
    panel.show_view(a_view(selection=Selection(make_type=MakeType.CUSTOM, start=1.0, end=9.0)))

    box = next(
        one for one in panel.findChildren(QCheckBox) if one.text() == "Convert and send only this part"
    )
    assert (box.isEnabled(), box.isChecked()) == (True, False)
    box.click()
    assert edits[-1].change(Shot()).selection.only_part is True

    panel.show_view(a_view())
    assert not box.isEnabled()
