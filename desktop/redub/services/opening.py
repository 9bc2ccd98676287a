"""Open the workbench without holding up a window: what it needs is imported in a thread."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from redub.paths import Places

if TYPE_CHECKING:
    from redub.services.choice import Choice
    from redub.services.workbench import Workbench


async def open_workbench(
    places: Places, choice: Choice | None = None, *, mark: bool | None = None
) -> Workbench:
    """Import and build all services; errors as `Workbench.open` raises them."""
    module = await asyncio.to_thread(importlib.import_module, "redub.services.workbench")
    bench: Workbench = await module.Workbench.open(places, choice, mark=mark)
    return bench


@asynccontextmanager
async def workbench(
    places: Places, choice: Choice | None = None, *, mark: bool | None = None
) -> AsyncIterator[Workbench]:
    """Open the workbench for a block, and close it afterwards, whatever happened."""
    bench = await open_workbench(places, choice, mark=mark)
    try:
        yield bench
    finally:
        await bench.aclose()
