"""Panes and sessions over clips whose frames say their numbers."""

from __future__ import annotations

from pathlib import Path

from redub.core.review import Alignment, Review, Sentence, as_it_is, mouth_view
from redub.core.tasks import TaskRecord, TaskState
from redub.services.review import Pane, Session

SENTENCES = (Sentence(0.2, 0.9, "One."), Sentence(1.0, 1.9, "Two."), Sentence(2.0, 2.9, "Three."))


def pane(clip: Path, key: str = "a", alignment: Alignment | None = None, seconds: float = 3.0) -> Pane:
    """Return a pane that shows `clip`."""
    return Pane(
        key=key,
        title=f"Take {key}",
        path=clip,
        alignment=alignment or as_it_is(seconds),
        seconds=seconds,
        view=lambda moment: mouth_view((), None, moment),
    )


def session(*panes: Pane, sentences: tuple[Sentence, ...] = SENTENCES) -> Session:
    """Return a session over `panes`; the first is judged."""
    record = TaskRecord(id=panes[0].key, state=TaskState.DONE, result=str(panes[0].path))
    offered = tuple((one.key, one.title) for one in panes[1:])
    return Session(record=record, panes=panes, review=Review(sentences), offered=offered)
