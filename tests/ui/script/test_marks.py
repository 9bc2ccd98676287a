"""The ways to a mark: buttons, drags, presets, the finder, chips; and what is asked on the way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from redub.core.ssml.check import problems
from redub.core.ssml.presets import Preset
from redub.core.ssml.vocabulary import SAY_AS_KINDS, STRENGTHS, TAGS
from redub.services.readings import candidates
from ui.script.test_panel import ScriptStand


def preview(stand: ScriptStand) -> str:
    return stand.panel.popover.preview


def test_pinyin__candidates_come_from_the_context_and_are_one_click(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "他去银行，行长在")
    stand.panel.readings_wanted.connect(
        lambda text, first, last: stand.panel.show_readings(text[first:last], candidates(text, first, last))
    )
    stand.select("行，行长")

    stand.press("phoneme")
    form = stand.panel.popover.form
    assert form.settings()["ph"] == "hang2 hang2 zhang3"
    buttons = [button for button in form.findChildren(QPushButton) if button.text() == "xíng"]
    buttons[1].click()
    assert preview(stand) == "Heard: háng xíng zhǎng"
    stand.set_mark()

    assert stand.script == (
        '他去银<phoneme alphabet="py" ph="hang2">行</phoneme>，<phoneme alphabet="py" ph="xing2">行</phoneme>'
        '<phoneme alphabet="py" ph="zhang3">长</phoneme>在'
    )
    assert problems(stand.script) == ()


def test_pinyin__readings_of_another_text_are_not_shown(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "传说")
    stand.select("传")
    stand.press("phoneme")

    stand.panel.show_readings("说", (("shuo1",),))

    assert stand.panel.popover.form.settings()["ph"] == ""


@pytest.mark.parametrize(
    "script, text, tag, heard",
    [
        ("今天是2025-03-08。", "2025-03-08", "say-as", "Heard: 二零二五年三月八日"),
        ("打电话0755-8601", "0755-8601", "say-as", "零七五五"),
        ("It costs $12 now", "$12", "say-as", "Heard: 12 dollars"),
        ("长120.56cm", "120.56cm", "say-as", "厘米"),
    ],
)
def test_preview__says_how_numbers_will_be_read(
    qtbot: QtBot, script: str, text: str, tag: str, heard: str
) -> None:
    stand = ScriptStand(qtbot, script)
    stand.select(text)
    stand.press(tag)
    if "0755" in text:
        kinds = stand.in_form(QComboBox)
        kinds.setCurrentIndex(kinds.findData("telephone"))

    assert heard in preview(stand)


def test_preview__follows_what_is_typed(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "Our TTS works")
    stand.select("TTS")
    stand.press("sub")
    assert preview(stand) == ""

    stand.in_form(QLineEdit).setText("text to speech")

    assert preview(stand) == "Heard: text to speech"


def test_button__on_a_mark_that_is_there_changes_or_removes_it(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, 'Our <sub alias="big cat">Jaguar</sub>')
    stand.select("Jaguar")

    stand.press("sub")
    assert stand.in_form(QLineEdit).text() == "big cat"
    buttons = stand.panel.popover.findChildren(QPushButton)
    next(button for button in buttons if button.text() == "Remove").click()

    assert stand.script == "Our Jaguar"


def test_marked_text__a_double_click_on_it_asks_about_its_mark(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, 'Our <sub alias="big cat">Jaguar</sub>')
    field = stand.panel.field
    cursor = field.textCursor()
    cursor.setPosition(field.sheet.text.index("gu"))
    place = field.cursorRect(cursor).center() + QPoint(3, 0)

    QTest.mouseDClick(field.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert stand.panel.popover.tag == "sub"


def test_drag__out_of_the_palette_marks_where_it_is_dropped(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "One two three")
    field, button = stand.panel.field, stand.panel.palette_row.button("word")
    cursor = field.textCursor()
    cursor.setPosition(5)
    target = field.viewport().mapToGlobal(field.cursorRect(cursor).center())

    QTest.mousePress(button, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    QTest.mouseMove(button, QPoint(40, 60))
    QTest.mouseMove(button, button.mapFromGlobal(target))
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton, pos=button.mapFromGlobal(target))

    assert stand.script == "One <word>two</word> three"


def test_drag__dropped_outside_of_the_text_marks_nothing(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "One two three")

    stand.panel.palette_row.mark_dropped.emit("word", QPoint(-500, -500))

    assert stand.script == "One two three"


def test_presets__are_kept_offered_applied_and_removed(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "Our TTS works")
    kept: list[tuple[Preset, ...]] = []
    stand.panel.presets_changed.connect(kept.append)
    stand.select("TTS")
    stand.press("sub")
    stand.in_form(QLineEdit).setText("text to speech")

    stand.panel.popover.keep_as("TTS")
    assert stand.panel.popover.isVisible()
    stand.panel.popover.close_up()
    preset = Preset("TTS", "sub", (("alias", "text to speech"),))
    assert kept == [(preset,)]

    stand.panel.marking.apply_preset(preset)
    assert stand.script == 'Our <sub alias="text to speech">TTS</sub> works'
    stand.panel.palette_row.preset_unwanted.emit(preset)
    assert kept[-1] == ()


def test_presets__one_without_a_name_is_refused(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "Our TTS works")
    stand.select("TTS")
    stand.press("sub")

    stand.panel.popover.keep_as("  ")

    assert "name" in stand.panel.popover.refusal


def test_finder__lists_every_tag_kind_and_strength_and_marks_the_selection(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "Call 0755-86013388 now")
    stand.panel.use_presets([Preset("Our number", "say-as", (("interpret-as", "telephone"),))])
    stand.select("0755-86013388")

    stand.panel.find_mark()
    titles = " ".join(stand.panel.finder.titles)
    assert all(name in titles for name in (*TAGS, *SAY_AS_KINDS, *STRENGTHS, "Our number"))
    line = stand.panel.finder.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "digits")
    assert stand.panel.finder.titles == ["Read as: Digits (digits)"]
    QTest.keyClick(line, Qt.Key.Key_Return)

    assert stand.script == 'Call <say-as interpret-as="digits">0755-86013388</say-as> now'


def test_finder__a_tag_asks_for_what_it_needs_and_escape_leaves(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "Our TTS works")
    stand.select("TTS")
    stand.panel.find_mark()
    line = stand.panel.finder.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)

    QTest.keyClicks(line, "spoken")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert stand.panel.popover.tag == "sub"
    stand.panel.find_mark()
    QTest.keyClick(line, Qt.Key.Key_Escape)

    assert not stand.panel.finder.isVisible()
    assert stand.script == "Our TTS works"


def test_change_and_remove__the_mark_at_the_cursor(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, 'Our <sub alias="big cat">Jaguar</sub>')
    stand.panel.field.select_range(28, 28)

    stand.panel.marking.change_here()
    assert stand.panel.popover.tag == "sub"
    stand.panel.popover.close_up()
    stand.panel.field.select_range(28, 28)
    stand.panel.marking.remove_here()

    assert stand.script == "Our Jaguar"
    stand.editing.undo()
    assert stand.script == 'Our <sub alias="big cat">Jaguar</sub>'


@pytest.mark.parametrize(
    "script, place, tag, marked",
    [
        ("他去银行了", 3, "phoneme", "行"),
        ("银行", 2, "phoneme", "行"),
        ("在2025-03-08去", 4, "say-as", "2025-03-08"),
        ("it's don't stop", 7, "sub", "don't"),
        ("去New York玩", 3, "sub", "New"),
    ],
)
def test_no_selection__what_the_cursor_stands_at_is_meant(
    qtbot: QtBot, script: str, place: int, tag: str, marked: str
) -> None:
    stand = ScriptStand(qtbot, script)
    stand.panel.field.select_range(place, place)

    stand.press(tag)

    assert stand.panel.field.textCursor().selectedText() == marked


def test_no_selection__chinese_words_are_not_guessed(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "他去银行了")
    stand.panel.field.select_range(3, 3)

    stand.press("word")

    assert "Select the words" in stand.panel.popover.refusal
    assert stand.script == "他去银行了"


@pytest.mark.parametrize("key", [Qt.Key.Key_E, Qt.Key.Key_K, Qt.Key.Key_U])
def test_keys__that_are_commands_of_the_script_delete_nothing(qtbot: QtBot, key: Qt.Key) -> None:
    stand = ScriptStand(qtbot, "One two three")
    stand.panel.field.select_range(3, 3)

    QTest.keyClick(stand.panel.field, key, Qt.KeyboardModifier.ControlModifier)
    stand.panel.palette_row.source.click()
    QTest.keyClick(stand.panel.source_field, key, Qt.KeyboardModifier.ControlModifier)

    assert stand.script == "One two three"
