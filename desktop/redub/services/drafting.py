"""Keep what is not saved on disk, within a second of each change; find it again after a crash.

It listens to the open shot. A change is written half a second after it, changes that come faster together, so that
typing does not write with every key; a crash costs a second at most. When the shot is saved, or the program ends in
order, the draft goes.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from redub.core.errors import RedubError
from redub.core.shot import Shot
from redub.services.editing import ShotView
from redub.services.scope import TaskScope
from redub.store.drafts import Draft, DraftFolder

__all__ = ["Draft", "Drafting"]

log = logging.getLogger(__name__)

PAUSE_SECONDS = 0.5
"""How long after the first change that is not on disk the draft is written: half of what a crash may cost."""


class Drafting:
    """Writes the draft of one open shot."""

    def __init__(
        self, folder: DraftFolder, name: Callable[[], str], trouble: Callable[[RedubError], object]
    ) -> None:
        """Prepare; nothing is written before the first change.

        :param name: says what the shot is called
        :param trouble: is told, once, when the disk does not take the draft
        """
        self._folder = folder
        self._name = name
        self._trouble = trouble
        self._scope = TaskScope("drafts")
        self._view: ShotView | None = None
        self._written: tuple[Shot, bool] | None = None
        self._is_well = True

    @classmethod
    async def open(
        cls, folder: Path, name: Callable[[], str], trouble: Callable[[RedubError], object]
    ) -> Drafting:
        """Open the folder of drafts.

        :raises EnvironmentFault: it cannot be used
        """
        return cls(await asyncio.to_thread(DraftFolder, folder), name, trouble)

    def show_view(self, view: ShotView) -> None:
        """Take note of the present state; it is written soon when it is not saved."""
        self._view = view
        if _state(view) != self._written and not self._scope.busy:
            self._scope.start(self._write_soon(), name="write the draft")

    async def left(self) -> tuple[Draft, ...]:
        """Return what an earlier run has left because it died, and what was declined, the latest first."""
        return await asyncio.to_thread(self._folder.left)

    async def decline(self, drafts: tuple[Draft, ...]) -> None:
        """Do not offer `drafts` at the start again; they are kept for thirty days."""
        for draft in drafts:
            await asyncio.to_thread(self._folder.decline, draft)

    async def recovered(self, draft: Draft) -> None:
        """Forget `draft`: it is the open shot now, and on disk as this run's own draft."""
        await self.write_now()
        await asyncio.to_thread(self._folder.remove, draft)

    async def write_now(self) -> None:
        """Bring the disk up to the present state."""
        view = self._view
        if view is None or _state(view) == self._written:
            return
        if view.unsaved:
            write = partial(
                self._folder.write, view.shot, path=view.path, name=self._name(), label=view.undo_label
            )
            await asyncio.to_thread(write)
        else:
            await asyncio.to_thread(self._folder.clear)
        self._written = _state(view)

    async def aclose(self, *, keep: bool = False) -> None:
        """End in order: the draft goes, unless `keep`, which is for an end that nobody asked the person about."""
        await self._scope.aclose()
        if keep:
            with contextlib.suppress(RedubError):
                await self.write_now()
        else:
            await asyncio.to_thread(self._folder.clear)
        await asyncio.to_thread(self._folder.end)

    async def _write_soon(self) -> None:
        """Write after a pause, again and again while the state goes on changing."""
        while self._view is not None and _state(self._view) != self._written:
            await asyncio.sleep(PAUSE_SECONDS)
            try:
                await self.write_now()
            except RedubError as error:
                self._say(error)
                return

    def _say(self, error: RedubError) -> None:
        log.info("The draft could not be written: %s", error)
        if self._is_well:
            self._is_well = False
            self._trouble(error)


def _state(view: ShotView) -> tuple[Shot, bool]:
    """Return what decides on what has to be on the disk: the shot, and whether its file differs from it."""
    return view.shot, view.unsaved
