"""From a clip that the service refuses to one that it takes, by the clicks that a person makes."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from journeys.windows import open_dialog, program_on
from redub.app import Program
from redub.core import edits
from redub.core.findings import Finding
from redub.core.history import Edit
from redub.core.jobs import JobState
from redub.ui.conversions import QueueWindow
from support.clips import ClipFactory
from support.waiting import until

Run = Callable[[Coroutine[Any, Any, None]], None]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.qt_log_ignore("propagateSizeHints"),  # drawing into memory, Qt has nobody to tell
]


def finding(program: Program, code: str) -> Finding | None:
    return next((one for one in program.tools.editing.view.findings if one.code == code), None)


def click(program: Program, code: str) -> None:
    """Click on the button of the finding."""
    found = finding(program, code)
    assert found is not None
    program.tools.panels.findings.remedy_wanted.emit(found)


def test_convert__the_finding_becomes_a_proof(qasync_run: Run, clip_factory: ClipFactory) -> None:
    clip = clip_factory(name="phone.mov", codec="hevc", width=360, height=640, seconds=16.0)
    before = clip.read_bytes()

    async def journey() -> None:
        async with program_on(clip) as program:
            editing = program.tools.editing
            await until(lambda: finding(program, "reference.conversion") is not None)
            program.actions.run("conversions.command")
            await until(lambda: "-c:v libx264" in QGuiApplication.clipboard().text())

            click(program, "reference.conversion")
            await until(lambda: finding(program, "reference.converted") is not None)
            assert finding(program, "reference.conversion") is None
            proof = finding(program, "reference.converted")
            assert proof is not None
            assert "No frame has moved." in proof.message

            editing.apply(Edit("Pick", lambda shot: edits.pick_segment(shot, 8.0, 13.5)))
            editing.apply(Edit("Only the part", lambda shot: edits.send_only_part(shot, True)))
            await until(lambda: finding(program, "reference.part") is not None)
            assert finding(program, "reference.converted") is None
            click(program, "reference.part")
            assert editing.view.part is None
            editing.undo()
            assert editing.view.part is not None

    qasync_run(journey())
    assert clip.read_bytes() == before


def test_queue__shows_what_was_asked_for(qasync_run: Run, clip_factory: ClipFactory, tmp_path: Path) -> None:
    clips = [clip_factory(name=f"{name}.mov", codec="hevc", seconds=1.0) for name in "ab"]

    async def journey() -> None:
        async with program_on(clips[0]) as program:
            bench = await program.tools.bench
            program.actions.run("conversions.show")
            await until(lambda: isinstance(open_dialog(), QueueWindow))
            window = open_dialog()
            assert isinstance(window, QueueWindow)
            await bench.conversions.add(clips, str(tmp_path / "out"))
            await until(lambda: [job.state for job in bench.conversions.jobs] == [JobState.DONE] * 2)
            chosen = window.panel.chosen
            assert chosen is not None
            assert chosen.state is JobState.DONE
            window.panel.clear_wanted.emit()
            await until(lambda: not bench.conversions.jobs)
            window.close()

    qasync_run(journey())
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a (H.264).mp4", "b (H.264).mp4"]
