"""Writing in the whole window: commands mark, readings come, choices are remembered, long scripts are split."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit

from journeys.windows import program_on, script
from redub.app import Program
from redub.core import edits
from redub.core.history import Edit
from redub.core.samples import VOICE_EN
from redub.core.shot import Shot, Speech, Take
from redub.core.ssml.check import problems
from redub.core.ssml.presets import Preset
from redub.store import presets as presets_file
from redub.store import shotfile
from redub.ui.script.panel import ScriptPanel
from support.waiting import until

Run = Callable[[Coroutine[Any, Any, None]], None]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.qt_log_ignore("This plugin does not support"),  # drawing into memory, Qt has nobody to tell
]


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDUB_SILENT", "1")


@pytest.fixture
def shot(tmp_path: Path) -> Path:
    """Return a shot with one take to write, and no clip that would have to be drawn."""
    path = tmp_path / "writing.redub"
    shotfile.save(Shot(takes=(Take(id="t", name="Take", speech=Speech(timbre_key=VOICE_EN)),)), path)
    return path


def written(program: Program, text: str) -> ScriptPanel:
    """Let the current take say `text`, and return the panel that shows it."""
    stage = program.tools.stage
    assert stage is not None
    take_id = program.tools.editing.view.take_id
    program.tools.apply(Edit("Write", lambda shot: edits.set_script(shot, take_id, text)))
    return stage.script


def test_writing__commands_mark_and_readings_come_from_the_context(qasync_run: Run, shot: Path) -> None:
    async def journey() -> None:
        async with program_on(shot) as program:
            panel = written(program, "我去银行。")
            panel.field.select_range(3, 4)

            program.actions.run("script.mark_phoneme")
            form = panel.popover.form
            await until(lambda: form.settings()["ph"] == "hang2", seconds=30)
            panel.popover.taken.emit("phoneme", form.settings())

            assert script(program) == '我去银<phoneme alphabet="py" ph="hang2">行</phoneme>。'
            program.actions.run("script.remove_mark")
            assert script(program) == "我去银行。"

    qasync_run(journey())


def test_writing__problems_are_walked_and_fixed_by_key(qasync_run: Run, shot: Path) -> None:
    async def journey() -> None:
        async with program_on(shot) as program:
            panel = written(program, 'Tom & Jerry<break time="20s"/> run')

            program.actions.run("script.next_problem")
            assert panel.current_field.selected_range() == (4, 5)
            program.actions.run("script.fix")
            program.actions.run("script.next_problem")
            program.actions.run("script.fix")

            assert problems(script(program)) == ()

    qasync_run(journey())


def test_writing__a_long_script_is_split_into_takes_in_one_step(qasync_run: Run, shot: Path) -> None:
    async def journey() -> None:
        async with program_on(shot) as program:
            written(program, "One sentence here. " * 240)
            editing = program.tools.editing
            before, voice = editing.view.shot, editing.view.shot.takes[0].speech

            program.actions.run("script.split")

            takes = editing.view.shot.takes
            assert len(takes) == len(before.takes) + 2
            assert all(len(take.script) <= 2000 for take in takes)
            assert {take.speech for take in takes[:3]} == {voice}
            program.actions.run("edit.undo")
            assert editing.view.shot == before

    qasync_run(journey())


def test_writing__choices_and_presets_are_there_at_the_next_start(qasync_run: Run, shot: Path) -> None:
    preset = Preset("Our name", "sub", (("alias", "ree dub"),))

    async def journey() -> None:
        async with program_on(shot) as program:
            panel = written(program, "Redub is here")
            panel.arriving.take("one\ntwo")
            panel.bar.answer("A pause of 0.25 s")
            panel.field.select_range(0, 5)
            program.actions.run("script.mark_sub")
            line = panel.popover.form.findChild(QLineEdit)
            assert isinstance(line, QLineEdit)
            line.setText("ree dub")
            panel.popover.keep_as("Our name")
            file = program.tools.places.config / presets_file.FILE_NAME
            await until(file.exists, seconds=10)

            bench = await program.tools.bench
            await until(lambda: bench.preferences.settings.script_line_breaks == "250ms", seconds=10)
            assert presets_file.load(file) == (preset,)
        async with program_on(shot) as again:
            stage = again.tools.stage
            assert stage is not None
            await until(lambda: stage.script.arriving.line_breaks == "250ms", seconds=10)
            stage.script.find_mark()
            assert "Our name" in stage.script.finder.titles

    qasync_run(journey())
