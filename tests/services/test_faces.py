from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from core.test_faces import face
from core.test_facestretches import looks
from redub.core.clip import ClipFacts, VideoFacts
from redub.core.faces import Look, Person
from redub.core.findings import Finding, Level
from redub.core.history import History
from redub.core.shot import MakeType, Options, Selection, Shot, Source, StillInterval, Take
from redub.media.faces import watching
from redub.services import clipstrips
from redub.services.clipstrips import ClipStrips
from redub.services.editing import ShotView
from redub.services.faces import (
    ClipFaces,
    FaceBook,
    face_findings,
    photo_edit,
    photo_folder,
    segment_edit,
    still_edit,
    write_photo,
)
from support.clips import ClipFactory

VIDEO = VideoFacts(codec="h264", width=640, height=360, shown_width=640, shown_height=360, frame_rate=25.0)
TAKE = Take(id="t", name="Take")


def facts(path: str = "/clip.mp4", key: str = "k", duration: float = 20.0) -> ClipFacts:
    return ClipFacts(path=path, container="mp4", size=1, duration=duration, video=VIDEO, content_key=key)


def seen(*bad: tuple[float, float], duration: float = 20.0) -> ClipFaces:
    return ClipFaces(key="k", duration=duration, looks=tuple(looks(duration, *bad)), driven=0, complete=True)


def test_still_edit__marks_what_cannot_be_driven_in_one_step() -> None:
    shot = Shot(still_intervals=(StillInterval(15.0, 16.0),))
    edit = still_edit(seen((2.0, 3.0), (8.0, 9.0)), shot)
    assert edit is not None
    history = History.beginning_with(shot).push(edit.label, edit.change(shot), edit.merge_key)
    assert [round(still.start) for still in history.state.still_intervals] == [2, 8, 15]
    assert history.undo().state == shot


def test_still_edit__own_intervals_give_way_when_there_would_be_too_many() -> None:
    own = tuple(StillInterval(10.0 + n, 10.4 + n) for n in range(5))
    edit = still_edit(seen((2.0, 3.0)), Shot(still_intervals=own))
    assert edit is not None
    assert len(edit.change(Shot(still_intervals=own)).still_intervals) == 1


def test_still_edit__only_inside_the_segment() -> None:
    selection = Selection(make_type=MakeType.CUSTOM, start=5.0, end=12.0)
    assert still_edit(seen((1.0, 2.0), (15.0, 16.0)), Shot(selection=selection)) is None


def test_segment_edit__picks_the_best_part() -> None:
    edit = segment_edit(seen((4.0, 5.0)))
    assert edit is not None
    selection = edit.change(Shot()).selection
    assert selection.make_type is MakeType.CUSTOM
    assert selection.start == pytest.approx(5.0, abs=0.3)
    assert selection.end == 20.0
    assert segment_edit(seen((4.0, 5.0), duration=6.0)) is None


def test_photo_edit__chooses_and_forgets() -> None:
    shot = Shot(takes=(replace(TAKE, options=Options(track_face=False)),))
    chosen = photo_edit("t", Source(path="/p.jpg")).change(shot)
    assert chosen.take("t").options.ref_photo == Source(path="/p.jpg")
    assert chosen.take("t").options.track_face
    assert photo_edit("t", None).change(chosen).take("t").options.ref_photo is None


def test_findings__tell_what_no_still_interval_covers() -> None:
    faces = seen((2.0, 4.0))
    (finding,) = face_findings(faces, Shot(), TAKE)
    assert finding.code == "faces.beyond"
    assert "2.0 s" in finding.message
    covered = Shot(still_intervals=(StillInterval(1.0, 5.0),))
    assert face_findings(faces, covered, TAKE) == ()
    half = Shot(still_intervals=(StillInterval(1.0, 3.0),))
    assert "0.9 s" in face_findings(faces, half, TAKE)[0].message
    elsewhere = Shot(selection=Selection(make_type=MakeType.CUSTOM, start=6.0, end=12.0))
    assert face_findings(faces, elsewhere, TAKE) == ()


def test_findings__nobody_at_all() -> None:
    nobody = ClipFaces(duration=4.0, looks=(Look(0.0), Look(2.0)), complete=True)
    assert [one.code for one in face_findings(nobody, Shot(), TAKE)] == ["faces.none"]


