from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from redub.core.errors import EnvironmentFault, UserError
from redub.store.files import (
    free_name,
    free_space,
    publish,
    require_space,
    require_writable,
    write_atomically,
)


def test_write_atomically__replaces_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.json"

    write_atomically(path, b"one")
    write_atomically(path, b"two")

    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def test_write_atomically__keeps_the_permissions(tmp_path: Path) -> None:
    path, secret = tmp_path / "a", tmp_path / "b"
    path.touch()
    path.chmod(0o640)

    write_atomically(path, b"x")
    write_atomically(secret, b"x", mode=0o600)

    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600


def test_write_atomically__through_a_link(tmp_path: Path) -> None:
    target = tmp_path / "folder" / "real"
    target.parent.mkdir()
    target.write_bytes(b"old")
    link = tmp_path / "link"
    link.symlink_to(target)

    write_atomically(link, b"new")

    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_write_atomically__longest_names(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 255)

    write_atomically(path, b"x")

    assert path.read_bytes() == b"x"


@pytest.mark.parametrize(
    "number,kind,words",
    [
        (errno.ENOSPC, EnvironmentFault, "no space left"),
        (errno.EROFS, EnvironmentFault, "can only be read"),
        (errno.EACCES, EnvironmentFault, "no right"),
        (errno.ENAMETOOLONG, UserError, "too long"),
        (errno.EIO, EnvironmentFault, "reported a fault"),
    ],
)
def test_write_atomically__disk_refuses_and_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[Exception], words: str
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def refuse(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)

    with pytest.raises(kind, match=words):
        write_atomically(path, b"new")

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_write_atomically__folder_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="is not there"):
        write_atomically(tmp_path / "gone" / "a", b"x")


def test_publish__gives_the_name(tmp_path: Path) -> None:
    partial = tmp_path / ".x.part"
    partial.write_bytes(b"video")

    named = publish(partial, tmp_path / "x.mp4")

    assert named == tmp_path / "x.mp4"
    assert named.read_bytes() == b"video"
    assert not partial.exists()


@pytest.mark.parametrize("links", [True, False])
def test_publish__never_overwrites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    if not links:
        monkeypatch.setattr(os, "link", _no_links)
    (tmp_path / "x.mp4").write_bytes(b"mine")
    (tmp_path / "x (2).mp4").symlink_to("nowhere")
    partial = tmp_path / ".x.part"
    partial.write_bytes(b"video")

    named = publish(partial, tmp_path / "x.mp4")

    assert named == tmp_path / "x (3).mp4"
    assert named.read_bytes() == b"video"
    assert (tmp_path / "x.mp4").read_bytes() == b"mine"
    assert not partial.exists()


def _no_links(_source: Path, _target: Path) -> None:
    raise OSError(errno.EPERM, "Operation not permitted")


def test_publish__killed_between_the_name_and_the_tidying(tmp_path: Path) -> None:
    partial = tmp_path / ".x.part"
    partial.write_bytes(b"video")
    os.link(partial, tmp_path / "x.mp4")

    named = publish(partial, tmp_path / "x.mp4")

    assert named == tmp_path / "x.mp4"
    assert [path.name for path in tmp_path.iterdir()] == ["x.mp4"]


def test_publish__nothing_to_publish(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="could not be put in its place"):
        publish(tmp_path / "gone.part", tmp_path / "x.mp4")


def test_free_name(tmp_path: Path) -> None:
    (tmp_path / "x.mp4").touch()

    assert free_name(tmp_path / "x.mp4").name == "x (2).mp4"
    assert free_name(tmp_path / "y.mp4").name == "y.mp4"


def test_free_space__of_a_folder_yet_to_come(tmp_path: Path) -> None:
    assert free_space(tmp_path / "a" / "b") > 0
    require_space(tmp_path / "a", 1)
    with pytest.raises(EnvironmentFault, match="MB more are needed"):
        require_space(tmp_path / "a", 10**18)


def test_require_space__a_little_is_more_than_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("redub.store.files.free_space", lambda _folder: 10)

    with pytest.raises(EnvironmentFault, match=" 1 MB more are needed"):
        require_space(tmp_path, 11)


def test_require_writable__makes_the_folder_and_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"

    require_writable(folder)

    assert list(folder.iterdir()) == []


def test_require_writable__says_that_a_folder_takes_no_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(_path: Path, **_options: bool) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "touch", refuses)

    with pytest.raises(EnvironmentFault, match=r"takes no files.*can only be read"):
        require_writable(tmp_path)
