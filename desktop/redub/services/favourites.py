"""The voices that the person likes best."""

from __future__ import annotations

import asyncio
from pathlib import Path

from redub.store import favourites


class Favourites:
    """The favourite voices, kept in a small file."""

    def __init__(self, config: Path) -> None:
        self._path = config / favourites.FILE_NAME
        self._keys: frozenset[str] | None = None
        self._lock = asyncio.Lock()

    async def keys(self) -> frozenset[str]:
        """Return the keys (TimbreKey) of the favourites; UserError when their file cannot be used."""
        async with self._lock:
            return await self._read()

    async def put(self, key: str, on: bool) -> frozenset[str]:
        """Make a voice a favourite, or no longer, and return all of them; errors as of the disk."""
        async with self._lock:
            keys = await self._read()
            changed = keys | {key} if on else keys - {key}
            await asyncio.to_thread(favourites.save, changed, self._path)
            self._keys = changed
            return changed

    async def _read(self) -> frozenset[str]:
        if self._keys is None:
            self._keys = await asyncio.to_thread(favourites.load, self._path)
        return self._keys
