"""Whatever is dropped on the window goes to the place where it belongs, and can be undone."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from journeys.windows import open_dialog, program_on, script
from redub.app import Program
from redub.core.shot import DriverType
from support.clips import ClipFactory
from support.waiting import until

Run = Callable[[Coroutine[Any, Any, None]], None]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.qt_log_ignore("propagateSizeHints"),  # drawing into memory, Qt has nobody to tell
]


def said(program: Program) -> list[str]:
    """Return what the notices say."""
    return [notice.text for _number, notice in program.tools.notices.shown]


def test_drops__each_to_its_place(qasync_run: Run, clip_factory: ClipFactory, tmp_path: Path) -> None:
    clip = clip_factory(seconds=2.0)
    dropped = {name: tmp_path / name for name in ("voice.wav", "me.png", "letter.pdf", "words.txt", "x.exe")}
    for path in dropped.values():
        path.write_bytes(b"New words & more.\nSecond line.")

    async def journey() -> None:
        async with program_on(clip) as program:
            editing, window = program.tools.editing, program.tools.window

            window.dropped.emit((dropped["voice.wav"], dropped["me.png"], dropped["letter.pdf"]))
            await until(lambda: editing.view.shot.letters.written is not None)
            take = editing.view.take
            assert take is not None
            assert take.driver is DriverType.ORIGINAL_VOICE
            assert take.options.ref_photo is not None

            window.dropped.emit((dropped["words.txt"],))
            await until(lambda: script(program) == "New words &amp; more. Second line.")
            editing.undo()
            assert editing.view.redo_label == "Put in a text"

            window.dropped.emit((dropped["x.exe"],))
            await until(lambda: "“x.exe” has no place in a shot." in said(program))

    qasync_run(journey())


def test_drops__another_clip_begins_anew_while_nothing_was_changed(
    qasync_run: Run, clip_factory: ClipFactory
) -> None:
    first, second = clip_factory(seconds=2.0), clip_factory(name="other.mp4", seconds=1.0)

    async def journey() -> None:
        async with program_on(first) as program:
            program.tools.window.dropped.emit((second,))
            await until(lambda: program.tools.window.windowTitle().startswith("other"))
            assert not program.tools.editing.view.undo_label

    qasync_run(journey())


def test_drops__another_clip_replaces_the_reference_of_a_changed_shot(
    qasync_run: Run, clip_factory: ClipFactory
) -> None:
    first, second = clip_factory(seconds=2.0), clip_factory(name="other.mp4", seconds=1.0)

    async def journey() -> None:
        async with program_on(first) as program:
            program.desk.takes.add()
            program.tools.window.dropped.emit((second,))
            await until(lambda: program.tools.editing.view.undo_label == "Choose a clip")
            assert len(program.tools.editing.view.shot.takes) == 2

    qasync_run(journey())


def test_open__what_is_no_clip_is_said_in_plain_words(qasync_run: Run, tmp_path: Path) -> None:
    async def journey() -> None:
        async with program_on(tmp_path / "gone.mp4") as program:
            await until(lambda: bool(said(program)))
            assert "gone.mp4" in said(program)[0]

    qasync_run(journey())


def test_drops__a_folder_opens_its_first_clip_and_offers_the_rest(
    qasync_run: Run, clip_factory: ClipFactory, tmp_path: Path
) -> None:
    here = clip_factory(seconds=1.0)
    folder = tmp_path / "shoot"
    folder.mkdir()
    for name in ("take 10.mp4", "take 2.mp4"):
        (folder / name).write_bytes(here.read_bytes())
    (folder / "one.txt").write_text("The first words of them all.")
    (folder / "two.txt").write_text("The second words of them all.")

    async def journey() -> None:
        async with program_on(here) as program:
            editing = program.tools.editing
            program.tools.window.dropped.emit((folder,))
            await until(lambda: any("Taken out of “shoot”" in text for text in said(program)))

            assert program.tools.shot_name == "take 2"
            assert [take.name for take in editing.view.shot.takes] == ["one", "two"]
            assert script(program) == "The first words of them all."
            editing.undo()
            assert len(editing.view.shot.takes) == 1

            (offer,) = [one for _n, one in program.tools.notices.shown if one.replace == "folder"]
            assert "2 scripts are takes. 1 more file can be opened: “take 10.mp4”." in offer.more
            offer.actions[-1].do()
            await until(lambda: open_dialog() is not None)
            dialog = open_dialog()
            assert dialog is not None
            typed = dialog.findChild(QLineEdit)
            assert typed is not None
            QTest.keyClick(typed, Qt.Key.Key_Return)
            await until(lambda: program.tools.shot_name == "take 10")

    qasync_run(journey())


def test_drops__many_recordings_are_a_take_each_in_one_step(
    qasync_run: Run, clip_factory: ClipFactory, tmp_path: Path
) -> None:
    voices = tuple(tmp_path / name for name in ("hello.wav", "bye.wav"))
    for path in voices:
        path.touch()

    async def journey() -> None:
        async with program_on(clip_factory(seconds=1.0)) as program:
            editing = program.tools.editing
            program.tools.window.dropped.emit(voices)
            await until(lambda: len(editing.view.shot.takes) == 3)

            assert [take.name for take in editing.view.shot.takes[1:]] == ["hello", "bye"]
            assert {take.driver for take in editing.view.shot.takes[1:]} == {DriverType.ORIGINAL_VOICE}
            editing.undo()
            assert len(editing.view.shot.takes) == 1

    qasync_run(journey())


def test_drops__beside_the_takes_makes_one_and_on_a_take_changes_it(
    qasync_run: Run, clip_factory: ClipFactory, tmp_path: Path
) -> None:
    words = tmp_path / "words.txt"
    words.write_text("Words from a file.")

    async def journey() -> None:
        async with program_on(clip_factory(seconds=1.0)) as program:
            editing, takes = program.tools.editing, program.tools.panels.takes
            first = editing.view.shot.takes[0]

            takes.files_dropped.emit((words,), "")
            await until(lambda: len(editing.view.shot.takes) == 2)
            assert (editing.view.shot.takes[0], script(program)) == (first, "Words from a file.")

            takes.files_dropped.emit((words,), first.id)
            await until(lambda: editing.view.shot.takes[0].script == "Words from a file.")
            assert editing.view.take_id == first.id

    qasync_run(journey())
