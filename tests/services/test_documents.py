from __future__ import annotations

from pathlib import Path

import pytest

from redub.core.errors import UserError
from redub.services.documents import Documents, open_document
from services.stand import at, spoken_over
from support.clips import ClipFactory


async def test_documents__open_what_they_saved_and_remember_it(tmp_path: Path) -> None:
    documents, shot = Documents(at(tmp_path / "home")), spoken_over(tmp_path / "clip.mp4").shot

    saved = await documents.save(shot, tmp_path / "Interview")
    opened = await documents.open(saved)

    assert (opened.shot, opened.path, opened.name) == (shot, tmp_path / "Interview.redub", "Interview")
    assert documents.recent() == (saved,)


def test_a_clip__becomes_a_shot_that_says_something(clip_factory: ClipFactory) -> None:
    document = open_document(clip_factory(name="phone.mp4"))

    assert (document.path, document.name) == (None, "phone")
    assert document.shot.takes[0].script


def test_a_name_that_is_no_text__becomes_one(tmp_path: Path) -> None:
    clip = tmp_path / "caf\udce9.mp4"
    try:
        clip.touch()
    except (OSError, UnicodeEncodeError):
        pytest.skip("This file system takes names in UTF-8 only.")

    assert open_document(clip).name == "caf?"


def test_a_missing_file__is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="gone"):
        open_document(tmp_path / "gone.mp4")


async def test_documents__forget_what_is_gone_or_cleared(tmp_path: Path) -> None:
    documents, shot = Documents(at(tmp_path / "home")), spoken_over(tmp_path / "clip.mp4").shot
    first, second = [await documents.save(shot, tmp_path / name) for name in ("a.redub", "b.redub")]
    assert documents.recent() == (second, first)

    second.unlink()
    assert documents.recent() == (first,)

    documents.forget_recent()
    assert documents.recent() == ()
    assert first.exists()
