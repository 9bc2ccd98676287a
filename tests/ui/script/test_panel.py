from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDoubleSpinBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from redub.core import edits
from redub.core.findings import Level
from redub.core.history import Edit
from redub.core.shot import DriverType, Shot, Take
from redub.core.ssml.check import problems
from redub.core.ssml.vocabulary import SAY_AS_KINDS, TAGS
from redub.services.editing import Editing
from redub.ui.script.panel import ScriptPanel
from redub.ui.script.sheet import CHIP
from redub.ui.script.units import unit_of

Field = TypeVar("Field", bound=QWidget)


class ScriptStand:
    """A panel over a real history, as the window wires them."""

    def __init__(self, qtbot: QtBot, script: str) -> None:
        self.editing = Editing(lambda view: view)
        self.editing.open(Shot(takes=(Take(id="t", name="Take", script=script),)), None)
        self.panel = ScriptPanel()
        qtbot.addWidget(self.panel)
        self.panel.edit_wanted.connect(lambda edit: self.editing.apply(edit))
        self.panel.edit_ended.connect(lambda: self.editing.seal())
        self.editing.listen(self.panel.show_view)
        self.panel.resize(380, 480)
        self.panel.show()
        qtbot.waitExposed(self.panel)

    @property
    def script(self) -> str:
        """Return the script of the take."""
        take = self.editing.view.take
        assert take is not None
        return take.script

    def select(self, text: str) -> None:
        """Select the first place of `text` in the script."""
        shown = self.panel.field.sheet.text
        first = unit_of(shown, shown.index(text))
        cursor = self.panel.field.textCursor()
        cursor.setPosition(first)
        cursor.setPosition(first + unit_of(text, len(text)), QTextCursor.MoveMode.KeepAnchor)
        self.panel.field.setTextCursor(cursor)

    def caret_at_end(self) -> None:
        """Put the caret behind everything."""
        self.panel.current_field.moveCursor(QTextCursor.MoveOperation.End)

    def press(self, tag: str) -> None:
        """Press the button of `tag`."""
        self.panel.palette_row.button(tag).click()

    def in_form(self, kind: type[Field]) -> Field:
        """Return the field of the popover's form that is a `kind`."""
        found = self.panel.popover.form.findChild(kind)
        assert isinstance(found, kind)
        return found

    def set_mark(self) -> None:
        """Press Set in the popover."""
        buttons = self.panel.popover.findChildren(QPushButton)
        next(button for button in buttons if button.text() in {"Set", "Change"}).click()


def is_valid(script: str) -> bool:
    return not [one for one in problems(script) if one.level is Level.ERROR]


def test_typing__is_one_step_for_each_burst(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, "")
    QTest.keyClicks(bench.panel.field, "Hello ")
    QTest.keyClicks(bench.panel.field, "you")
    bench.panel.end_burst()
    QTest.keyClicks(bench.panel.field, "!")

    assert bench.script == "Hello you!"
    bench.editing.undo()
    assert bench.script == "Hello you"
    bench.editing.undo()
    assert bench.script == ""
    bench.editing.redo()
    assert bench.panel.field.toPlainText() == "Hello you"


def test_typing__a_pause_ends_the_burst(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, "")
    QTest.keyClicks(bench.panel.field, "One")
    qtbot.waitUntil(lambda: not bench.panel.is_typing, timeout=5000)
    QTest.keyClicks(bench.panel.field, " two")

    bench.editing.undo()

    assert bench.script == "One"


def test_typing__signs_are_made_safe_and_shown_as_typed(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, "")

    QTest.keyClicks(bench.panel.field, "R&D <3")

    assert bench.script == "R&amp;D &lt;3"
    assert bench.panel.field.toPlainText() == "R&D <3"
    assert is_valid(bench.script)


def test_typing__keeps_the_caret_where_it_is(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, 'One <word>two</word> three<break time="1s"/> four')
    field = bench.panel.field
    cursor = field.textCursor()
    cursor.setPosition(field.sheet.text.index("wo"))
    field.setTextCursor(cursor)

    QTest.keyClicks(field, "xy")

    assert bench.script == 'One <word>txywo</word> three<break time="1s"/> four'
    assert field.textCursor().position() == field.sheet.text.index("wo")


def test_typing__enter_is_a_space(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, "One")
    bench.caret_at_end()

    QTest.keyClick(bench.panel.field, Qt.Key.Key_Return)
    QTest.keyClicks(bench.panel.field, "two")

    assert bench.script == "One two"


def test_typing__enter_is_a_pause_where_that_was_chosen(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, "One.")
    bench.panel.use_line_breaks("500ms")
    bench.caret_at_end()

    QTest.keyClick(bench.panel.field, Qt.Key.Key_Return)

    assert "<break" in bench.script
    assert problems(bench.script) == ()


