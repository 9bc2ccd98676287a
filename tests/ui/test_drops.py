from __future__ import annotations

from pathlib import Path

import pytest

from redub.core.shot import DriverType, Shot, Source
from redub.ui.verbs.drops import Kind, file_filter, kind_of, medium_edit, sorted_out
from ui.views import a_take

SOURCE = Source(path="/a/file")


@pytest.mark.parametrize(
    "name, kind",
    [
        ("a.MP4", Kind.CLIP),
        ("a.mkv", Kind.CLIP),
        ("a.redub", Kind.SHOT),
        ("a.wav", Kind.RECORDING),
        ("a.m4a", Kind.RECORDING),
        ("a.JPEG", Kind.PHOTO),
        ("a.pdf", Kind.LETTER),
        ("a.txt", Kind.SCRIPT),
        ("a.docx", Kind.SCRIPT),
        ("a.SRT", Kind.SCRIPT),
        ("a.xlsx", Kind.SCRIPT),
        ("a.exe", Kind.UNKNOWN),
        ("a", Kind.UNKNOWN),
    ],
)
def test_kind_of(name: str, kind: Kind) -> None:
    assert kind_of(Path(name)) is kind


def test_medium_edit__each_to_its_place() -> None:
    shot = Shot(takes=(a_take(),))

    clip, recording, photo, letter, video = (
        put(shot, kind) for kind in (Kind.CLIP, Kind.RECORDING, Kind.PHOTO, Kind.LETTER, Kind.LETTER_VIDEO)
    )

    assert clip.reference == SOURCE
    assert (recording.takes[0].driver, recording.takes[0].recording) == (DriverType.ORIGINAL_VOICE, SOURCE)
    assert photo.takes[0].options.ref_photo == SOURCE
    assert (letter.letters.written, video.letters.video) == (SOURCE, SOURCE)


def test_medium_edit__a_recording_needs_a_take() -> None:
    assert medium_edit(Kind.RECORDING, SOURCE, "") is None


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.UNKNOWN])
def test_file_filter__names_endings(kind: Kind) -> None:
    assert "*." in file_filter(kind)


def files(folder: Path, *names: str) -> list[Path]:
    folder.mkdir(exist_ok=True)
    made = [folder / name for name in names]
    for path in made:
        path.touch()
    return made


def test_sorted_out__every_file_to_its_kind_and_shots_first(tmp_path: Path) -> None:
    clip, shot, words, table, voice, me, letter, other, program = files(
        tmp_path, "a.mp4", "b.redub", "c.txt", "d.csv", "e.wav", "f.png", "g.pdf", "h.jpg", "i.exe"
    )

    found = sorted_out((clip, shot, words, table, voice, me, letter, other, program))

    assert (found.first, found.left) == (shot, (clip,))
    assert (found.scripts, found.tables, found.recordings) == ((words,), (table,), (voice,))
    assert (found.single, found.unknown) == ((me, letter), (program, other))
    assert found.folder == ""


def test_sorted_out__a_folder_as_a_person_counts(tmp_path: Path) -> None:
    folder = tmp_path / "shoot"
    tenth, second, _hidden, words, _photo, _log = files(
        folder, "take 10.mp4", "Take 2.mov", ".a.mp4", "words.docx", "me.png", "x.log"
    )
    (folder / "deeper.mp4").mkdir()

    found = sorted_out((folder,))

    assert (found.first, found.left) == (second, (tenth,))
    assert (found.scripts, found.single, found.unknown) == ((words,), (), ())
    assert found.folder == "shoot"


def test_sorted_out__an_empty_folder_has_nothing(tmp_path: Path) -> None:
    assert sorted_out((tmp_path,)).first is None


def put(shot: Shot, kind: Kind) -> Shot:
    edit = medium_edit(kind, SOURCE, "a")
    assert edit is not None
    return edit.change(shot)
