from __future__ import annotations

from pathlib import Path

from redub.core.identity import ClipIdentity
from redub.store import knownclips
from redub.store.knownclips import KnownClips
from support.logs import ExpectedLog

CLIP = ClipIdentity(content_key="a", size=10, duration=11.8, width=512, height=512, rate=30.0)
OTHER = ClipIdentity(content_key="b", size=11, duration=1.0)


def test_remembered__is_known_again_by_another_run(tmp_path: Path) -> None:
    file = tmp_path / "data" / "clips.json"
    KnownClips(file).remember("/a.mp4", CLIP)
    KnownClips(file).remember("/b.mp4", OTHER)

    again = KnownClips(file)
    assert again.identity("/a.mp4") == CLIP
    assert again.identity("/b.mp4") == OTHER
    assert again.identity("/c.mp4") is None


def test_remember__the_latest_clip_at_a_path_counts_and_the_oldest_are_forgotten(
    tmp_path: Path, monkeypatch: object
) -> None:
    known = KnownClips(tmp_path / "clips.json")
    for number in range(knownclips.MOST + 3):
        known.remember(f"/{number}.mp4", CLIP)
    known.remember("/5.mp4", OTHER)

    assert known.identity("/5.mp4") == OTHER
    assert known.identity("/2.mp4") is None
    assert known.identity("/3.mp4") == CLIP


def test_damaged_list__is_like_an_empty_one(tmp_path: Path) -> None:
    file = tmp_path / "clips.json"
    file.write_bytes(b'[{"path": 3')
    known = KnownClips(file)

    assert known.identity("/a.mp4") is None
    known.remember("/a.mp4", CLIP)
    assert known.identity("/a.mp4") == CLIP


def test_disk_that_refuses__costs_only_the_memory(tmp_path: Path, expect_log: ExpectedLog) -> None:
    expect_log("cannot be remembered")
    in_the_way = tmp_path / "file"
    in_the_way.write_bytes(b"")

    KnownClips(in_the_way / "clips.json").remember("/a.mp4", CLIP)

    assert in_the_way.read_bytes() == b""
