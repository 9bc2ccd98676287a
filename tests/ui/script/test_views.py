"""Script and source: two views of one document with one undo, checks with their keys, long scripts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from redub.ui.script.sheet import CHIP
from redub.ui.script.views import Shown
from ui.script.test_panel import ScriptStand, edits_to


def banded(stand: ScriptStand) -> list[str]:
    return [one.cursor.selectedText() for one in stand.panel.source_field.extraSelections()]


def test_both__editing_in_either_shows_in_the_other_at_once(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "One <word>two</word>")
    stand.panel.show_views(Shown.BOTH)
    script, source = stand.panel.field, stand.panel.source_field
    script.moveCursor(QTextCursor.MoveOperation.End)

    QTest.keyClicks(script, " & more")
    assert source.toPlainText() == stand.script == "One <word>two</word> &amp; more"
    source.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(source, '<break time="1s"/>')

    assert script.sheet.text == f"One {CHIP}two & more{CHIP}"
    stand.panel.end_burst()
    stand.editing.undo()
    assert source.toPlainText() == stand.script
    assert script.sheet.source == stand.script


def test_both__the_caret_of_the_other_view_stays(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "One two three")
    stand.panel.show_views(Shown.BOTH)
    stand.panel.source_field.select_range(8, 13)
    stand.panel.field.moveCursor(QTextCursor.MoveOperation.Start)

    QTest.keyClicks(stand.panel.field, "And ")

    assert stand.panel.source_field.textCursor().selectedText() == "three"


def test_views__the_selection_goes_along(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "One <word>two</word> 😀 three")
    stand.select("three")

    stand.panel.palette_row.source.click()
    assert stand.panel.source_field.textCursor().selectedText() == "three"
    stand.panel.show_views(Shown.SCRIPT)

    assert stand.panel.field.textCursor().selectedText() == "three"


def test_source__invalid_text_is_kept_shown_and_can_be_undone(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "One <word>two</word>")
    stand.panel.palette_row.source.click()
    source = stand.panel.source_field
    source.moveCursor(QTextCursor.MoveOperation.Start)

    QTest.keyClicks(source, '<<a b="&< ]]> </word>')

    assert stand.script == '<<a b="&< ]]> </word>One <word>two</word>'
    assert source.toPlainText() == stand.script
    assert stand.panel.strip.problem is not None
    stand.panel.palette_row.source.click()
    QTest.keyClicks(stand.panel.field, "x")
    assert "two" in stand.script
    stand.panel.end_burst()
    stand.editing.undo()
    stand.editing.undo()
    assert stand.script == "One <word>two</word>"


def test_source__both_ends_of_the_mark_at_the_caret_are_marked(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "😀 <word>New York</word> now")
    stand.panel.activateWindow()  # nobody else does it on a display without a window manager
    qtbot.waitUntil(stand.panel.isActiveWindow, timeout=5000)
    stand.panel.palette_row.source.click()
    qtbot.waitUntil(stand.panel.source_field.hasFocus, timeout=5000)

    stand.panel.source_field.select_range(4, 4)
    assert banded(stand) == ["<word>", "</word>"]
    stand.panel.source_field.select_range(12, 12)

    assert banded(stand) == []


def test_source__completion_writes_marks_settings_and_values(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "Call ")
    stand.panel.palette_row.source.click()
    source = stand.panel.source_field
    source.moveCursor(QTextCursor.MoveOperation.End)

    QTest.keyClicks(source, "<sa")
    assert source.offers.isVisible()
    QTest.keyClick(source, Qt.Key.Key_Tab)
    QTest.keyClicks(source, "tel")
    QTest.keyClick(source, Qt.Key.Key_Return)

    assert stand.script == 'Call <say-as interpret-as="telephone"></say-as>'
    assert not source.offers.isVisible()


def test_source__escape_leaves_the_offers_and_typing_goes_on(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "")
    stand.panel.palette_row.source.click()
    source = stand.panel.source_field

    QTest.keyClicks(source, "a <")
    QTest.keyClick(source, Qt.Key.Key_Down)
    QTest.keyClick(source, Qt.Key.Key_Escape)
    assert not source.offers.isVisible()
    QTest.keyClicks(source, " 3")

    assert stand.script == "a < 3"


def test_problems__are_gone_to_in_the_order_of_the_script(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, 'A<break time="20s"/> b & c <foo>d</foo>')
    places = []
    stand.panel.strip.shown.connect(lambda one: places.append(one.start))

    for by in (1, 1, 1, -1):
        stand.panel.strip.step(by)

    first, second, third = sorted(set(places))
    assert places[-2:] != [first, first]
    assert set(places) == {first, second, third}
    start, _end = stand.panel.current_field.selected_range()
    assert start == places[-1]


def test_problems__the_key_fixes_the_one_shown(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, 'A<break time="20s"/> b')

    stand.panel.strip.fix()

    assert stand.script == 'A<break time="9000ms"/> b'


def test_counters__both_counts_stand_beside_each_other(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, '今天<break time="1s"/>天气😀')

    assert stand.panel.foot.words.startswith(f"{len(stand.script) + 1}/2000 · 5 spoken")


def test_split__is_offered_when_the_script_is_too_long(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "这是一个句子。" * 280)
    wanted: list[str] = []
    stand.panel.split_wanted.connect(wanted.append)
    assert not stand.panel.foot.split.isVisible()

    stand.editing.apply(edits_to("这是一个句子。" * 290))
    stand.panel.end_burst()
    stand.panel.show_view(stand.editing.view)
    stand.panel.foot.split.click()

    assert wanted == ["t"]


def test_legend__explains_the_tints_that_are_there(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, '在<say-as interpret-as="date">2025-03-08</say-as>')
    assert list(stand.panel.legend.kinds) == ["date"]

    stand.editing.apply(edits_to("在今天"))

    assert list(stand.panel.legend.kinds) == []
    assert not stand.panel.legend.isVisible()


@pytest.mark.parametrize("sign", ["😀", "👩\u200d👩\u200d👧", "𠮷", "مرحبا", "שלום", "e\u0301"])
def test_typing__around_signs_of_several_units_and_from_right_to_left(qtbot: QtBot, sign: str) -> None:
    stand = ScriptStand(qtbot, f"a{sign}<word>b</word>c")
    field = stand.panel.field
    cursor = field.textCursor()
    cursor.setPosition(len(f"a{sign}".encode("utf-16-le")) // 2 + 1)
    field.setTextCursor(cursor)

    QTest.keyClicks(field, "x")
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClick(field, Qt.Key.Key_Left)
    QTest.keyClicks(field, "y")

    assert stand.script == f"a{sign}y<word>b</word>c"


def test_unsure__numbers_and_polyphones_are_found_unless_marked(qtbot: QtBot) -> None:
    script = '😀银行2025-03-08和<say-as interpret-as="digits">12</say-as><phoneme alphabet="py" ph="hang2">行</phoneme>'
    field = ScriptStand(qtbot, script).panel.field
    shown = field.sheet

    ranges = shown.unsure(0, len(shown))

    found = {shown.source[slice(*shown.unit_places(*one))] for one in ranges}
    assert found == {"行", "和", "2025-03-08"}
    assert "several readings" in field.words_at(3)
    assert "二零二五年三月八日" in field.words_at(5)
    assert "several" not in field.words_at(0)
