"""The recipes for other systems: whatever they name exists, and whatever can be run of them here is run."""

from __future__ import annotations

import configparser
import plistlib
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from provision import debian, freezing, places

_LINUX = places.RECIPES / "linux"
_MACOS = places.RECIPES / "macos"
_INSTALLER = places.RECIPES / "windows" / "redub.iss"
_TYPE = "application/x-redub-shot"
_NAMESPACE = {"mime": "http://www.freedesktop.org/standards/shared-mime-info"}


def _desktop_file() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # as documented, to keep upper case
    parser.read(_LINUX / f"{debian.ID}.desktop", "utf-8")
    return parser["Desktop Entry"]


def test_desktop_file__opens_shots_and_names_the_icon_that_is_installed(tmp_path: Path) -> None:
    debian.lay_out_desktop(tmp_path)
    entry = _desktop_file()

    assert entry["Exec"].split() == [freezing.NAME, "%f"]
    assert _TYPE in entry["MimeType"].split(";")
    assert (tmp_path / f"share/icons/hicolor/scalable/apps/{entry['Icon']}.svg").is_file()


def test_window__is_found_by_the_name_of_the_desktop_file() -> None:
    running = places.CHECKOUT / "desktop" / "redub" / "app" / "running.py"

    assert f'setDesktopFileName("{debian.ID}")' in running.read_text("utf-8")


def test_mime_type__is_that_of_shots() -> None:
    root = ElementTree.parse(_LINUX / f"{debian.ID}.mime.xml").getroot()
    (kind,) = root.findall("mime:mime-type", _NAMESPACE)
    globs = [glob.get("pattern") for glob in kind.findall("mime:glob", _NAMESPACE)]

    assert (kind.get("type"), globs) == (_TYPE, ["*.redub"])


def test_description__names_this_version_and_the_desktop_file() -> None:
    root = ElementTree.parse(_LINUX / f"{debian.ID}.metainfo.xml").getroot()

    assert root.findtext("id") == debian.ID
    assert root.findtext("launchable") == f"{debian.ID}.desktop"
    newest = root.find("releases/release")
    assert newest is not None
    assert newest.get("version") == debian.version()


@pytest.mark.skipif(shutil.which("appstreamcli") is None, reason="appstreamcli is not installed")
def test_description__is_valid() -> None:
    argv = ["appstreamcli", "validate", "--no-net", str(_LINUX / f"{debian.ID}.metainfo.xml")]

    checked = subprocess.run(argv, capture_output=True, text=True, check=False)

    assert checked.returncode == 0, checked.stdout


@pytest.mark.skipif(
    shutil.which("desktop-file-validate") is None, reason="desktop-file-validate is not installed"
)
def test_desktop_file__is_valid() -> None:
    argv = ["desktop-file-validate", str(_LINUX / f"{debian.ID}.desktop")]

    checked = subprocess.run(argv, capture_output=True, text=True, check=False)

    assert checked.stdout == ""


