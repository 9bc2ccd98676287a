"""The lanes without a mouse, and what a screen reader is told about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from redub.core.shot import MakeType, Selection, Shot
from redub.core.times import Notation
from redub.ui.timeline import intervals, resultstrip, stilllane
from redub.ui.timeline.handle import Part
from ui.timeline.stand import TimelineStand, a_shot

StandFactory = Callable[[Shot], TimelineStand]
CUSTOM = Selection(make_type=MakeType.CUSTOM, start=4.0, end=12.0)
Said = list[str]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Said:
    """Collect what is said aloud."""
    words: Said = []
    for module in (intervals, resultstrip, stilllane):
        monkeypatch.setattr(module, "announce", lambda _widget, sentence: words.append(sentence))
    return words


def focus_of(bench: TimelineStand) -> QWidget | None:
    """Return what the keys act on, whether or not this window is the active one."""
    return bench.panel.window().focusWidget()


def walk(node: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield node
    for number in range(node.childCount()):
        child = node.child(number)
        if child is not None:
            yield from walk(child)


def test_tree__holds_every_edge_and_interval_with_name_role_and_value(stand: StandFactory) -> None:
    bench = stand(a_shot((3.0, 5.0), (8.0, 9.5), selection=CUSTOM))
    bench.panel.show_cursor(2.5)

    sliders = {
        node.text(QAccessible.Text.Name): node
        for node in walk(QAccessible.queryAccessibleInterface(bench.panel))
        if node.role() is QAccessible.Role.Slider and not node.state().invisible
    }

    values = {name: node.valueInterface().currentValue() for name, node in sliders.items()}
    assert values == {
        "Cursor": 2500,
        "Segment": 4000,
        "Segment start": 4000,
        "Segment end": 12000,
        "Still interval 1": 3000,
        "Start of still interval 1": 3000,
        "End of still interval 1": 5000,
        "Still interval 2": 8000,
        "Start of still interval 2": 8000,
        "End of still interval 2": 9500,
        "Result": 0,
    }
    assert all(node.text(QAccessible.Text.Description) for node in sliders.values())
    assert all(node.state().focusable for node in sliders.values())


def test_value__set_from_outside_moves_the_cursor_and_the_result(stand: StandFactory) -> None:
    bench = stand(a_shot())
    tree = list(walk(QAccessible.queryAccessibleInterface(bench.panel)))
    by_name = {
        node.text(QAccessible.Text.Name): node for node in tree if node.role() is QAccessible.Role.Slider
    }

    by_name["Cursor"].valueInterface().setCurrentValue(6000)
    by_name["Result"].valueInterface().setCurrentValue(22000)

    assert bench.seeks == [6.0, pytest.approx(18.0)]


def test_nudge__is_said_with_name_and_new_time(stand: StandFactory, said: Said) -> None:
    bench = stand(a_shot((3.0, 5.0)))
    handle = bench.still(0, Part.END)
    handle.setFocus()
    said.clear()

    QTest.keyClick(handle, Qt.Key.Key_Right)
    QTest.keyClick(handle, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)

    assert said == [
        "End of still interval 1: 5.040 s, f126",
        "End of still interval 1: 5.440 s, f136",
    ]


def test_empty_still_lane__is_reached_by_tab_and_marks_with_enter(stand: StandFactory, said: Said) -> None:
    bench = stand(a_shot())
    bench.panel.show_cursor(7.0)
    bench.segment(Part.END).setFocus()

    QTest.keyClick(bench.segment(Part.END), Qt.Key.Key_Tab)
    lane = bench.panel.lanes.stills
    assert focus_of(bench) is lane
    QTest.keyClick(lane, Qt.Key.Key_Return)

    assert bench.stills == [(7.0, 8.0)]
    assert said == ["1 still interval"]


def test_delete__leaves_the_focus_on_the_interval_before_and_then_in_the_timeline(
    stand: StandFactory,
) -> None:
    bench = stand(a_shot((3.0, 5.0), (8.0, 9.0)))
    bench.still(1, Part.END).setFocus()

    QTest.keyClick(bench.still(1, Part.END), Qt.Key.Key_Delete)
    assert focus_of(bench) is bench.still(0, Part.END)
    QTest.keyClick(bench.still(0, Part.END), Qt.Key.Key_Delete)

    focus = focus_of(bench)
    assert focus is not None
    assert bench.panel.isAncestorOf(focus)
    assert bench.stills == []


def test_undo__of_a_mark_leaves_the_focus_in_the_timeline(stand: StandFactory) -> None:
    bench = stand(a_shot())
    bench.panel.show_cursor(7.0)
    bench.panel.still_here()
    bench.still(0, Part.BODY).setFocus()

    bench.editing.undo()

    focus = focus_of(bench)
    assert focus is not None
    assert bench.panel.isAncestorOf(focus)


def test_result__is_walked_by_frames_and_by_splices_and_says_what_is_there(
    stand: StandFactory, said: Said
) -> None:
    bench = stand(a_shot())
    strip = bench.panel.lanes.result
    strip.setFocus()
    said.clear()

    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Up):
        QTest.keyClick(strip, key)

    assert bench.seeks == pytest.approx([0.04, 20.0, 16.0, 20.0], abs=0.05)
    assert said[0].startswith("at 0.04 s of the result · the picture at 0.040 s")
    assert "backward" in said[1]


def test_typed_times__are_shown_in_the_chosen_notation_and_keep_their_thousandths(
    stand: StandFactory,
) -> None:
    bench = stand(a_shot((3.017, 5.0)))
    bench.panel.set_notation(Notation.TIMECODE)
    handle = bench.still(0, Part.BODY)
    handle.setFocus()
    QTest.keyClick(handle, Qt.Key.Key_Return)
    start, end = (
        field for field in bench.panel.findChildren(QLineEdit) if field.accessibleName() in {"Start", "End"}
    )

    assert (start.text(), end.text()) == ("00:00:03:00", "00:00:05:00")
    end.setText("00:00:06:05")
    QTest.keyClick(end, Qt.Key.Key_Return)

    assert bench.stills == [(3.017, 6.2)]
    assert focus_of(bench) is handle


def test_typed_times__that_cannot_be_are_said_beside_the_fields(stand: StandFactory) -> None:
    bench = stand(a_shot((3.0, 5.0)))
    QTest.mouseDClick(bench.still(0, Part.BODY), Qt.MouseButton.LeftButton)
    _start, end = (
        field for field in bench.panel.findChildren(QLineEdit) if field.accessibleName() in {"Start", "End"}
    )

    end.setText("2.0")
    QTest.keyClick(end, Qt.Key.Key_Return)
    assert "after the start" in end.accessibleDescription()
    end.setText("soon")
    QTest.keyClick(end, Qt.Key.Key_Return)
    assert "no time" in end.accessibleDescription()
    assert bench.stills == [(3.0, 5.0)]
