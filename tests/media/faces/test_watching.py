"""The worker itself, over clips that the program draws."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from redub.core.errors import EnvironmentFault, UserError
from redub.core.faces import Look, Trouble, likeness, trouble_of
from redub.media.faces import watching
from redub.media.faces.watching import looks, photo_face, watch
from redub.media.faces.wire import PASSED_ON, ROW, Answer, Request, Task
from support.presenting import presenter, write_clip

pytestmark = [pytest.mark.usefixtures("faces_part"), pytest.mark.slow]


@pytest.fixture(scope="module")
def seen(eventful_clip: Path, faces_part: None) -> list[Look]:
    found = {look.time: look for look in looks(eventful_clip)}
    return [found[time] for time in sorted(found)]


def troubles(seen: list[Look], start: float, end: float) -> set[Trouble | None]:
    return {trouble_of(look, 0) for look in seen if start <= look.time < end}


def test_looks__five_a_second(seen: list[Look]) -> None:
    assert 18 <= len(seen) <= 22


def test_looks__a_face_to_the_camera_is_fine(seen: list[Look]) -> None:
    assert troubles(seen, 0.0, 1.9) == {None}
    face = seen[0].faces[0]
    assert face.box.middle == pytest.approx((0.5, 0.354), abs=0.04)
    assert face.mouth.middle == pytest.approx((0.49, 0.427), abs=0.02)


def test_looks__a_covered_mouth(seen: list[Look]) -> None:
    assert troubles(seen, 2.1, 2.5) == {Trouble.COVERED}


def test_looks__an_empty_room(seen: list[Look]) -> None:
    assert troubles(seen, 2.8, 3.1) == {Trouble.NO_FACE}


def test_looks__she_is_the_same_person_afterwards(seen: list[Look]) -> None:
    assert troubles(seen, 3.4, 4.0) == {None}
    assert {face.person for look in seen for face in look.faces} == {0}


def test_looks__stops_when_told_to(eventful_clip: Path) -> None:
    stop = threading.Event()
    count = 0
    for _look in looks(eventful_clip, stop.is_set):
        count += 1
        stop.set()
    assert count < 10


def test_watch__close_looks_carry_landmarks(eventful_clip: Path) -> None:
    request = Request(task=Task.LIPS, path=str(eventful_clip), rate=31, start=0.4, end=0.8)
    answers = [one for one in watch(request) if isinstance(one, Answer)]
    assert [round(one.time, 2) for one in answers] == [round(0.4 + number / 25, 2) for number in range(11)]
    points = answers[0].seen[0].points()
    assert points.shape == (len(PASSED_ON), 3)
    mouth = points[[ROW[61], ROW[291]], :2].mean(axis=0)
    assert tuple(mouth) == pytest.approx((180, 268), abs=10)


def test_photo_face__found_and_alike(tmp_path: Path, seen: list[Look]) -> None:

    presenter().save(tmp_path / "p.png")
    face = photo_face(tmp_path / "p.png")
    assert face is not None
    assert likeness(face.look, seen[0].faces[0].look) > 0.9


def test_photo_face__a_photo_without_one(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (400, 400), "grey").save(tmp_path / "p.png")
    assert photo_face(tmp_path / "p.png") is None


def test_watch__a_clip_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(b"this is text")
    with pytest.raises(UserError, match="is not a video"):
        list(looks(path))


def test_watch__a_worker_that_dies_says_so(eventful_clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setattr(watching, "_program", lambda: [sys.executable, "-c", "import os; os.abort()"])
    with pytest.raises(EnvironmentFault, match="broken off"):
        list(looks(eventful_clip))


def test_looks__two_persons_and_the_larger_one(tmp_path: Path) -> None:
    wide = presenter().resize((180, 320))
    both = presenter().copy()
    canvas = both.resize((360, 640))
    from PIL import Image

    scene = Image.new("RGB", (720, 640), (200, 210, 212))
    scene.paste(canvas, (0, 0))
    scene.paste(wide, (450, 200))
    clip = write_clip(tmp_path / "two.mp4", [scene] * 25)
    found = [look for look in looks(clip) if len(look.faces) == 2]
    assert len(found) >= 3
    assert found[0].largest is not None
    assert found[0].largest.box.middle[0] < 0.5
    assert {face.person for look in found for face in look.faces} == {0, 1}
