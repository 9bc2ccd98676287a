from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from redub import paths
from redub.core.shot import MakeType, Selection, Shot
from redub.media.probe import probe
from redub.ui.timeline.handle import Part
from support.clips import ClipFactory
from ui.timeline.stand import DURATION, TimelineStand, a_shot, move

StandFactory = Callable[[Shot], TimelineStand]
CUSTOM = Selection(make_type=MakeType.CUSTOM, start=4.0, end=12.0)


def near(seconds: float) -> object:
    """Return `seconds` as exactly as a pixel of this timeline can be."""
    return pytest.approx(seconds, abs=0.05)


def test_segment_edge__dragged_gives_the_new_time_as_one_step(stand: StandFactory) -> None:
    bench = stand(a_shot(selection=CUSTOM))

    bench.drag(bench.segment(Part.END), 12.0, 15.0)

    assert bench.shot.selection.end == near(15.0)
    assert bench.shot.selection.start == 4.0
    bench.editing.undo()
    assert bench.shot.selection == CUSTOM
    assert bench.editing.view.undo_label == ""


def test_segment_edge__two_drags_are_two_steps(stand: StandFactory) -> None:
    bench = stand(a_shot(selection=CUSTOM))

    bench.drag(bench.segment(Part.END), 12.0, 15.0)
    bench.drag(bench.segment(Part.END), 15.0, 17.0)
    bench.editing.undo()

    assert bench.shot.selection.end == near(15.0)


def test_segment_edge__of_a_whole_clip_chooses_custom(stand: StandFactory) -> None:
    bench = stand(a_shot())

    bench.drag(bench.segment(Part.START), 0.0, 3.0)

    assert bench.shot.selection.make_type is MakeType.CUSTOM
    assert bench.shot.selection.start == near(3.0)


def test_segment_body__moves_with_its_length(stand: StandFactory) -> None:
    bench = stand(a_shot(selection=CUSTOM))

    bench.drag(bench.segment(Part.BODY), 8.0, 10.0)

    assert bench.shot.selection.start == near(6.0)
    assert bench.shot.selection.end == near(14.0)


def test_segment_lane__drawing_in_it_picks_a_new_segment(stand: StandFactory) -> None:
    bench = stand(a_shot())

    bench.drag(bench.panel.lanes.segment, 5.0, 13.0)

    assert bench.shot.selection.make_type is MakeType.CUSTOM
    assert (bench.shot.selection.start, bench.shot.selection.end) == (near(5.0), near(13.0))


def test_segment__too_short_is_shown_where_it_is_wrong(stand: StandFactory) -> None:
    bench = stand(a_shot(selection=Selection(make_type=MakeType.CUSTOM, start=4.0, end=6.0)))

    assert "longer than 5 seconds" in bench.panel.lanes.segment.wrong
    assert "longer than 5 seconds" in bench.segment(Part.BODY).toolTip()


def test_segment__a_void_end_says_why(stand: StandFactory) -> None:
    bench = stand(a_shot(selection=Selection(make_type=MakeType.CIRCLE, start=4.0, end=12.0)))

    assert [part.why for part in bench.panel.lanes.segment.shape.void] != []
    assert "Circle" in bench.segment(Part.END).accessibleDescription()


def test_still__drawn_in_the_empty_lane(stand: StandFactory) -> None:
    bench = stand(a_shot())

    bench.drag(bench.panel.lanes.stills, 3.0, 5.0)

    assert bench.stills == [(near(3.0), near(5.0))]
    bench.editing.undo()
    assert bench.stills == []


def test_still__drawn_back_and_forth_swallows_no_neighbour(stand: StandFactory) -> None:
    bench = stand(a_shot((8.0, 9.0)))
    lane = bench.panel.lanes.stills

    QTest.mousePress(
        lane, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, QPoint(bench.x(5.0), 8)
    )

    for moment in (7.0, 8.5, 6.0):
        move(lane, QPoint(bench.x(moment), 8), Qt.KeyboardModifier.ShiftModifier)
    QTest.mouseRelease(
        lane, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, QPoint(bench.x(6.0), 8)
    )

    assert bench.stills == [(near(5.0), near(6.0)), (8.0, 9.0)]


