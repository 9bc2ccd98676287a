from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from redub.ui.commands.entry import Entry
from redub.ui.palette import Palette
from redub.ui.palette.matching import badness

ENTRIES = (
    Entry(id="file.save", text="Save", where="File", keys="Ctrl+S"),
    Entry(id="mark.start", text="Start the segment here", where="Mark", keys="I"),
    Entry(id="mark.still", text="Mark still", where="Mark", reason="Open a clip first."),
    Entry(id="view.zoom_fit", text="Show the whole clip", where="View"),
)


@pytest.mark.parametrize(
    "typed,text,fits",
    [
        ("", "Save", True),
        ("sa", "Save", True),
        ("SEG", "Start the segment here", True),
        ("file save", "Save File", True),
        ("sth", "Start the segment here", True),
        ("sgh", "Start the segment here", False),
        ("xyz", "Save", False),
        ("save x", "Save File", False),
        ("保存", "保存项目", True),
    ],
)
def test_badness__fits(typed: str, text: str, fits: bool) -> None:
    assert (badness(typed, text) is not None) is fits


def test_badness__words_before_insides_before_scattered() -> None:
    texts = ["a cat", "locate", "clap at"]
    rated: list[Any] = [badness("cat", text) for text in texts]

    assert rated == sorted(rated)
    assert len(set(rated)) == 3


@pytest.fixture
def palette(qtbot: QtBot) -> Palette:
    made = Palette(None, ENTRIES)  # type: ignore[arg-type]  # a window of its own in a test
    qtbot.addWidget(made)
    made.open()
    return made


def shown(palette: Palette) -> list[str]:
    model = palette._model
    return [model.item(row).text() for row in range(model.rowCount())]


def test_palette__everything_in_the_order_of_the_menus(palette: Palette) -> None:
    assert shown(palette) == [entry.text for entry in ENTRIES]


def test_palette__typing_narrows_and_return_chooses(palette: Palette) -> None:
    QTest.keyClicks(palette._typed, "segm")
    assert shown(palette) == ["Start the segment here"]

    QTest.keyClick(palette._typed, Qt.Key.Key_Return)
    assert (palette.chosen, palette.result()) == ("mark.start", 1)


def test_palette__arrows_walk_while_the_line_has_the_focus(palette: Palette) -> None:
    QTest.keyClick(palette._typed, Qt.Key.Key_Down)
    QTest.keyClick(palette._typed, Qt.Key.Key_Down)
    QTest.keyClick(palette._typed, Qt.Key.Key_Return)

    assert palette.chosen == "mark.still"


def test_palette__nothing_fits(palette: Palette) -> None:
    QTest.keyClicks(palette._typed, "qqq")
    QTest.keyClick(palette._typed, Qt.Key.Key_Return)

    assert shown(palette) == []
    assert palette.chosen == ""
    assert "No command" in palette._count.text()


def test_palette__what_is_not_possible_says_why(palette: Palette) -> None:
    QTest.keyClicks(palette._typed, "mark")

    assert shown(palette) == ["Mark still", "Start the segment here"]
    said = palette._model.item(0).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert said == "Open a clip first."


def test_palette__of_something_else_speaks_of_no_commands(qtbot: QtBot) -> None:
    made = Palette(None, ENTRIES, "Open recent", "Type a part of its name")  # type: ignore[arg-type]  # a window of its own in a test
    qtbot.addWidget(made)

    assert (made.windowTitle(), made._list.accessibleName(), made._count.text()) == (
        "Open recent",
        "Open recent",
        "",
    )
    QTest.keyClicks(made._typed, "qqq")
    assert made._count.text() == "Nothing has these letters."
