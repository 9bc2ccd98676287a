"""Take over what a later start of the program was to open."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from redub.ui.instance.address import Wish
from redub.ui.instance.claim import Claim
from redub.ui.instance.listener import Listener
from redub.ui.verbs.files import FileActions
from redub.ui.verbs.tools import Tools


class Handover:
    """Open what others hand over, one after the other, and come forward."""

    def __init__(self, tools: Tools, files: FileActions, ready: asyncio.Event, claim: Claim) -> None:
        """Wait for `ready` before anything is opened."""
        self._tools, self._files, self._ready, self._claim = tools, files, ready, claim
        self._turn = asyncio.Lock()
        self._listener = Listener(tools.window)
        self._listener.wanted.connect(self._on_wanted)

    def begin(self) -> None:
        """Listen when this program has the claim of its home folder."""
        if self._claim.is_held and not self._listener.listen(self._claim.runtime):
            self._claim.release()

    def end(self) -> None:
        """Take nothing over any more; the next program may."""
        self._listener.close()
        self._claim.release()

    def _on_wanted(self, wish: Wish) -> None:
        if wish.token:
            os.environ["XDG_ACTIVATION_TOKEN"] = wish.token  # Qt shows it to the compositor
        self._tools.window.come_forward()
        if wish.path:
            self._tools.start(self._open(Path(wish.path)), "open what was handed over")

    async def _open(self, path: Path) -> None:
        await self._ready.wait()
        async with self._turn:
            if self._tools.editing.view.path != path:  # what is open already has only to come forward
                await self._files.leave_and_open(path)
