"""The open shot tells everybody the same truth, and undo covers every change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from redub.core import edits
from redub.core.history import Edit
from redub.core.samples import first_words
from redub.core.shot import Shot
from redub.services.editing import Editing, ShotView


def an_editing() -> Editing:
    editing = Editing(derive=lambda view: view)
    editing.open(first_words("/clip.mp4", "t1"), Path("/shots/one.redub"))
    return editing


def rename(name: str, merge_key: str = "") -> Edit:
    return Edit("Rename take", lambda shot: edits.rename_take(shot, "t1", name), merge_key)


def test_listen__is_told_now_and_after_each_change() -> None:
    editing = an_editing()
    seen: list[ShotView] = []

    editing.listen(seen.append)
    editing.apply(rename("Intro"))
    editing.undo()

    assert [view.shot.takes[0].name for view in seen] == ["Take 1", "Intro", "Take 1"]


def test_derive__completes_every_view() -> None:
    editing = Editing(derive=lambda view: replace(view, trouble=f"{len(view.shot.takes)} takes"))

    editing.open(first_words("/clip.mp4", "t1"), None)

    assert editing.view.trouble == "1 takes"


def test_unsaved__follows_the_saved_state_not_the_number_of_edits() -> None:
    editing = an_editing()
    seen = [editing.view.unsaved]
    steps: list[Callable[[], None]] = [lambda: editing.apply(rename("Intro")), editing.undo, editing.redo]
    for step in steps:
        step()
        seen.append(editing.view.unsaved)
    editing.saved(Path("/shots/two.redub"))

    assert seen == [False, True, False, True]
    assert (editing.view.unsaved, editing.view.path) == (False, Path("/shots/two.redub"))


def test_open__a_shot_that_lies_nowhere_yet_is_unsaved() -> None:
    editing = Editing(derive=lambda view: view)

    editing.open(first_words("/clip.mp4", "t1"), None, saved=False)

    assert editing.view.unsaved


def test_a_drag_is_one_step__and_the_next_drag_another() -> None:
    editing = an_editing()
    for name in ("a", "b", "c"):
        editing.apply(rename(name, "drag"))
    editing.seal()
    for name in ("d", "e"):
        editing.apply(rename(name, "drag"))

    editing.undo()

    assert editing.view.shot.takes[0].name == "c"
    assert editing.view.undo_label == "Rename take"


def test_add_take__speaks_like_the_current_one_and_is_chosen() -> None:
    editing = an_editing()

    new_id = editing.add_take("Take 2")

    take = editing.view.take
    assert take is not None
    assert (take.id, take.name, take.script) == (new_id, "Take 2", "")
    assert take.speech == editing.view.shot.takes[0].speech


def test_removing_the_chosen_take__chooses_another() -> None:
    editing = an_editing()
    new_id = editing.add_take("Take 2")

    editing.apply(Edit("Remove take", lambda shot: edits.remove_take(shot, new_id)))

    assert editing.view.take_id == "t1"


def test_removing_every_take__leaves_none() -> None:
    editing = an_editing()

    editing.apply(Edit("Remove take", lambda shot: edits.remove_take(shot, "t1")))

    assert editing.view.take is None


def test_an_empty_editing__has_a_view() -> None:
    assert Editing(derive=lambda view: view).view.shot == Shot()


def test_fall_silent__nobody_is_told_any_more() -> None:
    told = list[ShotView]()
    editing = Editing(derive=lambda view: view)
    editing.listen(told.append)

    editing.fall_silent()
    editing.refresh()

    assert len(told) == 1
