"""The open shot: its history, what is known about its media, and what follows from it.

Widgets get a `ShotView` and draw it; they ask for changes with an `Edit`. There is no second truth.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from redub.core import edits
from redub.core.clip import ClipFacts
from redub.core.findings import Finding
from redub.core.history import Edit, History
from redub.core.outputplan import OutputPlan
from redub.core.part import Part
from redub.core.shot import Shot, Take
from redub.core.ssml.estimate import Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class ShotView:
    """Everything that a panel may show of the open shot, at one moment.

    :ivar path: where the shot is saved, or None
    :ivar take_id: the take that is being worked on, "" when there is none
    :ivar facts: what is known of the reference, None while it is looked at or cannot be read
    :ivar trouble: why the reference cannot be read, "" when it can
    :ivar part: what of the reference is converted and sent, None for all of it
    :ivar speech_seconds: length of the current take's speech, estimated or real, or None
    :ivar speech_is_real: the length was measured, not estimated
    :ivar estimate: between which seconds the speech will last, None when it was measured or is not known
    :ivar unsaved: differs from the file
    """

    shot: Shot
    path: Path | None = None
    take_id: str = ""
    facts: ClipFacts | None = None
    trouble: str = ""
    findings: tuple[Finding, ...] = ()
    plan: OutputPlan | None = None
    part: Part | None = None
    speech_seconds: float | None = None
    speech_is_real: bool = False
    estimate: Estimate | None = None
    undo_label: str = ""
    redo_label: str = ""
    unsaved: bool = False

    @property
    def take(self) -> Take | None:
        """Return the current take, or None."""
        return next((take for take in self.shot.takes if take.id == self.take_id), None)


Listener = Callable[[ShotView], None]


@dataclass(slots=True)
class Editing:
    """The open shot and its history; tells listeners after every change.

    `derive` completes a view with what follows from it (facts, findings, plan); it is called after each
    change and must be quick: looking into files happens elsewhere and comes back through `refresh`.
    """

    derive: Callable[[ShotView], ShotView]
    _history: History[Shot] = field(default_factory=lambda: History.beginning_with(Shot()))
    _saved: Shot = field(default_factory=Shot)
    _path: Path | None = None
    _take_id: str = ""
    _listeners: list[Listener] = field(default_factory=list)
    _view: ShotView | None = None

    @property
    def view(self) -> ShotView:
        """Return the present view."""
        if self._view is None:
            self._view = self._derived()
        return self._view

    def listen(self, listener: Listener) -> None:
        """Call `listener` with the view now, and after every change."""
        self._listeners.append(listener)
        listener(self.view)

    def fall_silent(self) -> None:
        """Tell nobody any more: the window goes, and what still ends behind it must not open the clip again."""
        self._listeners.clear()

    def open(self, shot: Shot, path: Path | None, *, saved: bool = True) -> None:
        """Begin with `shot`, with a new history."""
        self._history = History.beginning_with(shot)
        self._saved = shot if saved else Shot()
        self._path = path
        self._take_id = shot.takes[0].id if shot.takes else ""
        self.refresh()

    def apply(self, edit: Edit) -> None:
        """Make one change, as one step of the history."""
        changed = edit.change(self._history.state)
        self._history = self._history.push(edit.label, changed, edit.merge_key)
        self._keep_take()
        self.refresh()

    def seal(self) -> None:
        """End a drag: what follows is a step of its own."""
        self._history = self._history.sealed()

    def undo(self) -> None:
        """Take the last change back."""
        self._history = self._history.undo()
        self._keep_take()
        self.refresh()

    def redo(self) -> None:
        """Bring the change back that was undone last."""
        self._history = self._history.redo()
        self._keep_take()
        self.refresh()

    def choose_take(self, take_id: str) -> None:
        """Work on another take; this is no change of the shot."""
        self._take_id = take_id
        self._keep_take()
        self.refresh()

    def add_take(self, name: str) -> str:
        """Add a take like the current one but with nothing to say yet, work on it, and return its id."""
        current = self.view.take
        new_id = uuid.uuid4().hex
        take = Take(id=new_id, name=name)
        if current is not None:
            take = Take(id=new_id, name=name, speech=current.speech, options=current.options)
        self.apply(Edit("Add take", lambda shot: edits.add_take(shot, take)))
        self.choose_take(new_id)
        return new_id

    def saved(self, path: Path) -> None:
        """Note that the present state lies in `path`."""
        self._saved, self._path = self._history.state, path
        self.refresh()

    def refresh(self) -> None:
        """Derive the view anew and tell everybody."""
        self._view = self._derived()
        for listener in list(self._listeners):
            listener(self._view)

    def _keep_take(self) -> None:
        ids = [take.id for take in self._history.state.takes]
        if self._take_id not in ids:
            self._take_id = ids[-1] if ids else ""

    def _derived(self) -> ShotView:
        return self.derive(
            ShotView(
                shot=self._history.state,
                path=self._path,
                take_id=self._take_id,
                undo_label=self._history.undo_label,
                redo_label=self._history.redo_label,
                unsaved=self._history.state != self._saved,
            )
        )