def _fake_program(folder: Path, name: str, script: str) -> None:
    folder.mkdir(exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


@pytest.mark.skipif(shutil.which("sh") is None, reason="there is no shell here")
def test_appimage__holds_the_program_its_icon_and_its_description(tmp_path: Path) -> None:
    _fake_program(tmp_path / "frozen", "redub", "echo started")
    # In place of appimagetool: starts what is to be packed, and writes down what lies at its top.
    _fake_program(
        tmp_path / "bin", "appimagetool", 'shift; cd "$1"; ./AppRun; cat .DirIcon *.desktop; ls > "$2"'
    )
    environ = {"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin"}
    argv = ["sh", str(_LINUX / "appimage.sh"), str(tmp_path / "frozen"), str(tmp_path / "target")]

    made = subprocess.run(argv, env=environ, capture_output=True, text=True, check=True)

    assert made.stdout.startswith("started\n<svg")
    assert "[Desktop Entry]" in made.stdout
    top = (tmp_path / "target").read_text().split()
    assert top == ["AppRun", f"{debian.ID}.desktop", f"{debian.ID}.svg", "usr"]


@pytest.mark.parametrize("script", [_LINUX / "appimage.sh", _MACOS / "dmg.sh"], ids=lambda path: path.name)
def test_scripts__are_read_by_a_shell_and_refuse_to_pack_nothing(script: Path, tmp_path: Path) -> None:
    subprocess.run(["sh", "-n", str(script)], check=True)

    refused = subprocess.run(
        ["sh", str(script), str(tmp_path / "nothing")], capture_output=True, text=True, check=False
    )

    assert refused.returncode == 1
    assert "setup.py package" in refused.stderr


def test_flatpak__installs_files_that_are_there() -> None:
    manifest = (_LINUX / f"{debian.ID}.yml").read_text("utf-8")
    paths = re.findall(r"(?m)^ +path: (\S+)$", manifest)
    files = {path: (_LINUX / path).resolve() for path in paths}

    assert f"id: {debian.ID}\n" in manifest
    assert files.pop("../../../dist/redub") == freezing.FOLDER
    assert len(files) == 4
    assert all(path.is_file() for path in files.values())
    for name in re.findall(r"install -Dm644 (\S+)", manifest):
        assert name in {path.name for path in files.values()}


def test_mac__describes_shots_and_asks_for_the_microphone() -> None:
    additions = plistlib.loads((_MACOS / "Info.additions.plist").read_bytes())
    entitlements = plistlib.loads((_MACOS / "entitlements.plist").read_bytes())
    (declared,) = additions["UTExportedTypeDeclarations"]
    (opened,) = additions["CFBundleDocumentTypes"]

    assert opened["LSItemContentTypes"] == [declared["UTTypeIdentifier"]]
    assert declared["UTTypeTagSpecification"]["public.filename-extension"] == ["redub"]
    assert additions["NSMicrophoneUsageDescription"]
    assert entitlements["com.apple.security.device.audio-input"] is True
    used = re.findall(r"\$here/([\w.]+plist)", (_MACOS / "dmg.sh").read_text("utf-8"))
    assert sorted(used) == ["Info.additions.plist", "entitlements.plist"]


def _sections() -> dict[str, list[str]]:
    """Return the entries of each section of the installer's script, without comments."""
    found: dict[str, list[str]] = {}
    section = ""
    for line in _INSTALLER.read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
            found[section] = []
        elif section and line and not line.startswith(";"):
            found[section].append(line)
    return found


def test_installer__takes_the_frozen_folder_and_opens_shots() -> None:
    sections = _sections()
    setup = dict(line.split("=", 1) for line in sections["Setup"])
    (files,) = sections["Files"]
    source = re.search(r'Source: "\{#Checkout\}\\(.+?)\\\*"', files)

    assert source is not None
    assert places.CHECKOUT.joinpath(*source.group(1).split("\\")) == freezing.FOLDER
    assert places.CHECKOUT.joinpath(setup["LicenseFile"].removeprefix("{#Checkout}\\")).is_file()
    assert setup["AppId"].startswith("{{")
    assert any(r"Software\Classes\.redub" in line for line in sections["Registry"])
    assert any(line.endswith('ValueData: """{app}\\redub.exe"" ""%1"""') for line in sections["Registry"])


def test_installer__names_only_tasks_that_it_declares() -> None:
    sections = _sections()
    declared = {match.group(1) for line in sections["Tasks"] if (match := re.match(r'Name: "(\w+)"', line))}
    used = {
        name for lines in sections.values() for line in lines for name in re.findall(r"; Tasks: (\w+)", line)
    }

    assert used <= declared
    assert used


def test_installer__has_the_version_of_the_program() -> None:
    assert f'#define Version "{debian.version()}"' in _INSTALLER.read_text("utf-8")
