"""The picture of the window for the README: taken when nothing in it moves any more."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from redub.app.program import Program

_LOOKS_THE_SAME_AFTER = 0.4
_LONGEST_ANALYSIS = 60.0


async def take_picture(program: Program, target: Path) -> None:
    """Write a picture of the window when nothing in it moves any more, and quit."""
    try:
        async with asyncio.timeout(_LONGEST_ANALYSIS):
            await program.ready.wait()
            picture = await _still_picture(program)
        picture.save(str(target))
    finally:
        program.ended.set()


async def _still_picture(program: Program) -> QImage:
    """Return the window's picture once two in a row are the same: thumbnails, waveform, voices are there then."""
    window = program.tools.window
    before, now = QImage(), window.grab().toImage()
    while before != now or _is_looking(program):
        await asyncio.sleep(_LOOKS_THE_SAME_AFTER)
        before, now = now, window.grab().toImage()
    return now


def _is_looking(program: Program) -> bool:
    """Say whether the clip is still being looked at."""
    view = program.tools.editing.view
    unknown = view.shot.reference is not None and view.facts is None and not view.trouble
    return unknown or program.desk.faces.is_looking
