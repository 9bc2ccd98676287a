from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from redub.core.identity import ClipIdentity, identity_of
from redub.media.probe import content_key, probe
from redub.services import relinking
from redub.services.relinking import Found, Stamp, changes, difference_words, find_again, places_to_look
from support.clips import ClipFactory


class Disk:
    """A file whose stamps are played back, one for each look."""

    def __init__(self, *stamps: Stamp) -> None:
        self._stamps = list(stamps)

    def look(self, path: str) -> Stamp:
        return self._stamps.pop(0) if len(self._stamps) > 1 else self._stamps[0]

    async def pause(self) -> None:
        if len(self._stamps) == 1:
            raise StopAsyncIteration


async def seen(*stamps: Stamp) -> list[Stamp]:
    disk, noticed = Disk(*stamps), list[Stamp]()
    try:
        async for stamp in changes("/clip.mp4", look=disk.look, pause=disk.pause):
            noticed.append(stamp)
    except RuntimeError:  # what Python makes of the end of the tape inside a generator
        pass
    return noticed


A, B, C = (10, 1), (12, 2), (15, 3)


@pytest.mark.parametrize(
    "stamps, noticed",
    [
        ((A, A, A, A), []),
        ((A, B, B, B), [B]),
        ((A, B, C, C, C), [C]),
        ((A, None, None, A, A, A), [None, A]),
        ((None, A, A, A), [A]),
    ],
)
def test_changes__are_noticed_once_the_file_rests(stamps: tuple[Stamp, ...], noticed: list[Stamp]) -> None:
    assert asyncio.run(seen(*stamps)) == noticed


def test_changes__of_a_real_file(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"first")
    pauses = iter(range(5))

    async def pause() -> None:
        if next(pauses) == 1:
            clip.unlink()

    async def first_change() -> Stamp:
        return await anext(changes(str(clip), pause=pause))

    assert asyncio.run(first_change()) is None


@pytest.fixture
def lost(tmp_path: Path) -> Path:
    return tmp_path / "work" / "shoot" / "clips" / "interview.mp4"


def put(file: Path, content: bytes) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def known(tmp_path: Path, content: bytes) -> ClipIdentity:
    original = put(tmp_path / "elsewhere" / "original.mp4", content)
    return ClipIdentity(content_key=content_key(original), size=len(content), duration=1.0)


def test_find_again__the_same_content_under_another_name_in_a_sibling_folder(
    lost: Path, tmp_path: Path
) -> None:
    identity = known(tmp_path, b"the clip")
    shot = put(tmp_path / "work" / "shoot" / "scene" / "a.redub", b"{}")
    put(shot.parent / "interview.mp4", b"another clip")
    put(shot.parent / "same-size.mp4", b"the cliq")
    moved = put(tmp_path / "work" / "shoot" / "best" / "renamed.mp4", b"the clip")

    assert find_again(lost, identity, shot) == Found(moved, is_same=True)


def test_find_again__next_to_the_shot_comes_first(lost: Path, tmp_path: Path) -> None:
    identity = known(tmp_path, b"the clip")
    shot = put(tmp_path / "work" / "shoot" / "scene" / "a.redub", b"{}")
    put(tmp_path / "work" / "shoot" / "best" / "interview.mp4", b"the clip")
    beside = put(shot.parent / "copy.MP4", b"the clip")

    assert find_again(lost, identity, shot) == Found(beside, is_same=True)


def test_find_again__without_a_memory_by_its_name_only(lost: Path, tmp_path: Path) -> None:
    shot = put(tmp_path / "work" / "shoot" / "scene" / "a.redub", b"{}")
    put(shot.parent / "other.mp4", b"the clip")
    named = put(shot.parent / "interview.mp4", b"whatever")

    assert find_again(lost, None, shot) == Found(named, is_same=False)
    assert find_again(lost.with_name("nowhere.mp4"), None, shot) is None
    assert find_again(lost, None, shot, stopped=lambda: True) is None


def test_find_again__a_clip_whose_folder_was_renamed(lost: Path, tmp_path: Path) -> None:
    identity = known(tmp_path, b"the clip")
    renamed = put(tmp_path / "work" / "shoot" / "clips-2" / "interview.mp4", b"the clip")

    assert find_again(lost, identity, None) == Found(renamed, is_same=True)


def test_places__stay_few_and_name_no_folder_twice(
    lost: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shot = put(lost.parent / "a.redub", b"{}")
    for number in range(9):
        (lost.parent.parent / f"take {number}").mkdir()

    places = places_to_look(lost, shot)
    assert places[0] == lost.parent
    assert len(set(places)) == len(places) >= 10
    monkeypatch.setattr(relinking, "MOST_FOLDERS", 3)
    assert len(places_to_look(lost, shot)) == 3


def test_differences__of_real_clips_are_said_in_words(clip_factory: ClipFactory, tmp_path: Path) -> None:
    first = identity_of(probe(clip_factory(name="one.mp4", seconds=2.0, audio=False)))
    other = identity_of(
        probe(clip_factory(name="two.mp4", seconds=3.0, fps=30, width=480, height=360, audio=False))
    )
    copy = Path(shutil.copy(clip_factory(name="one.mp4", seconds=2.0, audio=False), tmp_path / "copy.mp4"))

    assert difference_words(first, identity_of(probe(copy))) == ""
    said = difference_words(first, other)
    assert "it lasts 3.000 s instead of 2.000 s" in said
    assert "480 × 360" in said
    assert "30 instead of 25 frames a second" in said
