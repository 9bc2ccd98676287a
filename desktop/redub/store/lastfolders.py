"""The folders that files were last taken from or put into, one for each kind of file: a small file of paths."""

from __future__ import annotations

from pathlib import Path

import msgspec

from redub.store.files import make_folder, write_atomically

FILE_NAME = "last-folders.json"


class LastFolders:
    """Remembers where dialogs are to begin; a lost or damaged file only costs the places."""

    def __init__(self, data: Path) -> None:
        """Keep the file in the folder `data`."""
        self._path = data / FILE_NAME

    def load(self) -> dict[str, str]:
        """Return the folders that are still there, by the kind of file; blocks."""
        try:
            known = msgspec.json.decode(self._path.read_bytes(), type=dict[str, str])
        except (OSError, msgspec.MsgspecError):
            return {}
        return {kind: folder for kind, folder in known.items() if Path(folder).is_dir()}

    def remember(self, kind: str, folder: Path) -> None:
        """Write down that files of `kind` were last in `folder`; blocks.

        :raises UserError, EnvironmentFault: the disk takes no files
        """
        known = self.load() | {kind: str(folder.absolute())}
        make_folder(self._path.parent)
        write_atomically(self._path, msgspec.json.encode(known))
