"""The accounts that were used on this computer: their public halves, the latest first; secrets are in the keyring."""

from __future__ import annotations

from pathlib import Path

import msgspec

from redub.store.files import make_folder, write_atomically

FILE_NAME = "accounts.json"
MOST = 20


class KnownAccount(msgspec.Struct, frozen=True):
    """One account: the site's name and the appkey."""

    site: str
    appkey: str


class KnownAccounts:
    """The list in a file of the folder `config`; a lost or damaged one only costs typing. Every method blocks."""

    def __init__(self, config: Path) -> None:
        self._path = config / FILE_NAME

    def all(self) -> tuple[KnownAccount, ...]:
        """Return every account, the latest first."""
        try:
            return tuple(msgspec.json.decode(self._path.read_bytes(), type=list[KnownAccount]))
        except (OSError, msgspec.MsgspecError):
            return ()

    def latest(self, site: str) -> KnownAccount | None:
        """Return the account that was used last at a site, or None."""
        return next((one for one in self.all() if one.site == site), None)

    def remember(self, site: str, appkey: str) -> None:
        """Put an account before the others.

        :raises EnvironmentFault: the disk does not take it
        """
        used = KnownAccount(site, appkey)
        others = [one for one in self.all() if one != used]
        make_folder(self._path.parent)
        write_atomically(self._path, msgspec.json.encode([used, *others][:MOST]), mode=0o600)