def test_typing__chinese_by_input_method(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, "说")
    bench.caret_at_end()
    field = bench.panel.field

    QApplication.sendEvent(field, QInputMethodEvent("ni hao", []))
    assert bench.script == "说"
    commit = QInputMethodEvent("", [])
    commit.setCommitString("你好")
    QApplication.sendEvent(field, commit)

    assert bench.script == "说你好"
    assert field.toPlainText() == "说你好"


def test_backspace__over_a_chip_removes_the_mark_and_keeps_the_words(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, "One <word>two</word>")
    field = bench.panel.field
    cursor = field.textCursor()
    cursor.setPosition(field.sheet.text.index(CHIP) + 1)
    field.setTextCursor(cursor)

    QTest.keyClick(field, Qt.Key.Key_Backspace)

    assert bench.script == "One two"
    bench.editing.undo()
    assert bench.script == "One <word>two</word>"
    assert field.sheet.text == f"One {CHIP}two"


def test_paste__is_clean_text(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, "One ")
    bench.caret_at_end()
    mime = QMimeData()
    mime.setText("two\nthree & four")

    bench.panel.use_line_breaks("space")

    bench.panel.field.insertFromMimeData(mime)

    assert bench.script == "One two three &amp; four"


def test_copy_and_paste__keep_marks(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, '<sub alias="big cat">Jaguar</sub> ')
    bench.panel.field.selectAll()
    mime = bench.panel.field.createMimeDataFromSelection()
    bench.caret_at_end()

    bench.panel.field.insertFromMimeData(mime)

    assert bench.script == '<sub alias="big cat">Jaguar</sub> ' * 2
    assert mime.text() == "big cat "


def test_undo__is_left_to_the_window(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, "One")
    QTest.keyClicks(bench.panel.field, "x")
    held = Qt.KeyboardModifier.ControlModifier
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, held)
    assert override.matches(QKeySequence.StandardKey.Undo)
    override.ignore()

    QApplication.sendEvent(bench.panel.field, override)

    assert not override.isAccepted()
    assert not bench.panel.field.document().isUndoAvailable()


@pytest.mark.parametrize("tag", list(TAGS))
def test_palette__every_button_makes_a_valid_script(qtbot: QtBot, tag: str) -> None:
    bench = ScriptStand(qtbot, "他传说 2020-08-09 now")
    bench.select({"phoneme": "传", "say-as": "2020-08-09"}.get(tag, "now"))

    bench.press(tag)
    if bench.panel.popover.isVisible():
        for line in bench.panel.popover.findChildren(QLineEdit):
            if line.parent() is bench.panel.popover.form:
                line.setText({"phoneme": "chuan2", "sub": "at once"}.get(tag, ""))
        bench.set_mark()

    assert f"<{tag}" in bench.script
    assert is_valid(bench.script)
    assert not bench.panel.popover.isVisible()
    bench.editing.undo()
    assert bench.script == "他传说 2020-08-09 now"


@pytest.mark.parametrize("kind", list(SAY_AS_KINDS))
def test_palette__every_kind_of_reading_can_be_chosen(qtbot: QtBot, kind: str) -> None:
    bench = ScriptStand(qtbot, f"now {SAY_AS_KINDS[kind].example} then")
    bench.select(SAY_AS_KINDS[kind].example)

    bench.press("say-as")
    kinds = bench.in_form(QComboBox)
    kinds.setCurrentIndex(kinds.findData(kind))
    bench.set_mark()

    assert f'<say-as interpret-as="{kind}">' in bench.script
    assert is_valid(bench.script)


def test_palette__a_pause_by_its_quick_button(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, "One two")
    bench.select("One")

    bench.press("break")
    buttons = bench.panel.popover.form.findChildren(QPushButton)
    next(button for button in buttons if button.text() == "2 s").click()

    assert bench.script == 'One<break time="2s"/> two'


def test_palette__a_pause_of_any_length_is_written_with_its_unit(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, "One two")
    bench.select("One")

    bench.press("break")
    bench.in_form(QDoubleSpinBox).setValue(1.25)
    bench.set_mark()

    assert bench.script == 'One<break time="1250ms"/> two'


def test_palette__tone_signs_become_tone_numbers(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, "他传说")
    bench.select("传说")

    bench.press("phoneme")
    bench.in_form(QLineEdit).setText("chuán shuō")
    bench.set_mark()

    assert 'ph="chuan2"' in bench.script
    assert 'ph="shuo1"' in bench.script
    assert is_valid(bench.script)


def test_palette__a_word_under_the_caret_is_enough(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, "One two three")
    bench.panel.field.select_range(5, 5)

    bench.press("word")

    assert bench.script == "One <word>two</word> three"


def test_palette__what_is_not_possible_is_said_and_changes_nothing(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, "他传说")
    bench.select("传")

    bench.press("phoneme")
    bench.in_form(QLineEdit).setText("chuan")
    bench.set_mark()

    assert "tone" in bench.panel.popover.refusal
    assert bench.panel.popover.isVisible()
    assert bench.script == "他传说"


def test_palette__a_gesture_says_that_it_has_no_effect(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, "Hello")
    bench.caret_at_end()

    bench.press("insert-action")

    assert "no effect" in TAGS["insert-action"].sentence
    assert bench.panel.popover.isVisible()


