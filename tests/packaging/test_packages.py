"""What is missing is named as this system's package manager names it, with the right to install it."""

from __future__ import annotations

from pathlib import Path

import pytest

from provision import console, native, packages


@pytest.mark.parametrize(
    "manager, root, typed",
    [
        ("apt-get", False, "sudo apt-get install -y --no-install-recommends libvlc5 vlc-plugin-base xvfb"),
        ("apt-get", True, "apt-get install -y --no-install-recommends libvlc5 vlc-plugin-base xvfb"),
        (
            "dnf",
            False,
            "sudo dnf install -y vlc-libs vlc-plugins-base vlc-plugin-ffmpeg xorg-x11-server-Xvfb",
        ),
        ("pacman", True, "pacman -S --needed --noconfirm vlc vlc-plugin-ffmpeg xorg-server-xvfb"),
        ("zypper", False, "sudo zypper --non-interactive install libvlc5 vlc-noX xorg-x11-server-Xvfb"),
        ("brew", False, "brew install --cask vlc"),
        ("winget", False, "winget install --exact --id VideoLAN.VLC"),
        ("choco", False, "choco install -y vlc"),
        (None, True, ""),
    ],
)
def test_command__is_the_systems_own(manager: str | None, root: bool, typed: str) -> None:
    assert packages.command(["vlc", "xvfb"], manager, root=root) == typed


def test_command__for_what_the_system_brings_is_empty() -> None:
    assert packages.command(["qt"], "brew", root=False) == ""


def test_names__each_once() -> None:
    assert packages.names(["qt", "fonts", "qt"], "dnf").count("fontconfig") == 1


@pytest.mark.parametrize("part", native.PARTS)
def test_part__has_a_name_on_every_linux(part: str) -> None:
    assert all(packages.names([part], manager) for manager in ("apt-get", "dnf", "pacman", "zypper"))


def test_part__is_missing_when_its_library_cannot_be_loaded() -> None:
    assert native._unloadable("libredub-nowhere.so.7")() in (["libredub-nowhere.so.7"], [])
    assert native._unloadable()() == []


def _programs(folder: Path, **scripts: str) -> str:
    for name, script in scripts.items():
        program = folder / name.replace("_", "-")
        program.write_text(f"#!/bin/sh\necho \"$@\" >> '{folder}/calls'\n{script}\n")
        program.chmod(0o755)
    return str(folder)


@pytest.fixture
def logs_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("provision.places.LOGS", tmp_path / "logs")
    monkeypatch.setattr(packages, "is_root", lambda: True)
    return tmp_path


def test_provide__installs_all_at_once(logs_here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", _programs(logs_here, apt_get="exit 0"))

    packages.provide(["fonts", "xvfb"], "Not everything is here")

    assert (logs_here / "calls").read_text().splitlines() == [
        "update",
        "install -y --no-install-recommends fontconfig fonts-dejavu-core xvfb",
    ]


def test_provide__one_unknown_name_does_not_cost_the_others(
    logs_here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuses_xvfb = 'case "$*" in *xvfb*) echo E: no such package; exit 100;; esac'
    monkeypatch.setenv("PATH", _programs(logs_here, apt_get=refuses_xvfb))

    with pytest.raises(console.Failed) as failure:
        packages.provide(["fonts", "xvfb"], "Not everything is here")

    assert (logs_here / "calls").read_text().splitlines()[2:] == [
        "install -y --no-install-recommends fontconfig",
        "install -y --no-install-recommends fonts-dejavu-core",
        "install -y --no-install-recommends xvfb",
    ]
    assert failure.value.log is not None
    assert "E: no such package" in failure.value.log.read_text()


def test_provide__without_the_right_says_what_to_type(
    logs_here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", _programs(logs_here, apt_get="exit 0"))
    monkeypatch.setattr(packages, "is_root", lambda: False)

    with pytest.raises(console.Failed, match="sudo apt-get install -y --no-install-recommends xvfb"):
        packages.provide(["xvfb"], "Not everything is here")

    assert not (logs_here / "calls").exists()


def test_provide__without_a_package_manager_says_so(logs_here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(logs_here))

    with pytest.raises(console.Failed, match="no package manager"):
        packages.provide(["xvfb"], "Not everything is here")
