from __future__ import annotations

from pathlib import Path

from redub.store.lastfolders import FILE_NAME, LastFolders


def test_last_folders__each_kind_its_own(tmp_path: Path) -> None:
    clips, scripts = tmp_path / "clips", tmp_path / "scripts"
    clips.mkdir()
    scripts.mkdir()
    kept = LastFolders(tmp_path / "data")

    kept.remember("clip", clips)
    kept.remember("script", scripts)

    assert LastFolders(tmp_path / "data").load() == {"clip": str(clips), "script": str(scripts)}


def test_last_folders__what_is_gone_is_left_out(tmp_path: Path) -> None:
    kept = LastFolders(tmp_path)
    gone = tmp_path / "gone"
    gone.mkdir()
    kept.remember("clip", gone)

    gone.rmdir()

    assert kept.load() == {}


def test_last_folders__a_damaged_file_costs_only_the_places(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"{")
    kept = LastFolders(tmp_path)
    assert kept.load() == {}

    kept.remember("clip", tmp_path)

    assert kept.load() == {"clip": str(tmp_path)}
