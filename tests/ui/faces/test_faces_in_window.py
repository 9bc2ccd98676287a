"""The lane, its reading and the list of persons, with faces that were thought up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core.test_faces import face
from core.test_facestretches import looks
from redub.core.clip import ClipFacts
from redub.core.errors import EnvironmentFault
from redub.core.faces import Look, Pose
from redub.core.shot import Options, Shot, Take
from redub.services import clipstrips
from redub.services.clipstrips import ClipStrips
from redub.services.editing import ShotView
from redub.services.faces import ClipFaces, FaceBook
from redub.ui.faces.feed import FaceFeed
from redub.ui.faces.persons import PersonsDialog, Shown
from redub.ui.faces.words import at_moment, summary
from redub.ui.theme import colour
from redub.ui.timeline.facelane import FaceLane
from redub.ui.timeline.scale import Scale
from services.test_faces import facts

WIDTH = 800


def known(*bad: tuple[float, float], complete: bool = True) -> ClipFaces:
    return ClipFaces(key="k", duration=20.0, looks=tuple(looks(20.0, *bad)), driven=0, complete=complete)


@pytest.fixture
def lane(qtbot: QtBot) -> FaceLane:
    made = FaceLane()
    qtbot.addWidget(made)
    made.resize(WIDTH, 24)
    made.set_scale(Scale.fitting(20.0, float(WIDTH)))
    made.show()
    qtbot.waitExposed(made)
    return made


def tone(lane: FaceLane, seconds: float) -> str:
    """Return the colour of the lowest line at a moment: whether the lips can be driven there."""
    image = lane.grab().toImage()
    ratio = image.width() / WIDTH
    return image.pixelColor(round(lane.scale.x(seconds) * ratio), image.height() - 1).name()


def test_lane__red_where_the_lips_cannot_be_driven(lane: FaceLane) -> None:
    lane.show_faces(known((5.0, 8.0)))
    assert tone(lane, 6.5) == colour("face_bad").name()
    assert tone(lane, 3.0) != colour("face_bad").name()


def test_lane__says_what_is_under_the_pointer(lane: FaceLane, qtbot: QtBot) -> None:
    lane.show_faces(known((5.0, 8.0)))
    QTest.mouseMove(lane, QPoint(round(lane.scale.x(6.5)), 10))
    qtbot.waitUntil(lambda: "more than 45 degrees" in lane.toolTip())


def test_lane__a_click_goes_there(lane: FaceLane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(lane.seek_wanted) as asked:
        QTest.mouseClick(lane, Qt.MouseButton.LeftButton, pos=QPoint(round(lane.scale.x(10.0)), 10))
    assert asked.args is not None
    assert asked.args[0] == pytest.approx(10.0, abs=0.05)


def test_lane__is_read_out_whole(lane: FaceLane) -> None:
    lane.show_faces(known((5.0, 8.0)))
    assert lane.accessibleDescription() == summary(known((5.0, 8.0)))
    assert "1 stretch, 3.0 s" in lane.accessibleDescription()
    lane.show_faces(known())
    assert "throughout" in lane.accessibleDescription()
    lane.show_faces(None, "Why not.")
    assert lane.accessibleDescription() == "Why not."


@pytest.mark.parametrize(
    "pose, said",
    [
        (Pose(yaw=20.0), "Face turned 20° to the right."),
        (Pose(yaw=-20.0, pitch=9.0), "Face turned 20° to the left, lowered 9°."),
        (Pose(pitch=-9.4), "Face raised 9°."),
        (Pose(yaw=1.0), "Face straight to the camera."),
    ],
)
def test_words__how_the_head_is_held(pose: Pose, said: str) -> None:
    faces = ClipFaces(looks=(Look(0.0, (face(pose=pose),)),), driven=0)
    assert at_moment(faces, 0.0) == said


def test_words__nobody_and_somebody_else() -> None:
    faces = ClipFaces(looks=(Look(0.0), Look(1.0, (face(person=1),))), driven=0)
    assert "No face" in at_moment(faces, 0.0)
    assert "not in the picture" in at_moment(faces, 1.0)
    assert at_moment(ClipFaces(), 0.0) == ""


@pytest.fixture
def feed(tmp_path: Path, lane: FaceLane, monkeypatch: pytest.MonkeyPatch) -> Iterator[FaceFeed]:
    monkeypatch.setattr(clipstrips, "looks", lambda path, stopped: iter(looks(20.0, (5.0, 8.0))))
    made = FaceFeed(FaceBook(ClipStrips(tmp_path / "strips")), lane)
    yield made
    made.close()


def view_of(clip: ClipFacts | None, options: Options | None = None) -> ShotView:
    take = Take(id="t", name="Take", options=options or Options())
    return ShotView(shot=Shot(takes=(take,)), take_id="t", facts=clip)


def test_feed__reads_a_clip_and_shows_it(feed: FaceFeed, lane: FaceLane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(feed.read):
        feed.show_view(view_of(facts()))
    assert lane.faces is not None
    assert len(lane.faces.looks) == 100
    assert feed.faces == lane.faces
    assert feed.why_not == ""


def test_feed__another_choice_of_face_is_no_second_reading(
    feed: FaceFeed, lane: FaceLane, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with qtbot.waitSignal(feed.read):
        feed.show_view(view_of(facts()))
    monkeypatch.setattr(clipstrips, "looks", lambda path, stopped: pytest.fail("read again"))
    with qtbot.waitSignal(feed.read):
        feed.show_view(view_of(facts(), Options(track_face=False)))
    assert lane.faces is not None
    assert lane.faces.driven is None


def test_feed__says_why_there_are_none(
    feed: FaceFeed, lane: FaceLane, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(path: str, stopped: Callable[[], bool]) -> Iterator[Look]:
        raise EnvironmentFault("Faces cannot be looked for on this machine.")

    monkeypatch.setattr(clipstrips, "looks", missing)
    feed.show_view(view_of(facts()))
    qtbot.waitUntil(lambda: "cannot be looked for" in lane.accessibleDescription())
    assert feed.faces is None
    assert "cannot be looked for" in feed.why_not


def test_feed__no_clip_no_faces(feed: FaceFeed, lane: FaceLane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(feed.read):
        feed.show_view(view_of(facts()))
    feed.show_view(view_of(None))
    assert lane.faces is None


@pytest.fixture
def dialog(qtbot: QtBot) -> PersonsDialog:
    made = PersonsDialog()
    qtbot.addWidget(made)
    made.show()
    return made


def shown() -> list[Shown]:
    two = (Look(0.0, (face(0.3, 0.3, person=0), face(0.7, person=1))),) * 2
    picture = QImage(40, 40, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGray)
    persons = replace(known(), looks=two).persons
    return [Shown(person, picture, person.number == 0) for person in persons]


def button(dialog: PersonsDialog, name: str) -> QPushButton:
    return next(one for one in dialog.findChildren(QPushButton) if one.accessibleName() == name)


def test_persons__one_click_uses_one(dialog: PersonsDialog, qtbot: QtBot) -> None:
    dialog.show_persons(shown(), has_photo=False)
    with qtbot.waitSignal(dialog.use_wanted) as asked:
        button(dialog, "Use person 2").click()
    assert asked.args == [1]


def test_persons__the_service_can_choose_again(dialog: PersonsDialog, qtbot: QtBot) -> None:
    dialog.show_persons(shown(), has_photo=False)
    assert not button(dialog, "Let the service choose").isEnabled()
    dialog.show_persons(shown(), has_photo=True)
    with qtbot.waitSignal(dialog.service_wanted):
        button(dialog, "Let the service choose").click()
