"""What is installed follows the lock, and nothing is done twice."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from provision import console, environment, places


class _Programs:
    """Stands in for python -m venv and pip: notes what they were asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.fails_at = ""

    def run(self, argv: Sequence[str], *, log: str, environ: Any = None) -> None:
        self.asked.append(self._short(argv))
        if self.asked[-1] == self.fails_at:
            raise console.Failed("The network is gone.")
        if self.asked[-1] == "venv":
            program = places.venv_program("python")
            program.parent.mkdir(parents=True)
            program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
            program.chmod(0o755)

    @staticmethod
    def _short(argv: Sequence[str]) -> str:
        if argv[2] == "venv":
            return "venv"
        return "project" if "--editable" in argv else Path(argv[-1]).name

    def taken(self) -> list[str]:
        asked, self.asked = self.asked, []
        return asked


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> _Programs:
    for name, path in (
        ("CHECKOUT", tmp_path),
        ("VENV", tmp_path / ".venv"),
        ("STAMP", tmp_path / ".venv" / "stamp.json"),
        ("PROJECT", tmp_path / "pyproject.toml"),
        ("RUNTIME_LOCK", tmp_path / "requirements.lock"),
        ("DEV_LOCK", tmp_path / "requirements-dev.lock"),
    ):
        monkeypatch.setattr(places, name, path)
    monkeypatch.setattr(places.venv_program, "__defaults__", (tmp_path / ".venv",))
    for file in (places.PROJECT, places.RUNTIME_LOCK, places.DEV_LOCK):
        file.write_text("as released\n")
    stand_in = _Programs()
    monkeypatch.setattr(console, "run_quietly", stand_in.run)
    return stand_in


def test_ready__first_and_second_time(programs: _Programs) -> None:
    environment.ready(dev=False)
    assert programs.taken() == ["venv", "requirements.lock", "project"]

    environment.ready(dev=False)
    assert programs.taken() == []


def test_ready__the_packages_of_the_checks_cover_those_of_the_program(programs: _Programs) -> None:
    environment.ready(dev=True)
    assert programs.taken() == ["venv", "requirements-dev.lock", "project"]

    environment.ready(dev=False)
    assert programs.taken() == []


def test_ready__adds_the_packages_of_the_checks(programs: _Programs) -> None:
    environment.ready(dev=False)
    programs.taken()

    environment.ready(dev=True)
    assert programs.taken() == ["requirements-dev.lock", "project"]


def test_ready__a_changed_lock_is_installed(programs: _Programs) -> None:
    environment.ready(dev=False)
    programs.taken()
    places.RUNTIME_LOCK.write_text("with a newer version\n")

    environment.ready(dev=False)

    assert programs.taken() == ["requirements.lock"]


def test_ready__a_changed_project_is_installed(programs: _Programs) -> None:
    environment.ready(dev=True)
    programs.taken()
    places.PROJECT.write_text("with another command\n")

    environment.ready(dev=True)

    assert programs.taken() == ["project"]


def test_ready__other_line_ends_are_the_same_lock(programs: _Programs) -> None:
    environment.ready(dev=False)
    programs.taken()
    places.RUNTIME_LOCK.write_bytes(b"as released\r\n")

    environment.ready(dev=False)

    assert programs.taken() == []


@pytest.mark.parametrize("broken_off", ["requirements.lock", "project"])
def test_ready__what_was_broken_off_is_done_again(programs: _Programs, broken_off: str) -> None:
    environment.ready(dev=False)
    places.RUNTIME_LOCK.write_text("with a newer version\n")
    places.PROJECT.write_text("with another command\n")
    programs.taken()

    programs.fails_at = broken_off
    with pytest.raises(console.Failed):
        environment.ready(dev=False)
    assert not environment.is_current(dev=False)
    programs.taken()

    programs.fails_at = ""
    environment.ready(dev=False)
    assert programs.taken() == ["requirements.lock", "project"]


def test_ready__a_moved_checkout_gets_a_new_venv(
    programs: _Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.ready(dev=False)
    programs.taken()
    monkeypatch.setattr(places, "CHECKOUT", tmp_path / "elsewhere")

    environment.ready(dev=False)

    assert programs.taken() == ["venv", "requirements.lock", "project"]


def test_is_current__follows_the_lock(programs: _Programs) -> None:
    assert not environment.is_current(dev=False)

    environment.ready(dev=False)
    assert environment.is_current(dev=False)
    assert not environment.is_current(dev=True)
