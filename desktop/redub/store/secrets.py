"""Keep secrets: in the computer's own keyring, or where it has none in a file that only this person may read.

The keyring is looked for when the first secret is needed: finding it takes a tenth of a second, and asking it
may show a window of its own, so the calls here block and belong into a thread.
"""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

from redub.core.errors import EnvironmentFault
from redub.store.files import disk_errors, make_folder, write_atomically

T = TypeVar("T")
_log = logging.getLogger(__name__)
_SERVICE = "redub"
_PRIVATE = 0o600
FILE_NAME = "secrets.json"
FILE_WARNING = (
    "This computer has no keyring. The secret was put into a file that only your own account can read: "
    "{path}. Whoever can use your account can read it."
)


class Keyring(Protocol):
    """What is used of the package keyring."""

    def get_password(self, service_name: str, username: str) -> str | None:
        """Return a secret."""
        ...

    def set_password(self, service_name: str, username: str, password: str) -> None:
        """Keep a secret."""
        ...

    def delete_password(self, service_name: str, username: str) -> None:
        """Forget a secret."""
        ...


class _Document(msgspec.Struct, forbid_unknown_fields=True):
    version: int = 1
    secrets: dict[str, str] = {}


class Secrets:
    """The secrets of this person; `folder` is where the file lies when it has to be one (`Places.config`)."""

    def __init__(self, folder: Path, *, keyring: Keyring | None = None) -> None:
        """Use `keyring`, or the computer's own when it is None."""
        self._path = folder / FILE_NAME
        self._keyring = keyring

    def accesstoken(self, site: str, appkey: str) -> str | None:
        """Return the accesstoken of an account at a site, or None when none is kept."""
        return self.get(_account(site, appkey))

    def save_accesstoken(self, site: str, appkey: str, accesstoken: str) -> str:
        """Keep an accesstoken; return a warning to be told, or "" when the keyring has it."""
        return self.put(_account(site, appkey), accesstoken)

    def forget_accesstoken(self, site: str, appkey: str) -> None:
        """Remove an accesstoken from wherever it is kept."""
        self.forget(_account(site, appkey))

    def get(self, name: str) -> str | None:
        """Return the secret called `name`, or None."""
        kept = _quietly(lambda: self._ring().get_password(_SERVICE, name))
        return kept or self._read().secrets.get(name)

    def put(self, name: str, secret: str) -> str:
        """Keep `secret` under `name`; return a warning to be told, or "" when the keyring has it.

        :raises EnvironmentFault: neither the keyring nor the folder takes it
        """
        if self._put_in_ring(name, secret):
            self._drop_from_file(name)
            return ""
        document = self._read()
        self._write(document.secrets | {name: secret})
        return FILE_WARNING.format(path=self._path)

    def forget(self, name: str) -> None:
        """Remove the secret called `name` from wherever it is kept."""
        _quietly(lambda: self._ring().delete_password(_SERVICE, name))
        self._drop_from_file(name)

    def _ring(self) -> Keyring:
        if self._keyring is None:
            import keyring  # takes a tenth of a second, and many starts need no secret

            self._keyring = keyring
        return self._keyring

    def _put_in_ring(self, name: str, secret: str) -> bool:
        """Say whether the keyring has the secret: some take it and keep nothing, so it is read back."""
        _quietly(lambda: self._ring().set_password(_SERVICE, name, secret))
        return _quietly(lambda: self._ring().get_password(_SERVICE, name)) == secret

    def _drop_from_file(self, name: str) -> None:
        secrets = dict(self._read().secrets)
        if secrets.pop(name, None) is not None:
            self._write(secrets)

    def _read(self) -> _Document:
        """Read the file; one that others could read is closed to them first."""
        with disk_errors(self._path, "could not be read"):
            if not self._path.exists():
                return _Document()
            if os.name != "nt" and stat.S_IMODE(self._path.stat().st_mode) != _PRIVATE:
                self._path.chmod(_PRIVATE)
            data = self._path.read_bytes()
        try:
            return msgspec.json.decode(data, type=_Document)
        except (msgspec.DecodeError, UnicodeDecodeError) as exc:
            raise _damaged(self._path, exc) from exc

    def _write(self, secrets: dict[str, str]) -> None:
        make_folder(self._path.parent)
        write_atomically(self._path, msgspec.json.encode(_Document(secrets=secrets)), mode=_PRIVATE)


def _account(site: str, appkey: str) -> str:
    return f"accesstoken {site} {appkey}"


def _quietly(work: Callable[[], T]) -> T | None:
    """Run `work` on the keyring; None when the keyring is missing, locked or broken."""
    try:
        return work()
    except Exception as exc:  # noqa: BLE001 - every keyring raises its own classes (D-Bus, Windows, locked …)
        _log.info("The keyring did not answer: %s", type(exc).__name__)
        return None


def _damaged(path: Path, exc: Exception) -> EnvironmentFault:
    # The original words may quote the content: they are left out.
    return EnvironmentFault(
        "The file with the secrets is damaged.",
        why=f"{path} cannot be read any more.",
        next_step="Delete it, and enter accesstoken and bucket key in the settings again.",
        detail=type(exc).__name__,
    )
