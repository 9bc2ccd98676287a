from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from media.conftest import RunFfmpeg
from media.test_frames import number
from redub.media import proxy, proxymaking
from redub.media.frames import FrameReader
from redub.media.packets import whole_table
from redub.media.picture import Picture
from redub.media.probe import probe
from redub.media.proxy import ProxyPictures
from support.clips import ClipFactory

BOX = (960, 540)


@pytest.fixture(autouse=True)
def _short_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proxy, "PIECE", 20)


def made(clip: Path, folder: Path, near: int = 0) -> list[tuple[int, int, int]]:
    told: list[tuple[int, int, int]] = []
    folder.mkdir(exist_ok=True)
    proxymaking.make(clip, folder, near, lambda *said: told.append(said))
    return told


def times_of(folder: Path, count: int) -> list[Fraction]:
    """Return the stored times of all pictures; each piece counts from its own first one."""
    times: list[Fraction] = []
    for piece in range(proxy.pieces(count)):
        with av.open(str(proxy.piece_file(folder, piece))) as container:
            table = whole_table(container, container.streams.video[0])
            times += [(tick - table.pts[0]) * table.time_base for tick in table.pts]
    return times


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.ts", "a.avi", "cut.mp4", "late.mp4"])
def test_make__any_container__has_the_same_pictures_at_the_same_times(
    clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg, tmp_path: Path, name: str
) -> None:
    before = ("-ss", "0.7") if name == "cut.mp4" else ()
    after = ("-output_ts_offset", "5") if name == "late.mp4" else ()
    source = clip_factory(seconds=3, name="source.mp4", audio=False)
    clip = run_ffmpeg(name, *before, "-i", source, "-c", "copy", *after)

    told = made(clip, tmp_path / "proxy")

    with FrameReader(clip) as reader:
        count = len(reader.times)
        copies = ProxyPictures(tmp_path / "proxy", count)
        for index in range(0, count, 7):
            copy = copies.picture(index, 0.0, BOX)
            assert copy is not None
            assert number(copy) == number(reader.picture(index))
        copies.close()
        starts = [reader.times[index // 20 * 20] for index in range(count)]
        expected = [time - start for time, start in zip(reader.times, starts, strict=True)]
    assert [float(time) for time in times_of(tmp_path / "proxy", count)] == pytest.approx(expected, abs=1e-6)
    assert told[0] == (0, proxy.pieces(count), count)
    assert told[-1][0] == told[-1][1]


def test_make__varying_rate__keeps_every_time(clip_factory: ClipFactory, tmp_path: Path) -> None:
    times = tuple(index / 30 + (index % 3) * 0.007 for index in range(50))
    clip = clip_factory(times=times, audio=False)

    made(clip, tmp_path / "proxy")

    starts = [times[index // 20 * 20] for index in range(50)]
    expected = [time - start for time, start in zip(times, starts, strict=True)]
    assert [float(time) for time in times_of(tmp_path / "proxy", 50)] == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("rotation", [0, 90])
def test_picture__looks_like_the_true_one(clip_factory: ClipFactory, tmp_path: Path, rotation: int) -> None:
    clip = clip_factory(width=1280, height=720, rotation=rotation, seconds=1, audio=False)
    made(clip, tmp_path / "proxy")

    copy = ProxyPictures(tmp_path / "proxy", 25).picture(9, 0.36, BOX)
    with FrameReader(clip, width=640, height=640) as reader:
        true = reader.picture(9)

    assert copy is not None
    assert (copy.width, copy.height, copy.time, copy.index) == (true.width, true.height, 0.36, 9)
    assert float(np.abs(pixels(copy) - pixels(true)).mean()) < 4


def pixels(picture: Picture) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    rows = np.frombuffer(picture.rgb, np.uint8)[: picture.height * picture.stride]
    return rows.reshape(picture.height, picture.stride)[:, : picture.width * 3].astype(np.float64)


def test_make__interrupted__goes_on_with_what_is_missing_around_the_cursor(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    clip, folder = clip_factory(seconds=4, audio=False), tmp_path / "proxy"
    made(clip, folder)
    proxy.piece_file(folder, 1).unlink()
    proxy.piece_file(folder, 3).unlink()
    proxy.part_file(folder, 1).write_bytes(b"half a piece")
    kept = proxy.piece_file(folder, 0).stat().st_mtime_ns

    told = made(clip, folder, near=70)

    assert told == [(3, 5, 100), (4, 5, 100), (5, 5, 100)]
    assert proxy.piece_file(folder, 0).stat().st_mtime_ns == kept
    assert not list(proxy.parts(folder))
    assert proxy.piece_file(folder, 3).stat().st_mtime_ns < proxy.piece_file(folder, 1).stat().st_mtime_ns


def test_picture__piece_not_made_or_damaged__is_none(clip_factory: ClipFactory, tmp_path: Path) -> None:
    clip, folder = clip_factory(seconds=2, audio=False), tmp_path / "proxy"
    made(clip, folder)
    proxy.piece_file(folder, 1).unlink()
    proxy.piece_file(folder, 2).write_bytes(proxy.piece_file(folder, 0).read_bytes()[:900])
    copies = ProxyPictures(folder, 50)

    assert copies.picture(3, 0.12, BOX) is not None
    assert copies.picture(25, 1.0, BOX) is None
    assert copies.picture(45, 1.8, BOX) is None
    assert ProxyPictures(folder, 43).picture(41, 1.64, BOX) is None
    copies.close()


def test_made_of__says_what_is_there(clip_factory: ClipFactory, tmp_path: Path) -> None:
    clip, folder = clip_factory(seconds=2, audio=False), tmp_path / "proxy"
    assert proxy.made_of(folder) == (0, 0, 0)

    made(clip, folder)

    assert proxy.made_of(folder) == (3, 3, 50)


@pytest.mark.parametrize(
    "width,height,frames,distance,expected",
    [
        (1920, 1080, 15000, 10.0, True),
        (1080, 1920, 900, 8.3, True),
        (1920, 1080, 15000, 1.0, False),  # one second of 25 pictures is there in time
        (3840, 2160, 500, 0.04, True),  # 4K, even if every picture is a keyframe
        (640, 360, 15000, 60.0, False),  # no larger than its proxy
        (1280, 720, 15000, 10.0, True),
        (1920, 1080, 40, 1.6, False),
    ],
)
def test_worth_it__long_way_or_large(
    clip_factory: ClipFactory, width: int, height: int, frames: int, distance: float, expected: bool
) -> None:
    facts = probe(clip_factory(seconds=1))
    assert facts.video is not None
    video = replace(
        facts.video,
        width=width,
        height=height,
        shown_width=width,
        shown_height=height,
        frames=frames,
        keyframe_distance=distance,
    )

    assert proxy.worth_it(replace(facts, video=video)) is expected


def test_process__stdin_closed__ends_at_once_and_leaves_nothing_half_made(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    clip = clip_factory(seconds=30, width=320, height=240, audio=False)
    folder = tmp_path / "proxy"
    folder.mkdir()
    argv = [sys.executable, "-m", "redub.media.proxymaking", str(clip), str(folder), "0"]

    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline().split() == [b"0", b"2", b"750"]
        child.stdin.close()
        assert child.wait(30) == 1

    assert proxy.made_of(folder)[0] < 2


def test_process__unreadable_clip__says_why_and_fails(tmp_path: Path) -> None:
    argv = [sys.executable, "-m", "redub.media.proxymaking", str(tmp_path / "no.mp4"), str(tmp_path), "0"]

    with subprocess.Popen(argv, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stderr is not None
        said = child.stderr.read()

    assert child.returncode == 1
    assert "is not there" in said
