"""Open the workbench for a command, and say what became of the history where something did."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from redub.paths import Places
from redub.terminal import console

if TYPE_CHECKING:
    from redub.services.choice import Choice
    from redub.services.workbench import Workbench


@asynccontextmanager
async def workbench(places: Places, choice: Choice | None = None) -> AsyncIterator[Workbench]:
    """Open the workbench for a block; a damaged history and results that die soon are said on stderr."""
    from redub.services import opening
    from redub.services.outlook import expiring, expiry_sentence

    async with opening.workbench(places, choice) as bench:
        if bench.ledger.salvaged is not None:
            console.say(f"redub: {bench.ledger.salvaged.error()}")
        now = time.time()
        for record in expiring(await bench.ledger.read(lambda store: store.unfinished()), now):
            console.say(expiry_sentence(record, now))
        yield bench
