"""Wrong arguments get one sentence and exit code 2."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from redub.core.shot import StillInterval
from redub.terminal import arguments
from redub.terminal.arguments import WrongUse, command_parser, window_parser
from redub.terminal.commands import COMMANDS
from terminal.calling import redub


@pytest.mark.parametrize(
    "line, said",
    [
        ("nonsense", "neither a file nor a command"),
        ("--nonsense", "nrecognized arguments"),
        ("new", "CLIP"),
        ("new gone.mp4 -o x.redub", "there is no file “gone.mp4”"),
        ("make gone.redub", "there is no file “gone.redub”"),
        ("make", "SHOT|CLIP"),
        (f"new {__file__} -o .", "“.” is a folder"),
        ("a" * 300, "neither a file nor a command"),
        ("rehearse --port 70000", "ports are 0 to 65535"),
        ("check", "SHOT|CLIP"),
        ("voices --site mars", "mars"),
        ("voices --site china --service http://127.0.0.1:1", "not allowed with"),
    ],
)
def test_wrong_use__is_one_sentence(line: str, said: str) -> None:
    called = redub(*line.split())

    assert (called.code, called.out) == (2, "")
    assert said in called.err
    assert len(called.err.strip().splitlines()) == 1


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command__describes_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    parser = command_parser(name, COMMANDS[name])

    with pytest.raises(SystemExit) as ended:
        parser.parse_args(["--help"])

    assert ended.value.code == 0
    assert "Exit codes:" in capsys.readouterr().out


def test_the_accesstoken__is_no_argument() -> None:
    for name, entry in COMMANDS.items():
        options = command_parser(name, entry)._option_string_actions
        assert not [option for option in options if "token" in option]


def test_help_and_version__list_everything(capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--help", "--version"):
        with pytest.raises(SystemExit):
            window_parser("1.2.3", lambda: ["Python 3.11"]).parse_args([option])
    out = capsys.readouterr().out

    assert all(name in out for name in COMMANDS)
    assert "redub 1.2.3\nPython 3.11\n" in out


def test_readers__take_what_people_write(tmp_path: Path) -> None:
    file = tmp_path / "a clip.mp4"
    file.touch()

    assert arguments.still_interval("1.5-0:03,25") == StillInterval(1.5, 3.25)
    assert arguments.seconds("1:02.5") == 62.5
    assert arguments.number("1,25") == 1.25
    assert arguments.clip("https://a.example/b.mp4") == "https://a.example/b.mp4"
    assert arguments.clip(str(file)) == file


@pytest.mark.parametrize(
    "read, text",
    [
        (arguments.still_interval, "1"),
        (arguments.still_interval, "a-b"),
        (arguments.seconds, "soon"),
        (arguments.number, "nan"),
        (arguments.number, "x"),
        (arguments.whole_number, "1.5"),
        (arguments.positive, "0"),
        (arguments.clip, "ftp://a.example/b"),
        (arguments.clip, "~nobody-here/clip.mp4"),
        (arguments.existing_file, "a" * 300),
        (arguments.absolute, "~nobody-here/out"),
    ],
)
def test_readers__refuse_with_a_sentence(read: object, text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=text):
        read(text)  # type: ignore[operator]  # a reader of arguments


def test_parser__raises_instead_of_ending_the_program() -> None:
    with pytest.raises(WrongUse, match="--help"):
        window_parser("1").parse_args(["a", "b"])
