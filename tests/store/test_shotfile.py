from __future__ import annotations

import math
from dataclasses import fields
from pathlib import Path
from typing import Any

import msgspec
import pytest

from redub.core.errors import EnvironmentFault, UserError
from redub.core.shot import (
    Letters,
    MakeType,
    Options,
    Selection,
    Shot,
    Source,
    Speech,
    StillInterval,
    Take,
    VideoLoop,
)
from redub.store import jsonfiles, shotfile

DATA = Path(__file__).parent / "data"
FOLDER = Path("/films/shots")


def a_document(**changes: object) -> dict[str, Any]:
    return {"format": "redub-shot", "version": 1, "takes": [{"id": "a", "name": "Intro"}]} | changes


def decoded(document: object) -> Shot:
    return shotfile.decode(msgspec.json.encode(document), FOLDER, title="x.redub")


def test_encode__to_the_letter() -> None:
    shot = Shot(
        reference=Source(path="/films/shots/clips/a b.mp4", url="https://a/b.mp4"),
        selection=Selection(make_type=MakeType.CUSTOM, start=1, end=9.25),
        takes=(Take(id="t1", name="Intro", script="你好"),),
    )

    assert shotfile.encode(shot, FOLDER).decode() == (DATA / "small-v1.redub").read_text(encoding="utf-8")


def test_load__a_shot_of_version_1_with_everything() -> None:
    shot = shotfile.load(DATA / "full-v1.redub")

    assert shot.reference == Source(path=str(DATA / "clips/interview.mp4"))
    assert shot.selection == Selection(make_type=MakeType.CIRCLE, start=1.5, end=9.25)
    assert [take.id for take in shot.takes] == ["one", "two"]
    assert shot.takes[0].options.loop is VideoLoop.FORWARD
    assert shot.takes[1].recording == Source(path="/elsewhere/voice.wav", url="https://a.example/voice.wav")
    assert shotfile.encode(shot, DATA) == (DATA / "full-v1.redub").read_bytes()


def test_save_and_load__moves_with_its_folder(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    inside, outside = first / "clips" / "a.mp4", tmp_path / "b.wav"
    shot = Shot(
        reference=Source(path=str(inside)),
        takes=(Take(id="a", name="", recording=Source(path=str(outside))),),
    )

    shotfile.save(shot, first / "x.redub")
    first.rename(second)
    moved = shotfile.load(second / "x.redub")

    assert moved.reference == Source(path=str(second / "clips" / "a.mp4"))
    assert moved.takes[0].recording == Source(path=str(outside))
    assert [path.name for path in second.iterdir()] == ["x.redub"]


def test_decode__what_is_left_out_has_its_default() -> None:
    assert decoded({"format": "redub-shot", "version": 1}) == Shot()
    assert decoded(a_document()).takes == (Take(id="a", name="Intro"),)


def test_decode__path_above_the_folder() -> None:
    assert decoded(a_document(reference={"path": "../x.mp4"})).reference == Source(path="/films/x.mp4")


def test_decode__begins_with_a_byte_order_mark() -> None:
    data = b"\xef\xbb\xbf" + shotfile.encode(Shot(), FOLDER)

    assert shotfile.decode(data, FOLDER) == Shot()


@pytest.mark.parametrize(
    "changes,words",
    [
        (
            {"refrence": None},
            r"\$\.refrence: there is no field “refrence” here \(did you mean “reference”\?\)",
        ),
        ({"zzz": 1}, r"\$\.zzz: there is no field “zzz” here\."),
        ({"segment": {"make_typ": "Circle"}}, r"\$\.segment\.make_typ: .*did you mean “make_type”"),
        ({"takes": [{"id": "a", "speech": {"sped": 1}}]}, r"\$\.takes\[0\]\.speech\.sped: .*“speed”"),
        (
            {"takes": [{"id": "a", "options": {"ref_photo": {"pth": ""}}}]},
            r"ref_photo\.pth: .*did you mean “path”",
        ),
        ({"takes": [{"id": "a", "speech": {"speed": "1"}}]}, r"\$\.takes\[0\]\.speech\.speed: Expected"),
        ({"takes": [{"id": "a", "options": {"loop": 1}}]}, r"\$\.takes\[0\]\.options\.loop: "),
        ({"takes": [{"id": "a", "options": {"match_input": 1}}]}, r"\$\.takes\[0\]\.options\.match_input: "),
        ({"takes": [{"id": "a", "driver": "Song"}]}, r"\$\.takes\[0\]\.driver: "),
        ({"takes": [{"name": "x"}]}, r"\$\.takes\[0\]: "),
        ({"takes": [{"id": "a"}, {"id": "a"}]}, r"\$\.takes\[1\]\.id: another take has the id “a”"),
        ({"takes": [{"id": ""}]}, r"\$\.takes\[0\]\.id: it is empty"),
        ({"still_intervals": [{"start": 1, "end": 2}, {"start": 1}]}, r"\$\.still_intervals\[1\]: "),
        ({"segment": None}, r"\$\.segment: "),
        ({"version": "1"}, r"\$\.version: "),
        ({"version": 0}, r"\$\.version: "),
        ({"version": True}, r"\$\.version: "),
    ],
)
def test_decode__names_the_field(changes: dict[str, object], words: str) -> None:
    with pytest.raises(UserError, match=words) as caught:
        decoded(a_document(**changes))

    assert "x.redub" in caught.value.what
    assert caught.value.next_step


def test_decode__refuses_a_newer_version_by_name() -> None:
    with pytest.raises(UserError, match=r"x\.redub was made by a newer version of Redub.*version 2"):
        decoded(a_document(version=2, something_new=True))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"  \n",
        b"not json",
        b'{"format":"redub-shot","version":1',
        b'{"format":"redub-shot","version":1,"x":"\xff"}',
        b"[1]",
        b"null",
        b'{"format":"other","version":1}',
        b'{"version":1}',
        b"[" * 100_000,
        b"\x00\x00\x00\x18ftypmp42",
        b'{"format":"redub-shot","version":1,"segment":{"start":1e999}}',
    ],
)
def test_decode__what_is_no_shot(data: bytes) -> None:
    with pytest.raises(UserError, match=r"x\.redub is not a shot") as caught:
        shotfile.decode(data, FOLDER, title="x.redub")

    assert caught.value.why


