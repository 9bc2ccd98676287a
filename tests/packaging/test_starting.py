"""`run` opens the window where there is one to be seen, and does the job in the terminal everywhere else."""

from __future__ import annotations

import pytest

from provision import environment, native, screen, starting


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what the program was started with; on a machine with a display and all native parts."""
    arguments: list[str] = []

    def become(argv: list[str]) -> int:
        arguments.extend(argv[1:])
        return 3

    monkeypatch.setattr(environment, "ready", lambda *, dev: None)
    monkeypatch.setattr(screen, "has_display", lambda: True)
    monkeypatch.setattr(native, "provide", lambda names: [])
    monkeypatch.setattr(starting, "_become", become)
    return arguments


def test_run__with_a_display_opens_the_window(started: list[str]) -> None:
    assert starting.run(["clip.mp4"], headless=False) == 3

    assert started == ["-m", "redub", "clip.mp4"]


def test_run__headless_does_the_job_in_the_terminal(started: list[str]) -> None:
    starting.run(["clip.mp4", "--json"], headless=True)

    assert started == ["-m", "redub", "main-job", "clip.mp4", "--json"]


def test_run__without_a_display_needs_no_native_parts(
    started: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(screen, "has_display", lambda: False)
    monkeypatch.setattr(native, "provide", asked.append)

    starting.run([], headless=False)

    assert (started, asked) == (["-m", "redub", "main-job"], [])
    assert "No display was found" in capsys.readouterr().err


@pytest.mark.parametrize(
    "part, in_terminal", [("qt", True), ("qt-x11", True), ("vlc", False), ("chinese-fonts", False)]
)
def test_run__goes_on_with_what_works(
    started: list[str], monkeypatch: pytest.MonkeyPatch, part: str, in_terminal: bool
) -> None:
    monkeypatch.setattr(native, "provide", lambda names: [native.PARTS[part]])

    starting.run([], headless=False)

    assert ("main-job" in started) is in_terminal