def test_completing__puts_them_behind_the_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = a_book(tmp_path, monkeypatch, looks(20, (2.0, 4.0)))
    list(book.read(facts(), None, lambda: False))
    error, note = (
        Finding(level=level, code=level, field="", message="") for level in (Level.ERROR, Level.INFO)
    )

    def derive(view: ShotView) -> ShotView:
        return replace(view, facts=facts(), findings=(error, note))

    shot = Shot(takes=(TAKE,))
    view = book.completing(derive)(ShotView(shot=shot, take_id="t"))
    assert [one.code for one in view.findings] == ["error", "faces.beyond", "info"]


def a_book(folder: Path, monkeypatch: pytest.MonkeyPatch, found: list[Look]) -> FaceBook:
    monkeypatch.setattr(clipstrips, "looks", lambda path, stopped: iter(found))
    return FaceBook(ClipStrips(folder / "strips"))


def test_read__brings_more_and_more_and_remembers_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = a_book(tmp_path, monkeypatch, looks(20))
    assert book.known(facts()) is None
    pieces = list(book.read(facts(), Options(), lambda: False))
    assert [piece.complete for piece in pieces[-2:]] == [False, True]
    assert len(pieces[-1].looks) == 100
    assert book.known(facts()) == pieces[-1]


def test_read__a_second_time_from_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = list(a_book(tmp_path, monkeypatch, looks(20, (3.0, 4.0))).read(facts(), None, lambda: False))
    again = list(a_book(tmp_path, monkeypatch, []).read(facts(), None, lambda: False))
    assert again[-1] == first[-1]


def test_read__a_look_that_comes_again_replaces_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = looks(2)
    hidden = Look(found[3].time, (replace(found[3].faces[0], covered=True),))
    book = a_book(tmp_path, monkeypatch, [*found, hidden])
    whole = list(book.read(facts(duration=2.0), None, lambda: False))[-1]
    assert whole.looks[3].faces[0].covered
    assert len(whole.looks) == len(found)


def test_read__stopped_in_between_is_not_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = a_book(tmp_path, monkeypatch, looks(20))
    assert not any(piece.complete for piece in book.read(facts(), None, lambda: True))
    assert book.known(facts()) is None


def test_choose__the_face_of_the_photo_else_the_service_s_choice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = [
        Look(
            0.0,
            (face(0.3, 0.3, person=0, look=(1.0, 0.0, 0.0)), face(0.7, 0.2, person=1, look=(0.0, 1.0, 0.0))),
        )
    ]
    photo = tmp_path / "p.jpg"
    photo.write_bytes(b"photo")
    monkeypatch.setattr("redub.services.faces.photo_face", lambda path: face(look=(0.0, 0.9, 0.1)))
    book = a_book(tmp_path, monkeypatch, two)
    faces = list(book.read(facts(), None, lambda: False))[-1]
    assert faces.driven == 0
    assert book.choose(faces, Options(ref_photo=Source(path=str(photo)))).driven == 1
    assert book.choose(faces, Options(track_face=False, ref_photo=Source(path=str(photo)))).driven is None
    assert book.choose(faces, Options(ref_photo=Source(path="/not/there.jpg"))).driven == 0


@pytest.mark.parametrize("size", [0.05, 0.4, 2.0])
def test_write_photo__keeps_to_the_sizes_of_the_page(
    tmp_path: Path, clip_factory: ClipFactory, size: float
) -> None:
    clip = clip_factory(width=640, height=360, seconds=1.0, audio=False)
    person = Person(0, 1.0, 0.0, Look(0.4, (face(0.5, size, person=0),)))
    path = write_photo(facts(str(clip)), person, tmp_path / "photos")
    with Image.open(path) as photo:
        assert photo.format == "JPEG"
        assert photo.width == photo.height
        assert 192 <= photo.width <= 4096
    assert path.stat().st_size <= 10 * 1024 * 1024
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_photo_folder__beside_the_shot_or_in_the_cache(tmp_path: Path) -> None:
    assert photo_folder(tmp_path / "a" / "my.redub", tmp_path / "cache") == tmp_path / "a"
    assert photo_folder(None, tmp_path / "cache") == tmp_path / "cache" / "photos"


def test_watch__says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    from redub.core.errors import EnvironmentFault
    from redub.media.faces import parts

    monkeypatch.setattr(parts, "missing", lambda: ("MediaPipe",))
    with pytest.raises(EnvironmentFault, match="faces"):
        next(iter(watching.looks("/clip.mp4")))
