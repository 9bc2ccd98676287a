"""The voices of an account as they were listed last, kept on disk so that they are there without asking.

What lies here can be asked for again: a file that cannot be read counts as none.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from redub.core.errors import RedubError
from redub.core.timbre import Timbre
from redub.store.files import make_folder, write_atomically

_VERSION = 1
_MOST_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceList:
    """The voices of one account; `asked` is the Unix second at which the service listed them."""

    asked: float
    timbres: tuple[Timbre, ...]


class _Document(msgspec.Struct, kw_only=True):
    version: int
    asked: float
    timbres: tuple[Timbre, ...]


class VoiceListFolder:
    """One file for each account; blocking. Only the account's public half is in the name, and only as a hash."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, base_url: str, appkey: str) -> VoiceList | None:
        """Return what was kept for an account, or None."""
        path = self._path(base_url, appkey)
        try:
            if path.stat().st_size > _MOST_BYTES:
                return None
            document = msgspec.json.decode(path.read_bytes(), type=_Document)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return None
        if document.version != _VERSION:
            return None
        return VoiceList(asked=document.asked, timbres=document.timbres)

    def save(self, base_url: str, appkey: str, voices: VoiceList) -> None:
        """Keep the voices of an account; errors as `write_atomically` raises them."""
        path = self._path(base_url, appkey)
        make_folder(path.parent)
        document = _Document(version=_VERSION, asked=voices.asked, timbres=voices.timbres)
        write_atomically(path, msgspec.json.encode(document), mode=0o600)

    def try_to_save(self, base_url: str, appkey: str, voices: VoiceList) -> None:
        """Keep the voices; a disk that refuses them is no reason not to show them."""
        try:
            self.save(base_url, appkey, voices)
        except RedubError:
            return

    def _path(self, base_url: str, appkey: str) -> Path:
        name = hashlib.sha256(f"{base_url}\n{appkey}".encode()).hexdigest()[:32]
        return self._folder / f"{name}.json"
