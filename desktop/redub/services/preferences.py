"""The settings while the program runs: changed in one place, kept on disk, and told to whoever depends on them."""

from __future__ import annotations

import asyncio
from pathlib import Path

from redub.core.errors import RedubError
from redub.services.changes import Changes
from redub.store import settingsfile as settings_file
from redub.store.settings import Settings, Value


class Preferences:
    """The settings of this person.

    :ivar changes: tells the new Settings after they are on the disk
    """

    def __init__(self, path: Path, settings: Settings) -> None:
        """Keep `settings` in the file at `path`."""
        self.changes: Changes[Settings] = Changes()
        self._path = path
        self._settings = settings
        self._lock = asyncio.Lock()

    @property
    def settings(self) -> Settings:
        """Return the settings as they are now."""
        return self._settings

    async def change(self, **values: Value) -> Settings:
        """Keep other values for some settings, and return all of them.

        :raises UserError: a value is not allowed; nothing was changed
        :raises EnvironmentFault: the file could not be written; nothing was changed
        """
        async with self._lock:
            present = await asyncio.to_thread(self._present)
            changed = present
            for name, value in values.items():
                changed = settings_file.changed(changed, name, value)
            if changed != present:
                await asyncio.to_thread(settings_file.save, changed, self._path)
            if changed == self._settings:
                return changed
            self._settings = changed
        self.changes.tell(changed)
        return changed

    def _present(self) -> Settings:
        """Return what is on the disk: another copy of the program may have changed other settings meanwhile."""
        if not self._path.exists():
            return self._settings
        try:
            return settings_file.load(self._path)
        except RedubError:
            return self._settings  # somebody has damaged it by hand: what counts here is kept instead
