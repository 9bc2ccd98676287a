"""Prove of an edit that undo brings the old shot back and redo the new one, twice."""

from __future__ import annotations

from redub.core.history import Edit, History
from redub.core.shot import Shot


def reversible(shot: Shot, edit: Edit) -> Shot:
    """Apply `edit` to `shot` through a history, check undo and redo twice, and return the changed shot."""
    history = History.beginning_with(shot)
    changed = history.push(edit.label, edit.change(shot), edit.merge_key)
    assert changed.state != shot, "the edit changed nothing"
    for _ in range(2):
        history = changed.undo()
        assert history.state == shot
        changed = history.redo()
    assert changed.undo_label == edit.label
    return changed.state
