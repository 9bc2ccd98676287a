"""What is not saved is on the disk within a second, and is offered again when the program has died."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

import redub
from redub.core import edits
from redub.core.errors import RedubError
from redub.core.history import Edit
from redub.core.samples import first_words
from redub.services import drafting
from redub.services.drafting import Drafting
from redub.services.editing import Editing
from redub.store.drafts import DraftFolder
from support.soaking import SOAKING, count
from support.waiting import until, wait_until

DESKTOP = Path(redub.__file__).parent.parent

PROGRAM = """
import asyncio, sys, time
from pathlib import Path
from redub.core import edits
from redub.core.history import Edit
from redub.core.samples import first_words
from redub.services.drafting import Drafting
from redub.services.editing import Editing

async def main():
    editing = Editing(derive=lambda view: view)
    editing.open(first_words("/clip.mp4", "t1"), None)
    editing.listen((await Drafting.open(Path(sys.argv[1]), lambda: "x", print)).show_view)
    number = 0
    while True:
        number += 1
        editing.apply(Edit("Rename", lambda shot: edits.rename_take(shot, "t1", f"{time.time()}")))
        print(time.time(), flush=True)
        await asyncio.sleep(0.02)

asyncio.run(main())
"""


def rename(name: str) -> Edit:
    return Edit("Rename take", lambda shot: edits.rename_take(shot, "t1", name))


def an_editing() -> Editing:
    editing = Editing(derive=lambda view: view)
    editing.open(first_words("/clip.mp4", "t1"), Path("/shots/one.redub"))
    return editing


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting, "PAUSE_SECONDS", 0.01)


def has_draft(folder: Path) -> bool:
    return any(folder.glob("*.draft"))


def names_left(folder: Path) -> list[str]:
    """Return what a later run would find: the names of the takes."""
    later = DraftFolder(folder)
    try:
        return [draft.shot.takes[0].name for draft in later.left()]
    finally:
        later.end()


async def test_change__is_on_the_disk_soon_and_gone_when_saved(tmp_path: Path) -> None:
    editing, kept = an_editing(), await Drafting.open(tmp_path, lambda: "one", print)
    editing.listen(kept.show_view)
    editing.apply(rename("New"))
    await until(lambda: any(tmp_path.glob("*.draft")))

    editing.saved(Path("/shots/one.redub"))
    editing.apply(rename("Newer"))
    editing.undo()
    await until(lambda: not any(tmp_path.glob("*.draft")))
    await kept.aclose()


async def test_end__nothing_is_left_when_the_person_was_asked(tmp_path: Path) -> None:
    editing, kept = an_editing(), await Drafting.open(tmp_path, lambda: "one", print)
    editing.listen(kept.show_view)
    editing.apply(rename("New"))
    await kept.write_now()

    await kept.aclose()

    assert names_left(tmp_path) == []


async def test_end__is_kept_when_nobody_asked(tmp_path: Path) -> None:
    editing, kept = an_editing(), await Drafting.open(tmp_path, lambda: "one", print)
    editing.listen(kept.show_view)
    editing.apply(rename("New"))

    await kept.aclose(keep=True)

    assert names_left(tmp_path) == ["New"]


async def test_recovered__is_this_runs_own_draft_from_then_on(tmp_path: Path) -> None:
    first = await Drafting.open(tmp_path, lambda: "one", print)
    editing = an_editing()
    editing.apply(rename("New"))
    editing.listen(first.show_view)
    await first.aclose(keep=True)

    later, opened = await Drafting.open(tmp_path, lambda: "one", print), an_editing()
    (draft,) = await later.left()
    opened.listen(later.show_view)
    opened.open(draft.shot, draft.path, saved=False)
    await later.recovered(draft)

    assert await later.left() == ()
    await later.aclose(keep=True)
    assert names_left(tmp_path) == ["New"]


async def test_trouble__is_told_once_and_editing_goes_on(tmp_path: Path) -> None:
    told: list[RedubError] = []
    folder = tmp_path / "drafts"
    editing, kept = an_editing(), await Drafting.open(folder, lambda: "one", told.append)
    folder.rename(tmp_path / "elsewhere")
    editing.listen(kept.show_view)
    for name in ("A", "B"):
        editing.apply(rename(name))
        await until(lambda: bool(told))

    assert len(told) == 1
    assert editing.view.shot.takes[0].name == "B"
    await kept.aclose()


@pytest.mark.slow
def test_killed__loses_a_second_at_most(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(DESKTOP)}
    for number in range(count(2, 200)):
        folder = tmp_path / str(number)
        with subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(folder)], stdout=subprocess.PIPE, text=True, env=environment
        ) as program:
            assert program.stdout is not None
            assert wait_until(partial(has_draft, folder), seconds=60)
            said = [program.stdout.readline() for _ in range(random.randrange(10, 60))]
            program.kill()
            said += program.stdout.read().splitlines()[:-1]  # the last one may be torn
            last = float(said[-1])
        (name,) = names_left(folder)
        assert name.startswith("1")  # a whole name, not half of one
        if SOAKING:  # on a machine that does nothing else
            assert last - float(name) <= 1.0
