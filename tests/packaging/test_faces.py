"""The optional part is installed once where it exists, and its absence stops nothing."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from provision import console, faces, places

LOCK = Path(__file__).resolve().parents[2] / "packaging" / "requirements-faces.lock"
RUNTIME = LOCK.with_name("requirements.lock")


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """Stand in for pip, and return what it was asked for."""
    calls: list[Sequence[str]] = []

    def run(argv: Sequence[str], *, log: str, environ: Any = None) -> None:
        calls.append(argv)

    monkeypatch.setattr(console, "run_quietly", run)
    monkeypatch.setattr(places, "VENV", tmp_path)
    monkeypatch.setattr(places, "FACES_LOCK", tmp_path / "faces.lock")
    (tmp_path / "faces.lock").write_text("mediapipe==0.10.21\n")
    monkeypatch.setattr(faces, "exists_here", lambda: True)
    return calls


def test_provide__once_and_again_when_the_lock_has_changed(asked: list[Sequence[str]]) -> None:
    assert faces.provide()
    assert faces.provide()
    assert len(asked) == 1
    assert {"--no-deps", "--require-hashes"} <= set(asked[0])
    places.FACES_LOCK.write_text("mediapipe==0.10.22\n")
    assert faces.provide()
    assert len(asked) == 2


def test_provide__where_there_are_no_wheels(
    asked: list[Sequence[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(faces, "exists_here", lambda: False)
    assert not faces.provide()
    assert asked == []
    assert "does not exist for this system" in capsys.readouterr().err


def test_provide__a_failure_is_said_and_tried_again(
    asked: list[Sequence[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(argv: Sequence[str], *, log: str, environ: Any = None) -> None:
        raise console.Failed("The network is gone.")

    monkeypatch.setattr(console, "run_quietly", fail)
    assert not faces.provide()
    assert "could not be installed" in capsys.readouterr().err
    assert not faces.is_current()


@pytest.mark.parametrize(
    "system, machine, version, expected",
    [
        ("linux", "x86_64", (3, 11), True),
        ("linux", "aarch64", (3, 11), False),
        ("darwin", "arm64", (3, 12), True),
        ("win32", "AMD64", (3, 12), True),
        ("linux", "x86_64", (3, 13), False),
    ],
)
def test_exists_here(
    monkeypatch: pytest.MonkeyPatch, system: str, machine: str, version: tuple[int, int], expected: bool
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(sys, "version_info", version)
    monkeypatch.setattr("platform.machine", lambda: machine)
    assert faces.exists_here() is expected


def versions(lock: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.M):
        found.setdefault(name, set()).add(version)
    return found


def test_lock__agrees_with_that_of_the_program() -> None:
    own, others = versions(LOCK), versions(RUNTIME)
    assert own["mediapipe"] == {"0.10.21"}
    assert {"opencv-python-headless", "protobuf", "matplotlib"} <= own.keys()
    assert "opencv-contrib-python" not in own
    assert "jax" not in own
    shared = own.keys() & others.keys()
    assert {"numpy", "pillow"} <= shared
    assert {name: own[name] for name in shared} == {name: others[name] for name in shared}