def test_still__moved_and_resized(stand: StandFactory) -> None:
    bench = stand(a_shot((3.0, 5.0)))

    bench.drag(bench.still(0, Part.BODY), 4.0, 9.0)
    assert bench.stills == [(near(8.0), near(10.0))]

    bench.drag(bench.still(0, Part.START), bench.stills[0][0], 7.0)
    assert bench.stills == [(near(7.0), near(10.0))]

    bench.editing.undo()
    bench.editing.undo()
    assert bench.stills == [(3.0, 5.0)]


def test_still__stops_at_its_neighbour(stand: StandFactory) -> None:
    bench = stand(a_shot((3.0, 5.0), (8.0, 9.0)))

    bench.drag(bench.still(0, Part.END), 5.0, 12.0)

    assert bench.stills == [(3.0, 7.96), (8.0, 9.0)]


def test_still__delete_removes_the_one_with_the_focus(stand: StandFactory) -> None:
    bench = stand(a_shot((3.0, 5.0), (8.0, 9.0)))
    handle = bench.still(1, Part.BODY)
    handle.setFocus()

    QTest.keyClick(handle, Qt.Key.Key_Delete)

    assert bench.stills == [(3.0, 5.0)]


def test_still__the_sixth_is_red_with_a_sentence(stand: StandFactory) -> None:
    bench = stand(a_shot(*[(float(n), n + 0.5) for n in range(6)]))

    assert "at most five" in bench.panel.lanes.stills.wrong
    assert "at most 5" in bench.still(5, Part.BODY).toolTip()
    assert bench.still(4, Part.BODY).toolTip() == ""


def test_still__times_are_typed_after_a_double_click(stand: StandFactory) -> None:
    bench = stand(a_shot((3.0, 5.0)))
    handle = bench.still(0, Part.BODY)

    QTest.mouseDClick(handle, Qt.MouseButton.LeftButton)
    start, end = (
        field for field in bench.panel.findChildren(QLineEdit) if field.accessibleName() in {"Start", "End"}
    )
    start.setText("0:06.5")
    end.setText("f200")
    QTest.keyClick(end, Qt.Key.Key_Return)

    assert bench.stills == [(6.5, 8.0)]


def test_edge__snaps_to_the_cursor_and_says_so_and_shift_frees_it(stand: StandFactory) -> None:
    bench = stand(a_shot((3.0, 5.0)))
    bench.panel.show_cursor(8.0)
    held = bench.panel.scale.span(4)

    bench.drag(bench.still(0, Part.END), 5.0, 8.0 + held, free=False)
    assert bench.stills == [(3.0, 8.0)]

    bench.editing.undo()
    bench.drag(bench.still(0, Part.END), 5.0, 8.0 + held, free=True)
    assert bench.stills[0][1] > 8.0


