"""The commands that begin with faces, over a real history and a clip that is really cut."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.test_facestretches import looks
from redub.core.history import Edit
from redub.core.shot import MakeType, Shot, Source, Take
from redub.services.editing import Editing, ShotView
from redub.services.faces import ClipFaces
from redub.ui.faces.feed import FaceFeed
from redub.ui.verbs.faces import FaceActions, _shown
from redub.ui.verbs.tools import Tools
from services.test_faces import facts
from support.clips import ClipFactory


class Feed(QObject):
    """Stands in for the reading: the faces are known, or there is a reason why not."""

    read = Signal()

    def __init__(self, faces: ClipFaces | None, why_not: str = "") -> None:
        super().__init__()
        self.faces, self.why_not = faces, why_not


@dataclass
class Desk:
    """What the verbs work with, without a window around it."""

    clip: str
    cache: Path
    window: QWidget
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.editing = Editing(self._derive)
        self.editing.open(Shot(reference=Source(path=self.clip), takes=(Take(id="t", name="T"),)), None)
        self.places = SimpleNamespace(cache=self.cache)
        self.work: list[Any] = []

    def _derive(self, view: ShotView) -> ShotView:
        return replace(view, facts=facts(self.clip))

    def shot(self) -> Shot:
        """Return the shot as it is now."""
        return self.editing.view.shot

    def apply(self, edit: Edit) -> None:
        self.editing.apply(edit)

    def seal(self) -> None:
        self.editing.seal()

    def say(self, text: str, more: str = "", **_how: object) -> None:
        self.said.append(text)

    def start(self, work: Any, name: str) -> None:
        asyncio.run(work)


def known(*bad: tuple[float, float]) -> ClipFaces:
    return ClipFaces(key="k", duration=20.0, looks=tuple(looks(20.0, *bad)), driven=0, complete=True)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, clip_factory: ClipFactory) -> Desk:
    window = QWidget()
    qtbot.addWidget(window)
    return Desk(
        str(clip_factory(width=640, height=360, seconds=1.0, audio=False)), tmp_path / "cache", window
    )


def actions(desk: Desk, feed: Feed) -> FaceActions:
    made = FaceActions(cast(Tools, desk))
    made.begin(cast(FaceFeed, feed))
    return made


def test_stills__one_step_that_can_be_taken_back(desk: Desk) -> None:
    actions(desk, Feed(known((3.0, 4.0), (9.0, 11.0)))).suggest_stills()
    assert len(desk.shot().still_intervals) == 2
    desk.editing.undo()
    assert desk.shot().still_intervals == ()
    assert desk.editing.view.undo_label == ""


def test_stills__nothing_to_do_is_said(desk: Desk) -> None:
    actions(desk, Feed(known())).suggest_stills()
    assert desk.editing.view.undo_label == ""
    assert "nothing needs to stay still" in desk.said[0]


def test_segment__one_step(desk: Desk) -> None:
    actions(desk, Feed(known((3.0, 4.0)))).suggest_segment()
    assert desk.shot().selection.make_type is MakeType.CUSTOM
    desk.editing.undo()
    assert desk.shot().selection.make_type is MakeType.DEFAULT


def test_segment__no_part_is_good_enough(desk: Desk) -> None:
    actions(desk, Feed(known((0.0, 20.0)))).suggest_segment()
    assert "No part of the clip" in desk.said[0]


def test_all__say_why_the_faces_are_not_known(desk: Desk) -> None:
    made = actions(desk, Feed(None, "Faces are still being looked for."))
    made.suggest_stills()
    made.suggest_segment()
    made.persons()
    assert desk.said == ["Faces are still being looked for."] * 3


def test_persons__use_one_and_let_the_service_choose_again(desk: Desk) -> None:
    made = actions(desk, Feed(known()))
    made.persons()
    assert made._dialog is not None
    assert made._dialog.isVisible()
    made._dialog.use_wanted.emit(0)
    photo = desk.shot().take("t").options.ref_photo
    assert photo is not None
    assert photo.path is not None
    assert Path(photo.path).is_file()
    assert Path(photo.path).parent == desk.cache / "photos"
    made._dialog.service_wanted.emit()
    assert desk.shot().take("t").options.ref_photo is None
    desk.editing.undo()
    assert desk.shot().take("t").options.ref_photo == photo
    made._dialog.close()


def test_persons__rows_with_pictures(desk: Desk) -> None:
    (row,) = _shown(desk.clip, known())
    assert row.picture.width() >= 192
    assert row.is_driven
