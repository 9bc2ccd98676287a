from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from redub.core.errors import EnvironmentFault
from redub.core.shot import Shot, Source, StillInterval, Take
from redub.store.drafts import KEPT_SECONDS, DraftFolder

SHOT = Shot(
    reference=Source(path="/clips/采访 🎬.mp4"),
    still_intervals=(StillInterval(1.0, 2.5),),
    takes=(Take(id="a", name="Intro", script="你好 <break time='1s'/>"),),
)


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@contextmanager
def a_run(folder: Path, clock: Clock | None = None) -> Iterator[DraftFolder]:
    """Use the folder as one run of the program does."""
    drafts = DraftFolder(folder, clock=clock or Clock())
    try:
        yield drafts
    finally:
        drafts.end()


def left_behind(folder: Path, shot: Shot = SHOT, clock: Clock | None = None) -> None:
    """Leave a draft, as a run that died."""
    with a_run(folder, clock) as run:
        run.write(shot, path=Path("/shots/one.redub"), name="one", label="Move segment")


def test_left__everything_comes_back(tmp_path: Path) -> None:
    left_behind(tmp_path)

    with a_run(tmp_path) as later:
        (draft,) = later.left()

    assert draft.shot == SHOT
    assert (draft.path, draft.name, draft.label) == (Path("/shots/one.redub"), "one", "Move segment")
    assert (draft.changed, draft.declined) == (Clock.now, False)


def test_left__nothing_of_runs_that_are_alive(tmp_path: Path) -> None:
    with a_run(tmp_path) as first, a_run(tmp_path) as second:
        first.write(SHOT, path=None, name="first", label="")

        assert second.left() == ()
        assert first.left() == ()


def test_left__the_latest_first(tmp_path: Path) -> None:
    clock = Clock()
    for name in ("old", "new"):
        clock.now += 10
        with a_run(tmp_path, clock) as run:
            run.write(SHOT, path=None, name=name, label="")

    with a_run(tmp_path, clock) as later:
        assert [draft.name for draft in later.left()] == ["new", "old"]


def test_clear__nothing_is_left(tmp_path: Path) -> None:
    with a_run(tmp_path) as run:
        run.write(SHOT, path=None, name="x", label="")
        run.clear()

    with a_run(tmp_path) as later:
        assert later.left() == ()


def test_declined__is_found_again_for_thirty_days(tmp_path: Path) -> None:
    left_behind(tmp_path)
    clock = Clock()
    with a_run(tmp_path, clock) as run:
        run.decline(run.left()[0])
        (again,) = run.left()
        assert (again.declined, again.shot) == (True, SHOT)
        run.decline(again)

    clock.now += KEPT_SECONDS
    with a_run(tmp_path, clock) as later:
        assert len(later.left()) == 1
    clock.now += 1
    with a_run(tmp_path, clock) as much_later:
        assert much_later.left() == ()
    assert list(tmp_path.rglob("*.draft")) == []


def test_removed__is_gone(tmp_path: Path) -> None:
    left_behind(tmp_path)

    with a_run(tmp_path) as run:
        run.remove(run.left()[0])
        assert run.left() == ()


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"format":"redub-draft","version":99}'])
def test_left__an_unreadable_one_does_not_hide_the_others(tmp_path: Path, data: bytes) -> None:
    left_behind(tmp_path)
    (tmp_path / "broken.draft").write_bytes(data)

    with a_run(tmp_path) as run:
        assert len(run.left()) == 1

    assert (tmp_path / "broken.unreadable").read_bytes() == data


def test_write__private(tmp_path: Path) -> None:
    with a_run(tmp_path) as run:
        run.write(SHOT, path=None, name="x", label="")
        assert run.own.stat().st_mode & 0o777 == 0o600


def test_write__folder_gone(tmp_path: Path) -> None:
    with a_run(tmp_path / "drafts") as run:
        (tmp_path / "drafts").rename(tmp_path / "elsewhere")
        with pytest.raises(EnvironmentFault):
            run.write(SHOT, path=None, name="x", label="")
