"""Marks leave the window for an editing program and come back, by the commands of the menu."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from journeys.windows import program_on
from redub.core import edits
from redub.core.history import Edit
from redub.core.shot import Shot, StillInterval
from redub.ui.verbs import interchange
from support.clips import ClipFactory
from support.waiting import until

Run = Callable[[Coroutine[Any, Any, None]], None]

pytestmark = [pytest.mark.slow, pytest.mark.qt_log_ignore("propagateSizeHints")]


def test_marks__exported_changed_and_imported_again(
    qasync_run: Run, clip_factory: ClipFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "marks.edl"

    async def chosen(*_asked: object) -> Path:
        return path

    monkeypatch.setattr(interchange, "ask_save", chosen)
    monkeypatch.setattr(interchange, "ask_open", chosen)

    def mark(shot: Shot) -> Shot:
        return edits.add_still(edits.pick_segment(shot, 0.4, 3.6), 1.0, 2.0)

    async def journey() -> None:
        async with program_on(clip_factory(seconds=4.0)) as program:
            editing = program.tools.editing
            await until(lambda: editing.view.facts is not None)
            program.tools.apply(Edit("Mark", mark))
            marked = editing.view.shot
            program.actions["mark.export"].trigger()
            await until(path.exists)
            path.write_bytes(path.read_bytes().replace(b"|D:25", b"|D:50"))

            program.actions["mark.import"].trigger()
            await until(lambda: editing.view.shot != marked)

            assert editing.view.shot.still_intervals == (StillInterval(1.0, 3.0),)
            editing.undo()
            assert editing.view.shot == marked

    qasync_run(journey())
