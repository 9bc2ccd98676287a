"""A sound as the driver, in the whole window: the clip's own, and a part of it, each one step."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from journeys.windows import program_on
from redub.core.findings import Finding
from redub.core.shot import DriverType, Source
from redub.media.probe import probe
from redub.ui.verbs.drops import Kind, medium_edit
from support.clips import ClipFactory
from support.waiting import until

Run = Callable[[Coroutine[Any, Any, None]], None]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.qt_log_ignore("This plugin does not support"),  # drawing into memory, Qt has nobody to tell
]


def test_own_sound__then_a_part_of_it(qasync_run: Run) -> None:
    async def journey() -> None:
        async with program_on(None) as program:
            editing, audio = program.tools.editing, program.audio
            assert audio is not None

            program.actions.run("driver.own_sound")
            await until(lambda: editing.view.speech_seconds == pytest.approx(15.0, abs=0.1), seconds=60)
            take = editing.view.take
            assert take is not None
            assert take.driver is DriverType.ORIGINAL_VOICE
            assert take.recording is not None
            whole = Path(take.recording.path or "")
            await until(lambda: audio.editor.wave.part[1] > 14.0)

            audio.part_wanted.emit(whole, 1.0, 4.0, True)
            await until(lambda: editing.view.speech_seconds == pytest.approx(3.0, abs=0.05), seconds=60)
            assert probe(whole).duration == pytest.approx(15.0, abs=0.1)
            assert editing.view.undo_label == "Use a part of the recording"
            editing.undo()
            editing.undo()
            assert editing.view.take is not None
            assert editing.view.take.driver is DriverType.TEXT

    qasync_run(journey())


def test_recording__a_video_or_flac_becomes_a_fitting_copy(
    qasync_run: Run, clip_factory: ClipFactory
) -> None:
    video = clip_factory(seconds=3.0)

    async def journey() -> None:
        async with program_on(None) as program:
            editing = program.tools.editing
            take_id = editing.view.take_id
            source = Source(path=str(video))
            edit = medium_edit(Kind.RECORDING, source, take_id)
            assert edit is not None
            program.tools.apply(edit)

            def refused() -> list[Finding]:
                return [one for one in editing.view.findings if one.code == "recording.format"]

            await until(lambda: bool(refused()), seconds=60)
            program.desk.marks.resolve(refused()[0])
            await until(lambda: editing.view.speech_is_real and not refused(), seconds=60)
            assert editing.view.speech_seconds == pytest.approx(3.0, abs=0.05)
            assert editing.view.undo_label == "Use a fitting copy of the recording"

    qasync_run(journey())
