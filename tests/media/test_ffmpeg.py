from __future__ import annotations

import os
from pathlib import Path

import pytest

from redub.core.errors import EnvironmentFault, UserError
from redub.media import ffmpeg


def program(path: Path) -> Path:
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_find__here__is_a_program_that_can_be_run() -> None:
    assert os.access(ffmpeg.find(), os.X_OK)


def test_find__chosen__is_taken(tmp_path: Path) -> None:
    own = program(tmp_path / "my ffmpeg")

    assert ffmpeg.find(str(own)) == own


def test_find__chosen_that_is_no_program__is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be started"):
        ffmpeg.find(str(tmp_path / "none"))


def test_find__bundled__comes_before_all_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    own = program(tmp_path / "bin" / "ffmpeg")
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("sys.executable", str(tmp_path / "redub"))

    assert ffmpeg.find() == own


def test_find__only_on_path__is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = program(tmp_path / "ffmpeg")
    monkeypatch.setattr(ffmpeg, "_from_imageio", lambda: None)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert ffmpeg.find() == own


def test_find__nowhere__says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ffmpeg, "_from_imageio", lambda: None)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(EnvironmentFault, match="Install it"):
        ffmpeg.find()


async def test_filters__here__has_what_a_conversion_needs() -> None:
    assert await ffmpeg.filters(ffmpeg.find()) >= {"scale", "fps", "bwdif", "setparams", "aresample"}
