"""Pasting, moving and copying text, and what is asked about it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from core.ssml.test_dialects import AZURE
from redub.ui.script.transfer import FRAGMENT, SSML
from ui.script.test_panel import ScriptStand


def paste(stand: ScriptStand, text: str = "", html: str = "") -> None:
    mime = QMimeData()
    if text:
        mime.setText(text)
    if html:
        mime.setHtml(html)
    stand.panel.current_field.insertFromMimeData(mime)


def test_paste__asks_once_what_line_breaks_become(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "")
    chosen: list[str] = []
    stand.panel.line_breaks_chosen.connect(chosen.append)

    paste(stand, "one\ntwo\nthree")
    assert stand.script == ""
    assert "2 line breaks" in stand.panel.bar.words
    stand.panel.bar.answer("A pause of 0.5 s")
    assert stand.script == 'one<break time="500ms"/> two<break time="500ms"/> three'
    assert chosen == ["500ms"]

    stand.caret_at_end()
    paste(stand, " four\nfive")
    assert not stand.panel.bar.isVisible()
    assert stand.script.endswith('four<break time="500ms"/> five')


def test_paste__is_one_step_that_undo_takes_back(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "One ")
    stand.caret_at_end()
    paste(stand, "two")
    paste(stand, " three")

    stand.editing.undo()

    assert stand.script == "One two"


def test_paste__a_question_can_be_left(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "One")
    paste(stand, "one\ntwo")

    stand.panel.bar.answer("Cancel")

    assert (stand.script, stand.panel.bar.isVisible()) == ("One", False)


def test_paste__valid_ssml_offers_its_marks(qtbot: QtBot) -> None:
    ssml = 'Hello<break time="1s"/> <word>New York</word>'
    stand = ScriptStand(qtbot, "")
    paste(stand, ssml)
    assert "2 marks" in stand.panel.bar.words

    stand.panel.bar.answer("Keep the marks")
    assert stand.script == ssml
    stand.editing.undo()
    paste(stand, ssml)
    stand.panel.bar.answer("Only the words")

    assert stand.script == "Hello New York"


def test_paste__foreign_ssml_is_translated_and_what_cannot_be_is_listed(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "")
    paste(stand, AZURE)
    assert "Azure" in stand.panel.bar.words
    assert "prosody" in stand.panel.bar.words

    stand.panel.bar.answer("Translate")

    assert '<say-as interpret-as="date">2025-03-08</say-as>' in stand.script
    assert stand.panel.strip.problem is None or stand.panel.strip.problem.level != "error"


def test_paste__of_a_page_is_its_text(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "")
    stand.panel.use_line_breaks("space")

    paste(stand, html="<p>Hello <b>you</b> &amp; me</p><p>again</p>")

    assert stand.script == "Hello you &amp; me again"


def test_paste__from_a_word_processor_is_clean(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "")

    paste(stand, "soft\u00adhyphen\u00a0and\u200b more\ufeff")

    assert stand.script == "softhyphen and more"


def test_copy__carries_text_for_others_and_marks_for_ssml(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "Go to <word>New York</word> now")
    stand.select("York now")

    mime = stand.panel.field.createMimeDataFromSelection()

    assert mime.text() == "York now"
    assert bytes(mime.data(SSML).data()).decode() == "<word>York</word> now"
    assert mime.hasFormat(FRAGMENT)


@pytest.mark.parametrize(
    "script, picked, before, moved",
    [
        ("One <word>two</word> three ", "three ", "One", "three One <word>two</word> "),
        ("One <word>two</word> three ", "One ", "END", "<word>two</word> three One "),
        ('A<break time="1s"/> b c', "c", "A", 'cA<break time="1s"/> b '),
        ("😀 one two", "two", "😀", "two😀 one "),
    ],
)
def test_move__text_is_dragged_with_its_marks_as_one_step(
    qtbot: QtBot, script: str, picked: str, before: str, moved: str
) -> None:
    stand = ScriptStand(qtbot, script)
    sheet = stand.panel.field.sheet
    first = len(sheet.text[: sheet.text.index(picked)].encode("utf-16-le")) // 2
    at = len(sheet.text) if before == "END" else sheet.text.index(before)
    target = len(sheet.text[:at].encode("utf-16-le")) // 2
    cursor = stand.panel.field.textCursor()
    cursor.setPosition(first)
    cursor.setPosition(first + len(picked), QTextCursor.MoveMode.KeepAnchor)
    stand.panel.field.setTextCursor(cursor)

    stand.panel.field.move_selection(target)

    assert stand.script == moved
    stand.editing.undo()
    assert stand.script == script


def test_move__a_whole_mark_goes_along(qtbot: QtBot) -> None:
    stand = ScriptStand(qtbot, "One <word>two</word> three")
    sheet = stand.panel.field.sheet
    cursor = stand.panel.field.textCursor()
    cursor.setPosition(4)
    cursor.setPosition(8, QTextCursor.MoveMode.KeepAnchor)
    stand.panel.field.setTextCursor(cursor)

    stand.panel.field.move_selection(len(sheet))

    assert stand.script == "One  three<word>two</word>"
    assert stand.panel.selected_ssml() == "<word>two</word>"
