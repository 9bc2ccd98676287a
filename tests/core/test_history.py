"""Undo as a list of states."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from redub.core.history import History


def test_push__names_the_steps() -> None:
    history = History.beginning_with("a").push("Write", "b").push("Cut", "c")

    assert (history.state, history.undo_label, history.redo_label) == ("c", "Cut", "")
    assert (history.undo().undo_label, history.undo().redo_label) == ("Write", "Cut")


def test_push__nothing_changed_is_no_step() -> None:
    assert History.beginning_with("a").push("Write", "a").undo_label == ""


def test_push__same_merge_key_is_one_step() -> None:
    history = History.beginning_with(0)
    for place in range(1, 30):
        history = history.push("Move segment", place, "segment")

    assert history.state == 29
    assert history.undo().state == 0


def test_push__after_seal_begins_a_new_step() -> None:
    history = History.beginning_with(0).push("Move", 1, "m").sealed().push("Move", 2, "m")

    assert history.undo().state == 1


def test_push__after_undo_never_merges_into_an_older_step() -> None:
    history = History.beginning_with(0).push("Move", 1, "m").push("Other", 2).undo().push("Move", 3, "m")

    assert [step.state for step in history.steps] == [0, 1, 3]


def test_push__drops_what_was_undone() -> None:
    history = History.beginning_with(0).push("A", 1).undo().push("B", 2)

    assert history.redo_label == ""
    assert history.state == 2


def test_undo_and_redo__stop_at_the_ends() -> None:
    history = History.beginning_with(0)

    assert history.undo().state == 0
    assert history.redo().state == 0


@given(st.lists(st.one_of(st.integers(), st.sampled_from(["undo", "redo"]))))
def test_undo_to_the_beginning_is_the_beginning(moves: list[int | str]) -> None:
    history: History[object] = History.beginning_with("first")
    for move in moves:
        if move == "undo":
            history = history.undo()
        elif move == "redo":
            history = history.redo()
        else:
            history = history.push("Set", move)

    for _ in moves:
        history = history.undo()

    assert history.state == "first"
    assert history.undo_label == ""
