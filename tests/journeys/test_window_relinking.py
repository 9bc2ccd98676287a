"""A reference that is moved, replaced or damaged while it is open: said, found again, and every mark is kept."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from journeys.windows import program_on
from redub.app import Program
from redub.core.shot import MakeType, Selection, Shot, Source, StillInterval
from redub.services import relinking
from redub.store import shotfile
from redub.ui.notices import Notice
from support.clips import ClipFactory
from support.waiting import until

Run = Callable[[Coroutine[Any, Any, None]], None]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.qt_log_ignore("propagateSizeHints"),  # drawing into memory, Qt has nobody to tell
]
PICKED = Selection(make_type=MakeType.CUSTOM, start=1.0, end=6.5)
STILLS = (StillInterval(2.0, 2.5),)


@pytest.fixture(autouse=True)
def _look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relinking, "PAUSE", 0.02)


@pytest.fixture
def clip(clip_factory: ClipFactory, tmp_path: Path) -> Path:
    """Return a clip of seven seconds in a folder of its own."""
    home = tmp_path / "shoot" / "clips"
    home.mkdir(parents=True)
    return Path(shutil.move(clip_factory(name="seven.mp4", seconds=7.0), home / "interview.mp4"))


def shot_over(clip: Path) -> Path:
    """Save a shot with marks over `clip`, beside its folder."""
    shot = Shot(reference=Source(path=str(clip)), selection=PICKED, still_intervals=STILLS)
    file = clip.parent.parent / "scene.redub"
    shotfile.save(shot, file)
    return file


def move(file: Path | str, target: Path) -> None:
    """Rename a file, whatever lies there."""
    target.parent.mkdir(exist_ok=True)
    Path(file).replace(target)


def write(file: Path, content: bytes) -> None:
    """Write over a file in place."""
    file.write_bytes(content)


def said(program: Program, part: str) -> Notice | None:
    """Return the notice that says `part`, or None."""
    shown = (notice for _number, notice in program.tools.notices.shown)
    return next((notice for notice in shown if part in notice.text or part in notice.more), None)


def do(program: Program, part: str, action: str) -> None:
    """Press the button `action` of the notice that says `part`."""
    notice = said(program, part)
    assert notice is not None
    next(each for each in notice.actions if each.text == action).do()


def test_moved_while_open__is_said_found_again_and_relinked_with_every_mark(
    qasync_run: Run, clip: Path
) -> None:
    moved = clip.parent.parent / "best" / "renamed.mp4"

    async def journey() -> None:
        async with program_on(shot_over(clip)) as program:
            editing = program.tools.editing
            await until(lambda: editing.view.facts is not None)
            move(clip, moved)

            await until(lambda: said(program, "The same clip lies in") is not None)
            assert editing.view.facts is None
            assert editing.view.shot.still_intervals == STILLS

            do(program, "The same clip lies in", "Relink")
            await until(lambda: editing.view.facts is not None)
            shot = editing.view.shot
            assert shot.reference == Source(path=str(moved))
            assert (shot.selection, shot.still_intervals) == (PICKED, STILLS)
            assert editing.view.undo_label == "Relink the clip"
            await until(lambda: said(program, "The clip is used from") is not None)

    qasync_run(journey())


def test_replaced_while_open__says_what_differs_and_shows_the_new_one(
    qasync_run: Run, clip: Path, clip_factory: ClipFactory
) -> None:
    other = clip_factory(name="three.mp4", seconds=3.0, fps=30)

    async def journey() -> None:
        async with program_on(shot_over(clip)) as program:
            editing = program.tools.editing
            await until(lambda: editing.view.facts is not None)
            move(shutil.copy(other, clip.with_name("draft.mp4")), clip)

            await until(lambda: said(program, "was changed on disk") is not None)
            notice = said(program, "was changed on disk")
            assert notice is not None
            assert "it lasts 3.000 s instead of 7.000 s" in notice.text
            assert "30 instead of 25 frames a second" in notice.text
            assert editing.view.facts is not None
            assert editing.view.facts.duration == pytest.approx(3.0)
            assert editing.view.shot.selection == PICKED

    qasync_run(journey())


def test_damaged_while_open__leaves_the_shot_intact_and_comes_back(qasync_run: Run, clip: Path) -> None:
    whole = clip.read_bytes()

    async def journey() -> None:
        async with program_on(shot_over(clip)) as program:
            editing = program.tools.editing
            await until(lambda: editing.view.facts is not None)

            write(clip, whole[: len(whole) // 3])
            await until(lambda: bool(editing.view.trouble))
            await until(lambda: said(program, "Your marks are kept") is not None)
            assert (editing.view.shot.selection, editing.view.shot.still_intervals) == (PICKED, STILLS)

            write(clip, whole)
            await until(lambda: editing.view.facts is not None)
            assert said(program, "Your marks are kept") is None
            assert said(program, "was changed on disk") is None

    qasync_run(journey())


def test_gone_at_the_start__another_clip_in_its_place_is_told_apart(
    qasync_run: Run, clip: Path, clip_factory: ClipFactory
) -> None:
    other = clip_factory(name="three.mp4", seconds=3.0)

    async def journey() -> None:
        shot = shot_over(clip)
        async with program_on(shot) as program:
            await until(lambda: program.tools.editing.view.facts is not None)
            await until(lambda: program.relinking.remembers(str(clip)))
        move(clip, shot.with_suffix(".away"))  # another ending: nobody takes it for a clip
        shutil.copy(other, shot.parent / "interview.mp4")

        async with program_on(shot) as program:
            await until(lambda: said(program, "A clip of the same name lies in") is not None)
            do(program, "A clip of the same name lies in", "Relink")
            await until(lambda: said(program, "is another clip than") is not None)
            notice = said(program, "is another clip than")
            assert notice is not None
            assert "it lasts 3.000 s instead of 7.000 s" in notice.text

            do(program, "is another clip than", "Undo")
            assert program.tools.editing.view.shot.reference == Source(path=str(clip))

    qasync_run(journey())
