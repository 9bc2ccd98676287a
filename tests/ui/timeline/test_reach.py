"""What the mouse does beside dragging: wheel, middle button, hovering, and pulling beyond the ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from redub.core.shot import MakeType, Selection, Shot
from redub.ui.timeline.handle import Part
from ui.timeline.stand import DURATION, TimelineStand, a_shot, move

StandFactory = Callable[[Shot], TimelineStand]
CUSTOM = Selection(make_type=MakeType.CUSTOM, start=4.0, end=12.0)
LEFT, MIDDLE, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier


def near(seconds: float) -> object:
    return pytest.approx(seconds, abs=0.05)


def turn(widget: QWidget, keys: Qt.KeyboardModifier = NONE) -> None:
    """Turn the wheel over the middle of `widget` by one notch."""
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        widget.mapToGlobal(middle),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def hover(widget: QWidget, x: int) -> None:
    place = QPointF(x, 8)
    nothing = Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, place, widget.mapToGlobal(place), nothing, nothing, NONE)
    QApplication.sendEvent(widget, event)


def test_wheel__over_an_interval_changes_no_time(stand: StandFactory) -> None:
    bench = stand(a_shot((6.0, 8.0), selection=CUSTOM))

    for handle in (bench.segment(Part.BODY), bench.segment(Part.END), bench.still(0, Part.BODY)):
        turn(handle)
    turn(bench.panel.lanes.result)

    assert bench.editing.view.undo_label == ""
    assert bench.seeks == []


def test_middle_button__pulls_the_lanes_along_whatever_lies_under_it(stand: StandFactory) -> None:
    bench = stand(a_shot(selection=CUSTOM))
    panel = bench.panel
    panel.fit_segment()
    left, pull = panel.scale.left, 50

    for widget in (panel.lanes.thumbs, panel.lanes.stills, bench.segment(Part.BODY)):
        panel.view.use(panel.scale.scrolled(left))
        QTest.mousePress(widget, MIDDLE, NONE, QPoint(60, 8))
        place = QPointF(60 - pull, 8)
        event = QMouseEvent(
            QEvent.Type.MouseMove, place, widget.mapToGlobal(place), Qt.MouseButton.NoButton, MIDDLE, NONE
        )
        QApplication.sendEvent(widget, event)
        QTest.mouseRelease(widget, MIDDLE, NONE, QPoint(60 - pull, 8))
        assert panel.scale.left == pytest.approx(left + panel.scale.span(pull))

    assert bench.seeks == []
    assert bench.editing.view.undo_label == ""


@pytest.mark.parametrize("lane", ["ruler", "thumbs", "wave"])
def test_press__in_ruler_pictures_and_sound_brings_the_cursor(stand: StandFactory, lane: str) -> None:
    bench = stand(a_shot())
    widget = getattr(bench.panel.lanes, lane)

    bench.drag(widget, 6.0, 9.0)

    assert bench.seeks[0] == near(6.0)
    assert bench.seeks[-1] == near(9.0)


def test_hover__shows_the_nearest_picture_until_the_cursor_moves_or_the_pointer_leaves(
    stand: StandFactory,
) -> None:
    bench = stand(a_shot(selection=Selection(make_type=MakeType.CUSTOM, start=1.0, end=12.0)))
    lanes = bench.panel.lanes
    for number in range(3):
        picture = QImage(32, 18, QImage.Format.Format_RGB32)
        picture.fill(number)
        lanes.thumbs.add(float(number * 10), picture)

    hover(lanes.wave, bench.x(9.0))
    shown = lanes.hover_picture
    assert shown is not None
    assert shown.isVisible()
    assert shown.picture.pixel(0, 0) & 0xFFFFFF == 1
    assert shown.geometry().bottom() < lanes.ruler.mapTo(bench.panel.window(), QPoint(0, 0)).y() or (
        shown.y() == 0
    )

    body = bench.segment(Part.BODY)
    hover(body, bench.x(2.0) - body.x())
    assert shown.picture.pixel(0, 0) & 0xFFFFFF == 0
    bench.panel.show_cursor(3.0)
    assert [shown.isVisible()] == [False]
    hover(lanes.wave, bench.x(9.0))
    QApplication.sendEvent(lanes.wave, QEvent(QEvent.Type.Leave))
    assert [shown.isVisible()] == [False]


def test_drag__beyond_the_end_scrolls_and_goes_on_dragging(stand: StandFactory) -> None:
    bench = stand(a_shot(selection=CUSTOM))
    panel, handle = bench.panel, bench.segment(Part.END)
    panel.view.use(panel.scale.around(2.0, 12.5))
    left = panel.scale.left

    QTest.mousePress(handle, LEFT, NONE, handle.rect().center())
    place = handle.mapFrom(panel.lanes.segment, QPoint(panel.lanes.segment.width() + 80, 8))
    move(handle, place, Qt.KeyboardModifier.ShiftModifier)
    reached = bench.shot.selection.end
    edge = panel.lanes.segment.edge
    assert edge.running
    for _ in range(20):
        edge.tick()
    QTest.mouseRelease(handle, LEFT, NONE, place)

    assert panel.scale.left > left
    assert bench.shot.selection.end is not None
    assert bench.shot.selection.end > (reached or DURATION) + 0.5
    assert [edge.running] == [False]  # asked anew: mypy holds a property for a constant
    bench.editing.undo()
    assert bench.shot.selection == CUSTOM


def test_cursor__dragged_beyond_the_end_scrolls_bit_by_bit(stand: StandFactory) -> None:
    bench = stand(a_shot())
    panel, ruler = bench.panel, bench.panel.lanes.ruler
    panel.seek_wanted.connect(panel.show_cursor)
    panel.view.use(panel.scale.around(2.0, 6.0))
    left = panel.scale.left

    QTest.mousePress(ruler, LEFT, NONE, QPoint(bench.x(5.0), 8))
    move(ruler, QPoint(ruler.width() + 40, 8), NONE)
    ruler.edge.tick()
    QTest.mouseRelease(ruler, LEFT, NONE, QPoint(ruler.width() + 40, 8))

    assert left < panel.scale.left < left + panel.scale.seen * 0.2
    assert panel.scale.left <= bench.seeks[-1] <= panel.scale.left + panel.scale.seen + 0.1


def menu_of(widget: QWidget) -> dict[str, QAction]:
    """Ask for the menu of `widget` and return its actions by their words."""
    middle = widget.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, widget.mapToGlobal(middle))
    QApplication.sendEvent(widget, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.hide()
    return {action.text(): action for action in menu.actions()}


@pytest.mark.qt_log_ignore("does not support")  # drawing into memory, Qt has no popups to raise
def test_menu__of_a_still_interval_cuts_and_removes_it(stand: StandFactory) -> None:
    bench = stand(a_shot((3.0, 5.0), (8.0, 9.0)))
    bench.panel.show_cursor(4.0)

    assert not menu_of(bench.still(1, Part.BODY))["Cut it in two at the cursor"].isEnabled()
    menu_of(bench.still(0, Part.BODY))["Cut it in two at the cursor"].trigger()
    assert len(bench.stills) == 3
    menu_of(bench.still(2, Part.END))["Remove it"].trigger()

    assert [start for start, _end in bench.stills] == [3.0, 4.02]
    assert bench.editing.view.undo_label == "Remove still"


@pytest.mark.qt_log_ignore("does not support")  # drawing into memory, Qt has no popups to raise
def test_menu__of_the_segment_uses_the_whole_clip_again(stand: StandFactory) -> None:
    bench = stand(a_shot(selection=CUSTOM))

    menu_of(bench.segment(Part.BODY))["Use the whole clip"].trigger()

    assert bench.shot.selection == Selection()
    assert not menu_of(bench.segment(Part.START))["Use the whole clip"].isEnabled()
