from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from redub.core.clip import ClipFacts
from redub.core.errors import UserError
from redub.media.probe import probe
from redub.services.clipstrips import ClipStrips
from support.clips import ClipFactory
from support.logs import ExpectedLog


def going_on() -> bool:
    return False


def stopping() -> bool:
    return True


@pytest.fixture
def facts(clip_factory: ClipFactory) -> ClipFacts:
    return probe(clip_factory(seconds=2))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "strips"


def everything(kept: ClipStrips, facts: ClipFacts) -> tuple[dict[float, Any], Any, list[float]]:
    """Return the sizes of the pictures by moment, the peaks and the shot changes."""
    pictures = {
        moment: (one.width, one.height, one.index) for moment, one in kept.pictures(facts, 6, 48, going_on)
    }
    sound = np.concatenate(list(kept.sound(facts, 100, going_on)))
    return pictures, sound.tolist(), list(kept.cuts(facts, going_on))


def test_strips__second_time__come_without_the_clip(facts: ClipFacts, folder: Path) -> None:
    first = everything(ClipStrips(folder), facts)
    Path(facts.path).unlink()

    assert everything(ClipStrips(folder), facts) == first


def test_strips__the_clip_under_another_name__is_known(facts: ClipFacts, folder: Path) -> None:
    everything(ClipStrips(folder), facts)
    moved = Path(facts.path).with_name("moved.mp4")
    shutil.move(facts.path, moved)
    other = probe(moved)
    names = set(folder.iterdir())

    everything(ClipStrips(folder), other)

    assert set(folder.iterdir()) == names


def test_strips__damaged_files__are_ignored_and_written_anew(facts: ClipFacts, folder: Path) -> None:
    first = everything(ClipStrips(folder), facts)
    for number, path in enumerate(folder.iterdir()):
        path.write_bytes(b"" if number == 0 else path.read_bytes()[:-3])

    assert everything(ClipStrips(folder), facts) == first
    Path(facts.path).unlink()
    assert everything(ClipStrips(folder), facts) == first


def test_strips__stopped__keep_nothing(facts: ClipFacts, folder: Path) -> None:
    kept = ClipStrips(folder)

    for row in (
        kept.pictures(facts, 6, 48, stopping),
        kept.sound(facts, 100, stopping),
        kept.cuts(facts, stopping),
    ):
        assert list(row) == []

    assert not folder.exists()


def test_strips__left_in_the_middle__keep_nothing(facts: ClipFacts, folder: Path) -> None:
    row: Iterator[Any] = ClipStrips(folder).pictures(facts, 6, 48, going_on)
    next(row)
    del row

    assert not folder.exists()


def test_strips__over_the_budget__lose_what_was_not_used_for_longest(facts: ClipFacts, folder: Path) -> None:
    kept = ClipStrips(folder, budget=2000)
    list(kept.sound(facts, 100, going_on))
    [old] = folder.iterdir()
    os.utime(old, (1, 1))

    list(kept.pictures(facts, 6, 48, going_on))

    assert not old.exists()
    assert len(list(folder.iterdir())) == 1


def test_strips__a_folder_that_cannot_be_made__costs_only_time(
    facts: ClipFacts, tmp_path: Path, expect_log: ExpectedLog
) -> None:
    expect_log("cannot be kept")
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")

    pictures, sound, _ = everything(ClipStrips(in_the_way / "strips"), facts)

    assert len(pictures) == 6
    assert sound


def test_strips__another_clip_that_cannot_be_read__raises(facts: ClipFacts, folder: Path) -> None:
    Path(facts.path).unlink()

    with pytest.raises(UserError):
        list(ClipStrips(folder).pictures(facts, 6, 48, going_on))