def test_escape__leaves_the_popover_without_a_change(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, "One two")
    bench.select("two")
    bench.press("sub")

    QTest.keyClick(bench.in_form(QLineEdit), Qt.Key.Key_Escape)

    assert not bench.panel.popover.isVisible()
    assert bench.script == "One two"


def test_chip__a_double_click_changes_or_removes_its_mark(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, 'Our <sub alias="big cat">Jaguar</sub>')
    field = bench.panel.field
    cursor = field.textCursor()
    cursor.setPosition(field.sheet.text.index(CHIP))
    place = field.cursorRect(cursor).center() + QPoint(8, 0)

    QTest.mouseDClick(field.viewport(), Qt.MouseButton.LeftButton, pos=place)
    line = bench.in_form(QLineEdit)
    assert line.text() == "big cat"
    line.setText("old car")
    bench.set_mark()
    assert bench.script == 'Our <sub alias="old car">Jaguar</sub>'

    QTest.mouseDClick(field.viewport(), Qt.MouseButton.LeftButton, pos=place)
    buttons = bench.panel.popover.findChildren(QPushButton)
    next(button for button in buttons if button.text() == "Remove").click()
    assert bench.script == "Our Jaguar"


def test_problems__are_shown_and_fixed_with_one_click(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, 'Tom & Jerry<break time="20s"/> run')
    strip = bench.panel.strip
    assert strip.isVisible()
    assert strip.problem is not None
    assert strip.problem.code == "raw_ampersand"
    assert "coded sign" in bench.panel.field.words_at(4)

    strip.fix_wanted.emit(strip.problem)
    assert bench.script == 'Tom &amp; Jerry<break time="20s"/> run'
    strip.fix_wanted.emit(strip.problem)

    assert is_valid(bench.script)
    assert not strip.isVisible()
    bench.editing.undo()
    assert strip.isVisible()


def test_source__shows_and_takes_the_exact_script(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, "One <word>two</word> &amp; three")
    bench.panel.palette_row.source.click()
    assert bench.panel.source_field.toPlainText() == bench.script

    bench.caret_at_end()
    QTest.keyClicks(bench.panel.source_field, '<break time="1s"/> four')
    bench.panel.palette_row.source.click()

    assert bench.script == 'One <word>two</word> &amp; three<break time="1s"/> four'
    assert bench.panel.field.sheet.text == f"One {CHIP}two & three{CHIP} four"


def test_source__the_palette_works_there_too(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, "One two")
    bench.panel.palette_row.source.click()
    bench.panel.source_field.select_range(4, 7)

    bench.press("word")

    assert bench.script == "One <word>two</word>"


def test_counters__count_and_estimate_and_warn(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, "A sentence that takes a moment to be said by somebody.")
    assert bench.panel.foot.words.startswith(f"{len(bench.script)}/2000 · ")
    assert " s" in bench.panel.foot.words

    bench.editing.apply(edits_to("word " * 500))
    assert bench.panel.foot.words.startswith("2500/2000")


def edits_to(script: str) -> Edit:
    return Edit("Write", lambda shot: edits.set_script(shot, "t", script))


def test_take__of_a_recording_has_no_script(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, "One")
    take = bench.editing.view.take
    assert take is not None

    bench.panel.show_view(
        replace(bench.editing.view, shot=Shot(takes=(replace(take, driver=DriverType.ORIGINAL_VOICE),)))
    )

    assert not bench.panel.field.isVisible()


def test_take__another_one_shows_its_own_script(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, "One")
    bench.editing.add_take("Second")
    assert bench.panel.field.toPlainText() == ""

    QTest.keyClicks(bench.panel.field, "Two")
    bench.editing.choose_take("t")

    assert bench.panel.field.toPlainText() == "One"
    assert [take.script for take in bench.editing.view.shot.takes] == ["One", "Two"]


def test_chips__are_painted(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, "".join(tag.example for tag in TAGS.values() if tag.name != "speak"))

    assert not bench.panel.grab().isNull()


def test_selected_ssml__is_the_selection_with_its_marks(qtbot: QtBot) -> None:
    bench = ScriptStand(qtbot, "Go to <word>New York</word> now")
    assert bench.panel.selected_ssml() == ""

    bench.select("York no")

    assert bench.panel.selected_ssml() == "<word>York</word> no"


@pytest.mark.parametrize("source", [False, True])
def test_show_spoken__puts_a_band_behind_the_words(qtbot: QtBot, source: bool) -> None:
    script = "😀 and <word>New York</word> now"
    bench = ScriptStand(qtbot, script)
    bench.panel.palette_row.source.setChecked(source)
    start = script.index("York")

    bench.panel.show_spoken((start, start + 4))
    banded = [one.cursor.selectedText() for one in bench.panel.current_field.extraSelections()]

    assert banded == ["York"]
    bench.panel.show_spoken(None)
    assert not bench.panel.current_field.extraSelections()