def test_edge__arrow_keys_nudge_by_frames_and_holding_is_one_step(stand: StandFactory) -> None:
    bench = stand(a_shot((3.0, 5.0)))
    handle = bench.still(0, Part.END)
    handle.setFocus()

    for _ in range(3):
        QTest.keyPress(handle, Qt.Key.Key_Right)
    QTest.keyRelease(handle, Qt.Key.Key_Right)
    assert bench.stills == [(3.0, 5.12)]

    QTest.keyClick(handle, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert bench.stills == [(3.0, 5.08)]
    bench.editing.undo()
    bench.editing.undo()
    assert bench.stills == [(3.0, 5.0)]


def test_edge__is_nudged_to_where_a_picture_begins(stand: StandFactory) -> None:
    bench = stand(a_shot((3.0, 5.0)))
    bench.panel.show_times((0.0, 3.0, 5.0, 5.3, 6.0), DURATION)
    handle = bench.still(0, Part.END)

    QTest.keyClick(handle, Qt.Key.Key_Right)
    assert bench.stills == [(3.0, 5.3)]
    QTest.keyClick(handle, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert bench.stills == [(3.0, DURATION)]


def test_edge__dragging_shows_the_picture_of_the_edge_and_then_the_cursors_again(stand: StandFactory) -> None:
    bench = stand(a_shot((3.0, 5.0)))

    bench.drag(bench.still(0, Part.END), 5.0, 7.0)

    assert bench.peeks[-2] == near(7.0)
    assert bench.peeks[-1] is None
    assert bench.seeks == []


def test_every_edge__can_be_reached_with_tab(stand: StandFactory) -> None:
    bench = stand(a_shot((3.0, 5.0), selection=CUSTOM))
    bench.segment(Part.BODY).setFocus()
    names = []
    for _ in range(6):
        focus = bench.panel.window().focusWidget()
        names.append(focus.accessibleName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)

    assert names == [
        "Segment",
        "Segment start",
        "Segment end",
        "Still interval 1",
        "Start of still interval 1",
        "End of still interval 1",
    ]


def test_every_edge__is_a_slider_with_its_time_to_a_screen_reader(stand: StandFactory) -> None:
    bench = stand(a_shot((3.0, 5.0)))
    spoken = QAccessible.queryAccessibleInterface(bench.still(0, Part.END))

    assert spoken.role() is QAccessible.Role.Slider
    assert spoken.text(QAccessible.Text.Name) == "End of still interval 1"
    assert spoken.valueInterface().currentValue() == 5000
    assert bench.still(0, Part.END).accessibleDescription() == "5.000 s, f125"


def test_edge__moved_by_a_screen_reader_is_an_edit(stand: StandFactory) -> None:
    bench = stand(a_shot((3.0, 5.0)))

    bench.still(0, Part.END).setValue(6500)

    assert bench.stills == [(3.0, 6.5)]


def test_ruler__a_click_asks_for_the_cursor(stand: StandFactory) -> None:
    bench = stand(a_shot())

    QTest.mouseClick(bench.panel.lanes.ruler, Qt.MouseButton.LeftButton, pos=QPoint(bench.x(6.0), 10))

    assert bench.seeks == [near(6.0)]


def test_result__a_click_asks_for_the_reference_frame_that_is_on_screen_there(stand: StandFactory) -> None:
    bench = stand(a_shot())
    strip = bench.panel.lanes.result
    x = 12 + (strip.width() - 24) * 22.0 / 24.0  # 2 s after the splice at 20 s, running backward

    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(x), 12))

    assert bench.seeks == [near(18.0)]
    assert "24.0 s" in strip.summary
    assert "1 splice" in strip.summary


def test_keys__mark_at_the_cursor(stand: StandFactory) -> None:
    bench = stand(a_shot())
    bench.panel.show_cursor(3.0)
    QTest.keyClick(bench.panel, Qt.Key.Key_I)
    bench.panel.show_cursor(11.0)
    QTest.keyClick(bench.panel, Qt.Key.Key_O)
    bench.panel.show_cursor(5.0)
    QTest.keyClick(bench.panel, Qt.Key.Key_X)

    assert bench.shot.selection == Selection(make_type=MakeType.CUSTOM, start=3.0, end=11.0)
    assert bench.stills == [(5.0, 6.0)]

    bench.panel.show_cursor(5.5)
    QTest.keyClick(bench.panel, Qt.Key.Key_S)
    assert len(bench.stills) == 2
    QTest.keyClick(bench.panel, Qt.Key.Key_Delete)
    assert len(bench.stills) <= 2


