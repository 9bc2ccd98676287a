from __future__ import annotations

import stat
from pathlib import Path

import pytest

from redub.core.errors import EnvironmentFault
from redub.store.secrets import FILE_NAME, Secrets


class Ring:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service_name: str, username: str) -> str | None:
        return self.kept.get((service_name, username))

    def set_password(self, service_name: str, username: str, password: str) -> None:
        self.kept[service_name, username] = password

    def delete_password(self, service_name: str, username: str) -> None:
        del self.kept[service_name, username]


class Forgetful(Ring):
    """A keyring that takes everything and keeps nothing, as keyring's null backend."""

    def set_password(self, service_name: str, username: str, password: str) -> None:
        pass


class Broken(Ring):
    """A keyring whose owner does not answer."""

    def get_password(self, service_name: str, username: str) -> str | None:
        raise OSError("D-Bus is gone")

    set_password = delete_password = get_password  # type: ignore[assignment]  # all of it is broken


def test_accesstoken__in_the_keyring(tmp_path: Path) -> None:
    ring = Ring()
    secrets = Secrets(tmp_path, keyring=ring)

    assert secrets.accesstoken("china", "key") is None
    assert secrets.save_accesstoken("china", "key", "GEHEIM") == ""
    assert secrets.accesstoken("china", "key") == "GEHEIM"
    assert secrets.accesstoken("international", "key") is None
    assert secrets.accesstoken("china", "other") is None
    assert list(tmp_path.iterdir()) == []
    secrets.forget_accesstoken("china", "key")
    assert secrets.accesstoken("china", "key") is None


@pytest.mark.parametrize("ring", [Forgetful(), Broken(), None], ids=["forgetful", "broken", "none"])
def test_accesstoken__in_a_private_file_with_a_warning(tmp_path: Path, ring: Ring | None) -> None:
    secrets = Secrets(tmp_path / "config", keyring=ring)

    warning = secrets.save_accesstoken("china", "key", "GEHEIM")

    path = tmp_path / "config" / FILE_NAME
    assert str(path) in warning
    assert "no keyring" in warning
    assert "GEHEIM" not in warning
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Secrets(tmp_path / "config", keyring=ring).accesstoken("china", "key") == "GEHEIM"
    secrets.forget_accesstoken("china", "key")
    assert secrets.accesstoken("china", "key") is None
    assert b"GEHEIM" not in path.read_bytes()


def test_accesstoken__a_keyring_that_came_later_takes_it_over(tmp_path: Path) -> None:
    Secrets(tmp_path, keyring=Forgetful()).save_accesstoken("china", "key", "old")
    secrets = Secrets(tmp_path, keyring=Ring())

    assert secrets.accesstoken("china", "key") == "old"
    assert secrets.save_accesstoken("china", "key", "new") == ""
    assert secrets.accesstoken("china", "key") == "new"
    assert b"old" not in (tmp_path / FILE_NAME).read_bytes()


def test_file__that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    secrets = Secrets(tmp_path, keyring=Forgetful())
    secrets.save_accesstoken("china", "key", "GEHEIM")
    (tmp_path / FILE_NAME).chmod(0o644)

    secrets.accesstoken("china", "key")

    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


def test_file__damaged(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('{"secrets": {"a": "GEHEIM"')

    with pytest.raises(EnvironmentFault, match="damaged") as caught:
        Secrets(tmp_path, keyring=Forgetful()).accesstoken("china", "key")

    assert "GEHEIM" not in str(caught.value) + caught.value.detail
