"""Scripts in files: import-scripts, export-script, and new with a script of any kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from redub.core.shot import Shot, Speech, Take
from redub.media.subtitles import parse_srt
from redub.store import shotfile
from terminal.calling import redub

TAKE = Take(
    id="a",
    name="A",
    script='Hello {who}<break time="1s"/>. Good bye.',
    speech=Speech(timbre_key="rehearsal_en_f1", language="en-US"),
)


@pytest.fixture
def shot(tmp_path: Path) -> Path:
    path = tmp_path / "shot.redub"
    shotfile.save(Shot(takes=(TAKE,)), path)
    return path


def test_import__a_table_with_what_is_wrong_in_it(shot: Path, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_bytes("名称,文案,语速\n一,大家好，欢迎。,1.2\n二,,\n三,你好吗朋友,快\n".encode("gb18030"))

    called = redub("import-scripts", shot, table)

    assert (called.code, called.out.split()) == (0, ["一", "三"])
    assert "Row 2: There is nothing to say. It is left out." in called.err
    assert "Row 3: “快” is no speed from 0.5 to 1.5." in called.err
    takes = shotfile.load(shot).takes
    assert [(take.name, take.script, take.speech.speed) for take in takes[1:]] == [
        ("一", "大家好，欢迎。", 1.2),
        ("三", "你好吗朋友", 1.0),
    ]
    assert {take.speech.timbre_key for take in takes} == {"rehearsal_en_f1"}


def test_import__fills_the_script(shot: Path, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("person;who\nx;Ada\ny;Ben\n")

    called = redub("import-scripts", shot, table, "--fill", "--column", "name=person")

    assert called.out.split() == ["x", "y"]
    assert shotfile.load(shot).takes[2].script == 'Hello Ben<break time="1s"/>. Good bye.'


@pytest.mark.parametrize(
    "name, content, said",
    [
        ("t.csv", b"", "is empty"),
        ("t.txt", b"\x00\x01\x02\x03", "not a text"),
        ("t.xlsx", b"nothing", "cannot be read as a workbook"),
        ("t.csv", b"name,text\na,\n", "Nothing was added"),
    ],
)
def test_import__bad_files_change_nothing(
    shot: Path, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    before = shot.read_bytes()

    called = redub("import-scripts", shot, tmp_path / name)

    assert called.code != 0
    assert said in called.err
    assert shot.read_bytes() == before


@pytest.mark.slow
def test_export__in_every_form(shot: Path, tmp_path: Path) -> None:
    ssml = redub("export-script", shot)
    text = redub("export-script", shot, "--format", "txt")
    subtitles = redub("export-script", shot, "-o", tmp_path / "a.srt")

    assert ssml.out == TAKE.script + "\n"
    assert text.out == "Hello {who}. Good bye.\n"
    assert subtitles.out.strip() == str(tmp_path / "a.srt")
    cues = parse_srt((tmp_path / "a.srt").read_text("utf-8"))
    assert cues[-1].text.endswith("Good bye.")
    assert cues[-1].end > 1.5


def test_new__a_script_out_of_subtitles(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_text("00:01.000 --> 00:02.000\nOne\n\n00:03.000 --> 00:04.000\nTwo\n")
    (tmp_path / "clip.mp4").touch()

    redub("new", tmp_path / "clip.mp4", "-o", tmp_path / "n", "--script-file", tmp_path / "a.srt")

    assert shotfile.load(tmp_path / "n.redub").takes[0].script == 'One<break time="1000ms"/> Two'