def test_wheel__with_ctrl_zooms_around_the_pointer(stand: StandFactory) -> None:
    bench = stand(a_shot())
    ruler = bench.panel.lanes.ruler
    place = ruler.mapTo(bench.panel.view, QPoint(bench.x(10.0), 10))

    wheel = QWheelEvent(
        QPointF(place),
        bench.panel.view.mapToGlobal(QPointF(place)),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    before = bench.panel.scale
    QApplication.sendEvent(bench.panel.view, wheel)

    assert bench.panel.scale.per_second == pytest.approx(before.per_second * 1.25)
    assert bench.panel.scale.x(10.0) == pytest.approx(before.x(10.0), abs=1.5)


def test_zoom__fit_segment_and_fit(stand: StandFactory) -> None:
    bench = stand(a_shot(selection=CUSTOM))

    bench.panel.fit_segment()
    assert 3.0 < bench.panel.scale.left < 4.0
    bench.panel.fit()
    assert bench.panel.scale.is_whole


def test_clip__pictures_and_sound_are_read_and_a_new_clip_wins(
    qtbot: QtBot, clip_factory: ClipFactory
) -> None:
    first = probe(clip_factory(name="first.mp4", seconds=2.0))
    second = probe(clip_factory(name="second.mp4", seconds=3.0, first_frame=500))
    bench = TimelineStand(qtbot, a_shot(), first)
    bench.panel.show_view(bench.editing.view)

    other = TimelineStand(qtbot, a_shot(), second)
    bench.panel.show_view(other.editing.view)
    lanes = bench.panel.lanes
    qtbot.waitUntil(lambda: not lanes.wave.listening and lanes.thumbs.count > 5, timeout=10_000)

    assert lanes.wave.seconds_read == pytest.approx(3.0, abs=0.1)
    assert bench.panel.scale.duration == second.duration
    assert not bench.panel.grab().isNull()


def test_clip__without_sound_says_so(stand: StandFactory) -> None:
    bench = stand(a_shot())

    assert not bench.panel.lanes.wave.listening
    assert bench.panel.scale.duration == DURATION


def test_no_clip__draws_and_asks_for_nothing(qtbot: QtBot) -> None:
    bench = TimelineStand(qtbot, Shot(), None)

    QTest.keyClick(bench.panel, Qt.Key.Key_X)

    assert bench.stills == []
    assert not bench.panel.grab().isNull()


@pytest.fixture
def talking(qtbot: QtBot, clip_factory: ClipFactory) -> TimelineStand:
    """Show a clip that is quiet in every odd second, read to its end."""
    return heard(qtbot, TimelineStand(qtbot, a_shot(), probe(clip_factory(seconds=6.0, soft=0.0005))))


def heard(qtbot: QtBot, bench: TimelineStand) -> TimelineStand:
    qtbot.waitUntil(lambda: len(bench.panel.lanes.wave.quiet) == 3, timeout=10_000)
    return bench


def test_silence__is_marked_and_spoken_of(talking: TimelineStand) -> None:
    assert [part.start for part in talking.panel.lanes.wave.quiet] == [near(1.0), near(3.0), near(5.0)]
    assert "3" in talking.panel.lanes.wave.accessibleDescription()


def test_edge__snaps_to_silence_and_says_by_how_much(talking: TimelineStand) -> None:
    held = talking.panel.lanes.wave.quiet[1].start
    said: list[str] = []
    overlay = talking.panel.lanes.overlay
    talking.panel.lanes.segment.snapped.connect(lambda _found: said.append(overlay.words))

    talking.drag(talking.segment(Part.START), 0.0, held + talking.panel.scale.span(4), free=False)

    assert talking.shot.selection.start == pytest.approx(held, abs=0.001)
    assert said[-2].startswith("snapped to silence, -0.0")
    assert said[-1] == ""


def test_select_longest_quiet__picks_it_as_one_named_step(talking: TimelineStand) -> None:
    talking.panel.select_longest_quiet()

    longest = max(talking.panel.lanes.wave.quiet, key=lambda part: part.length)
    assert (talking.shot.selection.start, talking.shot.selection.end) == (
        near(longest.start),
        near(longest.end),
    )
    assert talking.editing.view.undo_label == "Select the longest quiet part"
    talking.editing.undo()
    assert talking.shot.selection == Selection()


def test_mark_silence_still__marks_only_inside_the_segment(qtbot: QtBot, clip_factory: ClipFactory) -> None:
    picked = Selection(make_type=MakeType.CUSTOM, start=0.5, end=4.5)
    clip = probe(clip_factory(seconds=6.0, soft=0.0005))
    bench = heard(qtbot, TimelineStand(qtbot, a_shot(selection=picked), clip))

    bench.panel.mark_silence_still()

    assert bench.stills == [(near(1.0), near(2.0)), (near(3.0), near(4.0))]
    assert bench.editing.view.undo_label == "Mark silence as still"
    bench.editing.undo()
    assert bench.stills == []


def test_mark_silence_still__nothing_quiet__says_so(stand: StandFactory) -> None:
    bench = stand(a_shot())

    bench.panel.mark_silence_still()
    bench.panel.select_longest_quiet()

    assert bench.stills == []
    assert bench.editing.view.undo_label == ""


def test_clip__opened_again__is_shown_from_the_disk(qtbot: QtBot, clip_factory: ClipFactory) -> None:
    clip = probe(clip_factory(seconds=6.0, soft=0.0005))
    first = heard(qtbot, TimelineStand(qtbot, a_shot(), clip))
    qtbot.waitUntil(lambda: len(list(kept_files())) == 3, timeout=10_000)
    first.panel.close_clip()
    Path(clip.path).unlink()

    again = heard(qtbot, TimelineStand(qtbot, a_shot(), clip))

    qtbot.waitUntil(lambda: again.panel.lanes.thumbs.count == first.panel.lanes.thumbs.count, timeout=10_000)


def kept_files() -> Iterator[Path]:
    return (paths.places().cache / "strips").glob("*.strip")