def test_load__what_is_not_there_or_too_large(tmp_path: Path) -> None:
    huge = tmp_path / "huge.redub"
    with huge.open("wb") as file:
        file.truncate(5 * 1024**3)

    with pytest.raises(UserError, match=r"huge\.redub is not a shot"):
        shotfile.load(huge)
    with pytest.raises(EnvironmentFault, match="is not there"):
        shotfile.load(tmp_path / "gone.redub")
    with pytest.raises(UserError, match="A folder has this name"):
        shotfile.load(tmp_path)


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_encode__refuses_what_json_cannot_say(value: float) -> None:
    with pytest.raises(UserError, match="not a number"):
        shotfile.encode(Shot(selection=Selection(start=value)), FOLDER)


def test_encode__half_a_character() -> None:
    with pytest.raises(UserError, match="sign that cannot be saved"):
        shotfile.encode(Shot(takes=(Take(id="a", name="\ud83d"),)), FOLDER)


def test_save__keeps_the_old_file_when_it_cannot(tmp_path: Path) -> None:
    path = tmp_path / "x.redub"
    shotfile.save(Shot(), path)
    before = path.read_bytes()

    with pytest.raises(UserError):
        shotfile.save(Shot(selection=Selection(start=math.nan)), path)

    assert path.read_bytes() == before


def test_migrations__are_run_in_their_order() -> None:
    old = {"format": "thing", "version": 1, "colour": "red"}
    kind = jsonfiles.Format(
        name="thing",
        noun="a thing",
        version=3,
        migrations={
            1: lambda raw: {("color" if key == "colour" else key): value for key, value in raw.items()},
            2: lambda raw: raw | {"color": [raw["color"]]},
        },
    )

    class Thing(msgspec.Struct, forbid_unknown_fields=True):
        format: str
        version: int
        color: list[str]

    thing = jsonfiles.decode(msgspec.json.encode(old), kind, Thing, "x")

    assert (thing.version, thing.color) == (3, ["red"])


@pytest.mark.parametrize(
    "value,document",
    [
        (Source(), shotfile._Source),
        (StillInterval(0, 1), shotfile._Still),
        (Letters(), shotfile._Letters),
        (Speech(), shotfile._Speech),
        (Options(), shotfile._Options),
        (Take(id="a", name=""), shotfile._Take),
    ],
)
def test_document__has_every_field_of_the_core(value: Any, document: type[msgspec.Struct]) -> None:
    """A field that is added to the core has to reach the file: nothing that a creator sets may be lost by saving."""
    assert {field.name for field in fields(value)} == set(document.__struct_fields__)


def test_save__replaces_no_file_but_a_shot(tmp_path: Path) -> None:
    clip, older, empty = tmp_path / "clip.mp4", tmp_path / "a shot.json", tmp_path / "empty.txt"
    clip.write_bytes(b"\0\0\0\x20ftypisom a clip")
    older.write_bytes(shotfile.encode(Shot(), tmp_path))
    empty.touch()
    shot = Shot(takes=(Take(id="t", name=""),))

    with pytest.raises(UserError, match=r"clip\.mp4 is not a shot.*clip\.redub"):
        shotfile.save(shot, clip)
    shotfile.save(shot, older)
    shotfile.save(shot, empty)

    assert clip.read_bytes() == b"\0\0\0\x20ftypisom a clip"
    assert shotfile.load(older) == shotfile.load(empty) == shot


def test_decode__a_path_that_no_file_can_have() -> None:
    wrong = a_document(takes=[{"id": "a", "recording": {"path": "a\0.wav"}}])

    with pytest.raises(UserError, match=r"\$\.takes\[0\]\.recording\.path: no path contains"):
        decoded(wrong)


def test_decode__quotes_both_types_in_words() -> None:
    with pytest.raises(UserError, match="Expected “float”, got “str”"):
        decoded(a_document(takes=[{"id": "a", "speech": {"speed": "fast"}}]))
