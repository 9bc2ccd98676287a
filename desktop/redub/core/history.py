"""Undo as a list of states with human names: no inverse operations, nothing that can be forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from redub.core.shot import Shot

State = TypeVar("State")


@dataclass(frozen=True, slots=True)
class Edit:
    """One change that a creator asks for.

    :ivar label: its name in the Undo menu, such as "Move segment"
    :ivar change: makes the new shot from the old one
    :ivar merge_key: edits that follow each other with the same key are one step (a drag, typing in one
        place); "" never merges
    """

    label: str
    change: Callable[[Shot], Shot]
    merge_key: str = ""


@dataclass(frozen=True, slots=True)
class Step(Generic[State]):
    """A state, and the name of the change that led to it."""

    label: str
    state: State
    merge_key: str = ""


@dataclass(frozen=True, slots=True)
class History(Generic[State]):
    """Every state since the beginning, and which of them is shown."""

    steps: tuple[Step[State], ...]
    at: int = 0

    @classmethod
    def beginning_with(cls, state: State) -> History[State]:
        """Return a history that knows only `state`."""
        return cls((Step("", state),))

    @property
    def state(self) -> State:
        """Return the state that is shown."""
        return self.steps[self.at].state

    @property
    def undo_label(self) -> str:
        """Return the name of the change that undo takes back, or "" at the beginning."""
        return self.steps[self.at].label if self.at else ""

    @property
    def redo_label(self) -> str:
        """Return the name of the change that redo brings back, or "" at the end."""
        return self.steps[self.at + 1].label if self.at + 1 < len(self.steps) else ""

    def push(self, label: str, state: State, merge_key: str = "") -> History[State]:
        """Return the history after a change; what had been undone is dropped.

        A change that changes nothing is no step. One with the merge key of the last step replaces it,
        but never the beginning, and never across an undo: a drag that follows an undo is a step of its own.
        """
        if state == self.state:
            return self
        last = self.steps[self.at]
        at_end = self.at + 1 == len(self.steps)
        if merge_key and merge_key == last.merge_key and at_end and self.at:
            return History((*self.steps[: self.at], Step(label, state, merge_key)), self.at)
        return History((*self.steps[: self.at + 1], Step(label, state, merge_key)), self.at + 1)

    def sealed(self) -> History[State]:
        """Return the history with its last step closed: the next change never merges into it."""
        last = self.steps[self.at]
        if not last.merge_key:
            return self
        closed = Step(last.label, last.state)
        return History((*self.steps[: self.at], closed, *self.steps[self.at + 1 :]), self.at)

    def undo(self) -> History[State]:
        """Return the history one step earlier; itself at the beginning."""
        return History(self.steps, max(0, self.at - 1)).sealed()

    def redo(self) -> History[State]:
        """Return the history one step later; itself at the end."""
        return History(self.steps, min(len(self.steps) - 1, self.at + 1)).sealed()
