"""The person's templates: shots without a clip, each a file under its name."""

from __future__ import annotations

import asyncio
import uuid
from pathlib import Path

from redub.core.errors import UserError
from redub.core.shot import Shot, Source
from redub.core.templates import as_template, from_template
from redub.i18n import _
from redub.paths import Places
from redub.services.orders import plain_name
from redub.store import shotfile
from redub.store.files import disk_errors, make_folder

FOLDER = "templates"


class Templates:
    """Keeps templates beside what else must survive; they are named as their files are."""

    def __init__(self, places: Places) -> None:
        self._folder = places.data / FOLDER

    async def names(self) -> tuple[str, ...]:
        """Return the names of all templates, in the order of the alphabet."""
        found = await asyncio.to_thread(
            lambda: [path.stem for path in self._folder.glob(f"*{shotfile.SUFFIX}")]
        )
        return tuple(sorted(found, key=str.casefold))

    async def keep(self, shot: Shot, name: str) -> str:
        """Keep what of `shot` fits any clip, in place of a template of the same name, and return the name.

        :raises UserError: the name has no sign that a file can have
        :raises EnvironmentFault: the disk takes no files
        """
        path = self._path(name)
        make_folder(self._folder)
        await asyncio.to_thread(shotfile.save, as_template(shot), path)
        return path.stem

    async def begin(self, name: str, clip: Path) -> Shot:
        """Return a new shot over `clip` with the takes of a template.

        :raises UserError: it cannot be used
        :raises EnvironmentFault: there is no such template
        """
        return await asyncio.to_thread(self._begun, name, clip)

    async def remove(self, name: str) -> None:
        """Remove a template."""
        path = self._path(name)
        with disk_errors(path, "could not be removed"):
            await asyncio.to_thread(path.unlink, missing_ok=True)

    def _begun(self, name: str, clip: Path) -> Shot:
        template = shotfile.load(self._path(name))
        ids = [uuid.uuid4().hex for _take in template.takes]
        return from_template(template, Source(path=str(clip.absolute())), ids)

    def _path(self, name: str) -> Path:
        plain = plain_name(name)
        if not plain:
            raise UserError(_("A template needs a name."), next_step=_("Give it one of letters or figures."))
        return self._folder / f"{plain}{shotfile.SUFFIX}"
