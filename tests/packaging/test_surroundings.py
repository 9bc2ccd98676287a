"""What a packaged program sets before its first line: VLC's parts are found, and children get their own libraries."""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path

import pytest

from provision import places

_HOOK = places.CHECKOUT / "packaging" / "frozen" / "surroundings.py"
_LIBRARY = {"win32": "libvlc.dll", "darwin": "libvlc.dylib"}.get(sys.platform, "libvlc.so.5")


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    for name in (
        "PYTHON_VLC_LIB_PATH",
        "VLC_PLUGIN_PATH",
        "LD_LIBRARY_PATH",
        "PYINSTALLER_RESET_ENVIRONMENT",
    ):
        monkeypatch.setenv(name, "")  # so that it is as before when the test is over
        monkeypatch.delenv(name)
    return tmp_path


def _carry_vlc(inside: Path) -> None:
    (inside / _LIBRARY).touch()
    (inside / "libvlc" / "plugins").mkdir(parents=True)


def test_vlc__is_found_in_the_package(inside: Path) -> None:
    _carry_vlc(inside)

    runpy.run_path(str(_HOOK))

    assert os.environ["PYTHON_VLC_LIB_PATH"] == str(inside / _LIBRARY)
    assert os.environ["VLC_PLUGIN_PATH"] == str(inside / "libvlc" / "plugins")


def test_vlc__that_the_person_chose_stays(inside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _carry_vlc(inside)
    monkeypatch.setenv("PYTHON_VLC_LIB_PATH", "/opt/vlc/libvlc.so")

    runpy.run_path(str(_HOOK))

    assert os.environ["PYTHON_VLC_LIB_PATH"] == "/opt/vlc/libvlc.so"
    assert "VLC_PLUGIN_PATH" not in os.environ


def test_vlc__that_is_not_carried_is_looked_for_in_the_system(inside: Path) -> None:
    runpy.run_path(str(_HOOK))

    assert "PYTHON_VLC_LIB_PATH" not in os.environ


@pytest.mark.skipif(sys.platform == "win32", reason="the loader sets no such variable there")
@pytest.mark.parametrize("before", ["", "/opt/own"])
def test_children__get_the_libraries_of_the_system(
    inside: Path, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", str(inside))
    if before:
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", before)

    runpy.run_path(str(_HOOK))

    assert os.environ.get("LD_LIBRARY_PATH", "") == before
    assert os.environ["PYINSTALLER_RESET_ENVIRONMENT"] == "1"
