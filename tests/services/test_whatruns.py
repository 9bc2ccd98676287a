"""What runs here is asked of each part itself, and a part that is missing is told."""

from __future__ import annotations

import platform
import re
import sys

import pytest

from redub.core.errors import EnvironmentFault
from redub.media import espeak
from redub.media.faces import parts
from redub.services import whatruns


def _by_name(lines: list[str]) -> dict[str, str]:
    return dict(line.split(" ", 1) for line in lines)


def test_lines__name_every_part_with_its_version() -> None:
    found = _by_name(whatruns.lines(whatruns.Window("6.8.1", "6.8.2")))

    assert found["Python"] == platform.python_version()
    assert (found["Qt"], found["PySide6"]) == ("6.8.1", "6.8.2")
    assert re.fullmatch(r"[\d.]+ with FFmpeg \S+", found["PyAV"])
    assert re.fullmatch(r"\S+ \(.*ffmpeg.*\)", found["ffmpeg"])
    assert re.match(r"1\.\d+", found["espeak-ng"])
    assert found["Faces"] in ("yes", "no")
    assert found["libvlc"]


def test_lines__tell_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> str:
        raise EnvironmentFault("There is none.", why="It is missing.", next_step="Install it.")

    monkeypatch.setattr(espeak, "version", missing)

    found = _by_name(whatruns.lines(None, ffmpeg="no-such-program"))

    assert [found[name] for name in ("Qt", "PySide6", "ffmpeg", "espeak-ng")] == ["not found"] * 4


@pytest.mark.parametrize("absent, said", [((), "yes"), (("MediaPipe",), "no")])
def test_lines__say_whether_faces_are_found(
    monkeypatch: pytest.MonkeyPatch, absent: tuple[str, ...], said: str
) -> None:
    monkeypatch.setattr(parts, "missing", lambda: absent)

    assert _by_name(whatruns.lines(None))["Faces"] == said


def test_a_packaged_program__says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    assert _by_name(whatruns.lines(None))["Python"].endswith("(packaged)")
