"""Every edit changes what it says, and undo takes it back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from redub.core import edits
from redub.core.history import Edit
from redub.core.shot import Letters, MakeType, Options, Selection, Shot, Source, Speech, StillInterval, Take
from support.reversible import reversible


def a_shot(*stills: tuple[float, float]) -> Shot:
    takes = (Take(id="t1", name="One", script="Hello there"), Take(id="t2", name="Two"))
    return Shot(
        reference=Source(path="/clip.mp4"),
        selection=Selection(make_type=MakeType.CIRCLE, start=1.0, end=9.0),
        still_intervals=tuple(StillInterval(*still) for still in stills),
        takes=takes,
    )


def still_times(shot: Shot) -> list[tuple[float, float]]:
    return [(still.start, still.end) for still in shot.still_intervals]


@pytest.mark.parametrize(
    "change",
    [
        lambda shot: edits.set_reference(shot, Source(url="https://example.org/a.mp4")),
        lambda shot: edits.set_make_type(shot, MakeType.CUSTOM),
        lambda shot: edits.pick_segment(shot, 7, 2),
        lambda shot: edits.use_whole_clip(shot),
        lambda shot: edits.add_still(shot, 5, 6),
        lambda shot: edits.resize_still(shot, 0, 2.2, 2.9),
        lambda shot: edits.move_still(shot, 0, 4),
        lambda shot: edits.split_still(shot, 0, 2.5),
        lambda shot: edits.remove_still(shot, 0),
        lambda shot: edits.clear_void(shot),
        lambda shot: edits.add_take(shot, Take(id="t3", name="Three")),
        lambda shot: edits.remove_take(shot, "t1"),
        lambda shot: edits.move_take(shot, "t2", 0),
        lambda shot: edits.duplicate_take(shot, "t1", "t9", "One again"),
        lambda shot: edits.rename_take(shot, "t1", "Intro"),
        lambda shot: edits.set_script(shot, "t1", "Something else"),
        lambda shot: edits.set_take(shot, Take(id="t2", name="Zwei")),
        lambda shot: edits.set_speech(shot, "t1", Speech(timbre_key="female_1", speed=1.2)),
        lambda shot: edits.set_options(shot, "t1", Options(new_teeth=True)),
        lambda shot: edits.set_letters(shot, Letters(written=Source(path="/letter.pdf"))),
    ],
)
def test_every_edit_is_reversible(change: Callable[[Shot], Shot]) -> None:
    reversible(a_shot((2, 3)), Edit("Edit", change))


def test_pick_segment__puts_the_edges_in_order() -> None:
    assert edits.pick_segment(a_shot(), 7.12349, 2).selection == Selection(
        make_type=MakeType.CUSTOM, start=2.0, end=7.123
    )


def test_pick_start__keeps_a_make_type_that_has_a_start() -> None:
    assert edits.pick_start(a_shot(), 3).selection.make_type is MakeType.CIRCLE


def test_pick_start__turns_default_into_custom() -> None:
    assert edits.pick_start(Shot(), 3).selection.make_type is MakeType.CUSTOM


def test_add_still__joins_what_it_touches() -> None:
    assert still_times(edits.add_still(a_shot((2, 3), (5, 6)), 2.5, 5)) == [(2, 6)]


def test_add_still__keeps_the_order() -> None:
    assert still_times(edits.add_still(a_shot((5, 6)), 1, 2)) == [(1, 2), (5, 6)]


def test_add_still__a_click_makes_one_frame() -> None:
    assert still_times(edits.add_still(a_shot(), 1, 1)) == [(1.0, 1.04)]


def test_resize_still__stops_at_its_neighbours() -> None:
    assert still_times(edits.resize_still(a_shot((1, 2), (4, 5), (7, 8)), 1, 0, 9)) == [
        (1, 2),
        (2.04, 6.96),
        (7, 8),
    ]


def test_resize_still__too_short_changes_nothing() -> None:
    shot = a_shot((1, 2))

    assert edits.resize_still(shot, 0, 1, 1.01) == shot


def test_move_still__keeps_its_length_at_a_neighbour() -> None:
    assert still_times(edits.move_still(a_shot((1, 2), (4, 5)), 0, 3.5)) == [(2.96, 3.96), (4, 5)]


def test_split_still__leaves_one_frame_between() -> None:
    assert still_times(edits.split_still(a_shot((2, 3)), 0, 2.5)) == [(2, 2.48), (2.52, 3)]


def test_order_stills__orders_and_joins() -> None:
    shot = edits.set_stills(a_shot(), (StillInterval(5, 6), StillInterval(1, 2), StillInterval(1.5, 3)))

    assert still_times(edits.order_stills(shot)) == [(1, 3), (5, 6)]


def test_clear_void__keeps_what_has_an_effect() -> None:
    cleared = edits.clear_void(a_shot()).selection

    assert (cleared.start, cleared.end) == (1.0, None)


def test_split_take__keeps_the_first_and_puts_copies_behind_it() -> None:
    voice = Speech(timbre_key="male_1")
    shot = Shot(takes=(Take(id="a", name="{Intro}", script="long", speech=voice), Take(id="z", name="Last")))

    split = edits.split_take(shot, "a", ("one", "two", "three"), ("b", "c"), "{name} ({n} of {total})")

    assert [(take.id, take.script) for take in split.takes] == [
        ("a", "one"),
        ("b", "two"),
        ("c", "three"),
        ("z", ""),
    ]
    assert [take.name for take in split.takes[:3]] == [
        "{Intro} (1 of 3)",
        "{Intro} (2 of 3)",
        "{Intro} (3 of 3)",
    ]
    assert {take.speech for take in split.takes[:3]} == {voice}
