"""Views of shots to show to panels."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtWidgets import QWidget

from redub.core.clip import ClipFacts, VideoFacts
from redub.core.history import Edit
from redub.core.shot import Shot, Source, Take
from redub.services.editing import ShotView

W = TypeVar("W", bound=QWidget)

VIDEO = VideoFacts(codec="h264", width=1280, height=720, shown_width=1280, shown_height=720, frame_rate=25.0)
FACTS = ClipFacts(path="/films/clip.mp4", container="mp4", size=1, duration=20.0, video=VIDEO)


def a_take(**fields: Any) -> Take:
    """Return a take with id "a" unless `fields` say otherwise."""
    return Take(**({"id": "a", "name": "Intro", "script": "Hello there."} | fields))


def a_view(*takes: Take, findings: Any = (), **shot_fields: Any) -> ShotView:
    """Return a view of a shot over a clip of 20 s, the first take chosen."""
    usual: dict[str, Any] = {"reference": Source(path="/films/clip.mp4"), "takes": takes or (a_take(),)}
    shot = Shot(**(usual | shot_fields))
    take_id = shot.takes[0].id if shot.takes else ""
    return ShotView(shot=shot, take_id=take_id, facts=FACTS, findings=findings)


def named(panel: QWidget, kind: type[W], name: str) -> W:
    """Return the control of `kind` with the accessible name `name`."""
    return next(each for each in panel.findChildren(kind) if each.accessibleName() == name)


class Asked:
    """Collects what a panel asks for, and carries it out on the view's shot."""

    def __init__(self, panel: Any, view: ShotView) -> None:
        self.view = view
        self.edits: list[Edit] = []
        self.sealed = 0
        self._panel = panel
        panel.edit_wanted.connect(self._take)
        panel.edit_ended.connect(self._seal)
        panel.show_view(view)

    @property
    def take(self) -> Take:
        """Return the current take."""
        assert self.view.take is not None
        return self.view.take

    def _take(self, edit: Edit) -> None:
        self.edits.append(edit)
        self.view = replace(self.view, shot=edit.change(self.view.shot))
        self._panel.show_view(self.view)

    def _seal(self) -> None:
        self.sealed += 1
