"""What is packed: how PyInstaller is started, which licences are listed, what the trial of a package asks for."""

from __future__ import annotations

import itertools
import json
import shutil
import sys
from pathlib import Path

import pytest

from provision import console, debian, freezing, licences, native, places, smoke, vlcparts


def _values(command: list[str], option: str) -> list[str]:
    return [after for word, after in itertools.pairwise(command) if word == option]


@pytest.fixture
def no_vlc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vlcparts, "binaries", lambda: iter(()))


@pytest.mark.usefixtures("no_vlc")
def test_freezing__carries_the_resources_and_starts_from_files_that_exist() -> None:
    command = freezing.command(faces=False)

    source, _, target = _values(command, "--add-data")[0].rpartition(":" if sys.platform != "win32" else ";")
    assert (Path(source), target) == (places.RESOURCES, "redub/resources")
    assert Path(command[-1]).is_file()
    assert all(Path(hook).is_file() for hook in _values(command, "--runtime-hook"))


@pytest.mark.usefixtures("no_vlc")
def test_freezing__carries_the_part_for_faces_only_when_asked() -> None:
    with_faces, without = (freezing.command(faces=faces) for faces in (True, False))

    assert "mediapipe" in _values(with_faces, "--collect-all")
    assert not {"mediapipe", "cv2"} & set(_values(with_faces, "--exclude-module"))
    assert "mediapipe" not in _values(without, "--collect-all")
    assert {"mediapipe", "cv2"} <= set(_values(without, "--exclude-module"))


def test_vlc__gives_its_library_and_what_plays_but_no_window_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suffix = {"win32": ".dll", "darwin": ".dylib"}.get(sys.platform, ".so")
    for name in ("codec/libavcodec_plugin", "gui/libqt_plugin", "lua/liblua_plugin"):
        file = tmp_path / "plugins" / f"{name}{suffix}"
        file.parent.mkdir(parents=True)
        file.touch()
    library = tmp_path / vlcparts._libraries()[0]
    library.touch()
    monkeypatch.setattr(native, "libvlc", lambda: library)

    packed = {path.name: target for path, target in vlcparts.binaries()}

    assert packed == {library.name: ".", f"libavcodec_plugin{suffix}": "libvlc/plugins/codec"}


def test_vlc__that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "libvlc", lambda: None)

    with pytest.raises(console.Failed, match="no VLC"):
        list(vlcparts.binaries())


def _install(folder: Path, name: str, headers: str, text: str = "") -> None:
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{headers}")
    record = [f"{info.name}/METADATA,,"]
    if text:
        (info / "LICENSE").write_text(text)
        record.append(f"{info.name}/LICENSE,,")
    (info / "RECORD").write_text("\n".join(record))


def test_licences__are_read_from_what_is_installed(tmp_path: Path) -> None:
    _install(tmp_path, "httpx", "License-Expression: BSD-3-Clause\n", "Use it well.")
    _install(tmp_path, "av", "Classifier: License :: OSI Approved :: BSD License\n")
    _install(tmp_path, "numpy", "License: BSD, with additions\n  of others\n")
    _install(tmp_path, "hatchling", "License-Expression: MIT\n")

    listed = {part.name: part for part in licences.of_python(faces=False, site_packages=tmp_path)}

    assert {name: part.licence for name, part in listed.items()} == {
        "av 1.0": "BSD License",
        "httpx 1.0": "BSD-3-Clause",
        "numpy 1.0": "BSD, with additions",
    }
    assert listed["httpx 1.0"].text == "Use it well."


@pytest.mark.skipif(not places.VENV.is_dir(), reason="nothing is installed in .venv")
def test_licences__of_this_checkout_name_every_library_and_the_parts_that_name_themselves_nowhere(
    tmp_path: Path,
) -> None:
    target = tmp_path / "THIRD-PARTY.txt"

    licences.write(target, faces=False)

    listed = target.read_text("utf-8")
    for name in ("PySide6_Essentials", "httpx", "python-vlc", "espeak-ng", "FFmpeg", "Qt ", "PyInstaller"):
        assert f"\n{name}" in listed
    assert "LGPL-3.0-only" in listed


def test_versions__need_every_part() -> None:
    said = "\n".join(f"{start}1" for start in smoke._LINES)

    assert len(smoke.read_versions(said)) == len(smoke._LINES)
    with pytest.raises(console.Failed, match="lacks libvlc"):
        smoke.read_versions(said.replace("libvlc 1", "libvlc not found"))


def test_result__is_a_rehearsal_that_is_done() -> None:
    def said(state: str, result: str) -> str:
        return "Made anew.\n" + json.dumps(
            {"tasks": [{"state": state, "result": result, "message": "No hours left."}]}
        )

    assert smoke.read_result(said("done", "/a.mp4")) == "/a.mp4"
    with pytest.raises(console.Failed, match="No hours left"):
        smoke.read_result(said("failed", ""))
    with pytest.raises(console.Failed, match="no answer"):
        smoke.read_result("")


def test_picture__of_an_empty_window_is_none(tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))

    with pytest.raises(console.Failed, match="did not draw"):
        smoke.check_picture(picture)


@pytest.mark.skipif(
    shutil.which("dpkg-query") is None, reason="only Debian knows which package owns a library"
)
def test_debian_package__depends_on_what_it_is_linked_with_and_does_not_carry(tmp_path: Path) -> None:
    shutil.copyfile("/bin/ls", tmp_path / "ls")

    needed = debian.needed(tmp_path)

    assert any(name.startswith("libc6 (>= ") for name in needed)
    assert "libselinux1" in needed


def test_debian_package__without_a_frozen_program_is_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freezing, "PROGRAM", tmp_path / "redub")

    with pytest.raises(console.Failed, match=r"setup\.py package makes it"):
        debian._lay_out(tmp_path / "root")


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(
    not freezing.PROGRAM.is_file(),
    reason="no packaged program here; python3 packaging/setup.py package makes it",
)
def test_packaged_program__rehearses_and_draws_its_window() -> None:
    came = smoke.trial(freezing.PROGRAM)

    assert any("(packaged)" in line for line in came.versions)
    assert came.result.endswith(".mp4")
