"""Measures the script with 2000 characters and 200 marks, beside bare Qt fields with the same texts in the same run.

The exact figures are printed; what is compared is the time of the processor, which others on the machine do not change.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from core.ssml.examples import rubble
from redub.core.shot import Shot, Take
from redub.core.ssml.check import problems
from redub.core.ssml.document import parse, spoken_text
from redub.services.editing import Editing
from redub.ui.collecting import Collector
from redub.ui.script.panel import ScriptPanel
from redub.ui.script.views import Shown

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

CHARACTERS, MARKS, KEYS = 2000, 200, 150
LOOSE = 5.0
"""Nothing may cost so many times what the bare fields cost."""
_HAN = "我们今天在这里介绍一款全新的产品它的设计来自多年的经验和许多人的努力"
_MARKS = (
    '<break time="500ms"/>',
    '<phoneme alphabet="py" ph="chuan2">传</phoneme>',
    "<word>南京市</word>",
    '<sub alias="语音合成">TTS</sub>',
    '<say-as interpret-as="date">2020-08-09</say-as>',
)


@pytest.fixture(autouse=True)
def _collected_as_in_the_window() -> Iterator[None]:
    """Collect garbage once a second, as the program with its window does."""
    home = QObject()
    collector = Collector(home)
    collector.start()
    yield
    collector.stop()


def script() -> str:
    """Write 2000 spoken characters, Chinese with some English, with 200 marks of every kind."""
    chance = random.Random(4)
    marked = len(spoken_text(parse("".join(_MARKS)))) * MARKS // len(_MARKS)
    run = (CHARACTERS - marked) // MARKS
    pieces = [
        "".join(chance.choice(_HAN) for _ in range(run)) + _MARKS[n % len(_MARKS)] for n in range(MARKS)
    ]
    return "hello " + "".join(pieces)


class Ink(QSyntaxHighlighter):
    """Colours tags as simply as can be."""

    def highlightBlock(self, text: str) -> None:
        form = QTextCharFormat()
        form.setForeground(QColor("#85b8f2"))
        for found in re.finditer("<[^>]*>", text):
            self.setFormat(found.start(), found.end() - found.start(), form)


class Bare(QWidget):
    """The two texts in Qt's own fields; what is typed in one is typed in the other."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.script, self.source = QTextEdit(), QPlainTextEdit()
        self._ink = Ink(self.source.document())
        self.script.setPlainText(spoken_text(parse(source)))
        self.source.setPlainText(source)
        whole = QVBoxLayout(self)
        for field in (self.script, self.source):
            field.setUndoRedoEnabled(False)
            whole.addWidget(field)

    def press(self) -> None:
        QTest.keyClick(self.script, Qt.Key.Key_A)
        self.source.textCursor().insertText("a")
        QApplication.processEvents()


def place(field: QTextEdit | QPlainTextEdit, at: int) -> None:
    cursor = field.textCursor()
    cursor.setPosition(at, QTextCursor.MoveMode.MoveAnchor)
    field.setTextCursor(cursor)
    field.setFocus()


def measured(name: str, press: Callable[[], object], times: int = KEYS) -> tuple[float, float]:
    """Return median and 95th percentile in milliseconds of the processor, and print them with the clock's."""
    for _ in range(5):
        press()
    used, passed = [], []
    for _ in range(times):
        wall, begun = time.perf_counter(), time.process_time()
        press()
        used.append((time.process_time() - begun) * 1000)
        passed.append((time.perf_counter() - wall) * 1000)
    used.sort()
    passed.sort()
    middle, late = len(used) // 2, int(len(used) * 0.95)
    print(
        f"{name}: processor median {used[middle]:.1f} ms, p95 {used[late]:.1f} ms;"
        f" clock median {passed[middle]:.1f} ms, p95 {passed[late]:.1f} ms"
    )
    return used[middle], used[late]


def shown(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    widget.resize(360, 700)
    widget.show()
    qtbot.waitExposed(widget)


def panel(qtbot: QtBot, source: str) -> ScriptPanel:
    made = ScriptPanel()
    editing = Editing(lambda view: view)
    editing.open(Shot(takes=(Take(id="t", name="Take", script=source),)), None)
    made.edit_wanted.connect(lambda edit: editing.apply(edit))
    editing.listen(made.show_view)
    shown(qtbot, made)
    return made


def test_key__to_painted_with_checks_and_both_views(qtbot: QtBot) -> None:
    source = script()
    assert not problems(source)
    bare = Bare(source)
    shown(qtbot, bare)
    place(bare.script, CHARACTERS // 2)
    _floor, floor_late = measured("bare fields", bare.press)
    ours = panel(qtbot, source)
    ours.show_views(Shown.BOTH)
    text = ours.field.sheet.text
    place(
        ours.field, next(n for n in range(CHARACTERS // 2, len(text)) if {text[n - 1], text[n]} <= set(_HAN))
    )

    def press() -> None:
        QTest.keyClick(ours.field, Qt.Key.Key_A)
        QApplication.processEvents()

    _median, late = measured("script, both views", press)

    assert ours.source_field.toPlainText() == ours.field.sheet.source
    assert late / floor_late < LOOSE


def test_source__opens(qtbot: QtBot) -> None:
    source = script()
    bare = QPlainTextEdit()
    ink = Ink(bare.document())
    shown(qtbot, bare)
    ours = panel(qtbot, source)

    def open_bare() -> None:
        bare.setPlainText("")
        bare.setPlainText(source)
        QApplication.processEvents()

    def open_ours() -> None:
        ours.source_field.show_source("", ())
        ours.show_views(Shown.SOURCE)
        QApplication.processEvents()
        ours.show_views(Shown.SCRIPT)

    floor, _late = measured("bare source", open_bare, 40)
    median, _late = measured("source and back", open_ours, 40)

    assert ink.document() is bare.document()
    assert median / floor < 2 * LOOSE


def test_parser__is_never_slow(capsys: pytest.CaptureFixture[str]) -> None:
    slowest: dict[str, float] = {"ours": 0.0, "peer": 0.0}
    total: dict[str, float] = {"ours": 0.0, "peer": 0.0}

    @settings(
        max_examples=10_000,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(st.one_of(st.text(), rubble))
    def read(source: str) -> None:
        for name, reader in (("ours", problems), ("peer", _peer)):
            begun = time.process_time()
            reader(source)
            spent = time.process_time() - begun
            slowest[name] = max(slowest[name], spent)
            total[name] += spent

    read()

    with capsys.disabled():
        for name in slowest:
            print(f"10 000 strings, {name}: {total[name]:.2f} s, slowest {slowest[name] * 1000:.1f} ms")
    assert slowest["ours"] < 0.020 or slowest["ours"] / slowest["peer"] < LOOSE


def _peer(source: str) -> None:
    parser = HTMLParser()
    parser.feed(source)
    parser.close()
