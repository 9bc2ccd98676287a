"""Hear it in the whole window: the row plays, the word is marked, the strip follows, Fit is one step."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import pytest
from PySide6.QtWidgets import QMenu

from journeys.windows import button, open_dialog, program_on, script
from redub.app import Program
from redub.core import edits
from redub.core.history import Edit
from redub.core.samples import VOICE_EN
from redub.services.choice import Choice
from support.waiting import until

Run = Callable[[Coroutine[Any, Any, None]], None]
Place = tuple[int, int] | None

pytestmark = [
    pytest.mark.slow,
    pytest.mark.qt_log_ignore("This plugin does not support"),  # drawing into memory, Qt has nobody to tell
]


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDUB_SILENT", "1")


def listening_in(program: Program, monkeypatch: pytest.MonkeyPatch) -> list[Place]:
    """Return the list to which every place that is marked in the script is added."""
    stage = program.tools.stage
    assert stage is not None
    marked: list[Place] = []
    show = stage.script.show_spoken

    def note(place: Place) -> None:
        marked.append(place)
        show(place)

    monkeypatch.setattr(stage.script, "show_spoken", note)
    return marked


def test_hear__marks_the_words_and_measures(qasync_run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async def journey() -> None:
        async with program_on(None) as program:
            marked = listening_in(program, monkeypatch)
            bar = program.desk.listen.bar
            assert bar is not None

            program.actions.run("listen.hear")
            await until(lambda: sum(place is not None for place in marked) >= 2, seconds=60)
            assert bar.hear.text() == "Pause"
            words = [script(program)[slice(*place)] for place in marked if place]
            assert words[:2] == ["Hello", "and"]
            assert program.tools.editing.view.speech_is_real

            program.actions.run("listen.hear")
            assert bar.hear.text() == "Hear it"
            program.actions.run("listen.stop")
            assert marked[-1] is None

    qasync_run(journey())


def test_hear__another_script_stops_what_is_heard(qasync_run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async def journey() -> None:
        async with program_on(None) as program:
            marked = listening_in(program, monkeypatch)
            program.actions.run("listen.hear")
            await until(lambda: any(marked), seconds=60)

            take_id = program.tools.editing.view.take_id
            change = partial(edits.set_script, take_id=take_id, script="Other words.")
            program.tools.apply(Edit("Write", change))

            assert marked[-1] is None
            program.actions.run("listen.hear")
            await until(lambda: marked[-1] == (0, 5), seconds=60)

    qasync_run(journey())


def test_hear__one_sound_at_a_time(qasync_run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async def journey() -> None:
        async with program_on(None) as program:
            stage, marked = program.tools.stage, listening_in(program, monkeypatch)
            assert stage is not None
            await until(lambda: program.tools.editing.view.facts is not None)

            program.actions.run("play.forward")
            await until(lambda: stage.preview.playback.playing)
            program.actions.run("listen.hear")
            await until(lambda: any(marked), seconds=60)
            assert not stage.preview.playback.playing

            program.actions.run("play.forward")
            assert marked[-1] is None

    qasync_run(journey())


def test_hear__where_it_may_cost_it_is_asked_once(qasync_run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async def journey() -> None:
        async with program_on(None) as program:
            marked = listening_in(program, monkeypatch)
            bench = await program.tools.bench
            account = Choice(service_url="http://127.0.0.1:9", appkey="key", accesstoken="token")
            bench.accounts.use(account, bench.settings)

            program.actions.run("listen.hear")
            await until(lambda: open_dialog() is not None)
            dialog = open_dialog()
            assert dialog is not None
            button(dialog, "Voice of this machine").click()
            await until(lambda: any(marked), seconds=60)

            marked.clear()
            take_id = program.tools.editing.view.take_id
            program.tools.apply(
                Edit("Write", partial(edits.set_script, take_id=take_id, script="Other words."))
            )
            program.actions.run("listen.hear")
            await until(lambda: any(marked) or open_dialog() is not None, seconds=60)
            assert open_dialog() is None

    qasync_run(journey())


def test_fit__one_click_is_one_step(qasync_run: Run) -> None:
    async def journey() -> None:
        async with program_on(None) as program:
            editing = program.tools.editing
            program.tools.apply(Edit("Pick", partial(edits.pick_segment, start=0.0, end=9.0)))
            before = editing.view.take
            assert before is not None

            program.actions.run("listen.fit")
            await until(lambda: open_menu(program) is not None)
            menu = open_menu(program)
            assert menu is not None
            faster = next(action for action in menu.actions() if "Speak at" in action.text())
            faster.trigger()
            menu.close()

            after = editing.view.take
            assert after is not None
            assert after.speech.speed > 1.0
            assert editing.view.undo_label == faster.text().split(":")[0]
            editing.undo()
            assert editing.view.take == before

    qasync_run(journey())


def open_menu(program: Program) -> QMenu | None:
    menus = program.tools.window.findChildren(QMenu)
    return next((one for one in menus if one.accessibleName() == "Ways to fit" and one.isVisible()), None)


def test_voices__sample_and_favourite(qasync_run: Run) -> None:
    async def journey() -> None:
        async with program_on(None) as program:
            voices = program.tools.panels.voice.voices
            program.tools.window.arrangement.show_panel("voice")
            timbre = next(one for one in voices.shown if one.key == VOICE_EN)

            voices.sample_wanted.emit(timbre)
            await until(lambda: voices.playing == VOICE_EN, seconds=60)
            voices.sample_wanted.emit(None)
            assert voices.playing == ""

            voices.favourite_wanted.emit(VOICE_EN, True)
            await until(lambda: voices.shown[0].key == VOICE_EN)

    qasync_run(journey())
