"""A support bundle: one zip file with what somebody needs who is to help, and no secret in it."""

from __future__ import annotations

import platform
import sys
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from io import BytesIO
from pathlib import Path

import msgspec

from redub import __version__, log
from redub.cloud import wire
from redub.paths import Places
from redub.services.accounts import Account
from redub.services.ledger import Ledger
from redub.services.takerecords import details_of, json_of
from redub.store.files import write_atomically
from redub.store.settings import Settings
from redub.store.tasks import TaskStore

MOST_TASKS = 200
_LONGEST_LOG = 4 * 1024 * 1024
_LIBRARIES = ("PySide6", "httpx", "av", "msgspec", "obstore", "filelock", "numpy")
_README = (
    "This is what Redub knows about itself and about your tasks. It holds no accesstoken, no bucket key and no signed "
    "address. Names of files and scripts are in it: look it through before you give it away.\n"
)


class Bundles:
    """Writes support bundles."""

    def __init__(self, *, places: Places, ledger: Ledger, settings: Settings) -> None:
        self._places = places
        self._ledger = ledger
        self._settings = settings

    async def write(
        self, path: Path, ids: Iterable[str] | None = None, *, secrets: Iterable[Account] = ()
    ) -> Path:
        """Write a bundle to `path` and return it.

        :param ids: the tasks that it is about; None for the latest ones
        :param secrets: accounts in use, whose keys are taken out wherever they might stand
        :raises EnvironmentFault: the file cannot be written
        """
        wanted = None if ids is None else tuple(ids)
        words = [word for one in secrets for word in (one.credentials.accesstoken, one.credentials.appkey)]
        await self._ledger.read(lambda store: self._write(store, path, wanted, words))
        return path

    def _write(self, store: TaskStore, path: Path, ids: Sequence[str] | None, words: Sequence[str]) -> None:
        chosen = ids if ids is not None else [record.id for record in store.listed()[-MOST_TASKS:]]
        memory = BytesIO()
        with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as bundle:
            bundle.writestr("README.txt", _README)
            bundle.writestr("program.json", _clean(_program(), words))
            bundle.writestr("settings.json", _clean(self._plain_settings(), words))
            for id in chosen:
                bundle.writestr(f"tasks/{id}.json", _clean(json_of(details_of(store, id)), words))
            for file in _logs(self._places.logs):
                bundle.writestr(f"logs/{file.name}", _clean(_tail(file), words))
        write_atomically(path, memory.getvalue(), mode=0o600)

    def _plain_settings(self) -> str:
        values = {key: value for key, value in asdict(self._settings).items() if key != "appkey"}
        return msgspec.json.format(msgspec.json.encode(values), indent=2).decode()


def _program() -> str:
    """Describe the program and the machine it runs on."""
    from importlib import metadata

    versions = {}
    for name in _LIBRARIES:
        try:
            versions[name] = metadata.version(name if name != "PySide6" else "PySide6-Essentials")
        except metadata.PackageNotFoundError:
            versions[name] = "missing"
    said = {
        "redub": __version__,
        "python": sys.version.split()[0],
        "system": platform.platform(),
        "machine": platform.machine(),
        "libraries": versions,
    }
    return msgspec.json.format(msgspec.json.encode(said), indent=2).decode()


def _logs(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"{log.FILE_NAME}*")) if folder.is_dir() else []


def _tail(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            stream.seek(max(0, file.stat().st_size - _LONGEST_LOG))
            return stream.read().decode("utf-8", errors="replace")
    except OSError as exc:
        return f"{file.name} could not be read: {exc}\n"


def _clean(text: str, words: Sequence[str]) -> str:
    """Take secrets out once more, also those that only this machine knows."""
    for word in words:
        if len(word) >= 6:
            text = text.replace(word, "***")
    return wire.without_secrets(text)
