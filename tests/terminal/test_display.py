"""What a window lacks is told in words."""

from __future__ import annotations

import pytest

from redub.terminal import display


def test_without_a_display__the_way_without_one_is_named() -> None:
    said = display.missing_for_window({}, "linux")

    assert "no display" in said
    assert "redub main-job" in said


def test_without_qt__it_says_how_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)

    assert "PySide6" in display.missing_for_window({"DISPLAY": ":0"}, "linux")


def test_missing_libraries__are_named_as_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "_loads", lambda library: library != "libxcb-cursor.so.0")

    assert "sudo apt install libxcb-cursor0" in display.missing_for_window({"DISPLAY": ":0"}, "linux")
    assert display.missing_for_window({"QT_QPA_PLATFORM": "offscreen"}, "linux") == ""
    assert display.missing_for_window({"WAYLAND_DISPLAY": "w"}, "linux") == ""


def test_elsewhere__nothing_is_asked_of_the_system() -> None:
    assert display.missing_for_window({}, "darwin") == ""
