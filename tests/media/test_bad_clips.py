"""What preview and timeline make of bad clips: a sentence, or less of the clip; never a crash, never a thread left."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from media.conftest import RunFfmpeg
from media.test_frames import number
from media.test_frameserver import Screen, serving
from redub.core.errors import RedubError, UserError
from redub.media.cuts import cuts
from redub.media.decoding import PictureDecoder
from redub.media.firstpicture import first_picture
from redub.media.frames import FrameReader
from redub.media.packets import Stopped
from redub.media.peaks import peaks
from redub.media.thumbnails import thumbnails
from support.clips import ClipFactory
from support.waiting import wait_until

Maker = Callable[[ClipFactory, RunFfmpeg, Path], Path]


def missing(_clips: ClipFactory, _run: RunFfmpeg, folder: Path) -> Path:
    return folder / "missing.mp4"


def empty(_clips: ClipFactory, _run: RunFfmpeg, folder: Path) -> Path:
    (folder / "empty.mp4").touch()
    return folder / "empty.mp4"


def text(_clips: ClipFactory, _run: RunFfmpeg, folder: Path) -> Path:
    (folder / "text.mp4").write_text("This is a letter.\n" * 40)
    return folder / "text.mp4"


def noise(_clips: ClipFactory, _run: RunFfmpeg, folder: Path) -> Path:
    (folder / "noise.mp4").write_bytes(bytes(range(256)) * 400)
    return folder / "noise.mp4"


def headless(clips: ClipFactory, _run: RunFfmpeg, _folder: Path) -> Path:
    """Cut off before the table of contents, which stands at the end."""
    clip = clips(seconds=2)
    clip.write_bytes(clip.read_bytes()[: clip.stat().st_size // 2])
    return clip


def sound_only(clips: ClipFactory, run: RunFfmpeg, _folder: Path) -> Path:
    return run("sound.m4a", "-i", clips(seconds=1), "-vn", "-c", "copy")


def header_only(clips: ClipFactory, run: RunFfmpeg, _folder: Path) -> Path:
    clip = run("none.mkv", "-i", clips(seconds=1), "-an", "-c", "copy")
    clip.write_bytes(clip.read_bytes()[:700])
    return clip


def cut_off(clips: ClipFactory, run: RunFfmpeg, _folder: Path) -> Path:
    """Cut off in the middle, with its table of contents at the beginning."""
    clip = run("fast.mp4", "-i", clips(seconds=4, gop=25), "-c", "copy", "-movflags", "+faststart")
    clip.write_bytes(clip.read_bytes()[: clip.stat().st_size // 2])
    return clip


def stream_cut_off(clips: ClipFactory, run: RunFfmpeg, _folder: Path) -> Path:
    clip = run("a.ts", "-i", clips(seconds=4, gop=25), "-c", "copy")
    clip.write_bytes(clip.read_bytes()[: clip.stat().st_size // 2 + 77])
    return clip


def one_picture(clips: ClipFactory, _run: RunFfmpeg, _folder: Path) -> Path:
    return clips(seconds=0.04, audio=False)


def holes(clips: ClipFactory, _run: RunFfmpeg, _folder: Path) -> Path:
    """A clip of which every fourth KB was overwritten."""
    clip = clips(seconds=4, gop=25)
    content = bytearray(clip.read_bytes())
    for place in range(4000, len(content) // 2, 4000):
        content[place : place + 900] = bytes(900)
    clip.write_bytes(content)
    return clip


REFUSED = [missing, empty, text, noise, headless, sound_only, header_only]
SHOWN = [cut_off, stream_cut_off, one_picture, holes]


@pytest.fixture
def make(clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg, tmp_path: Path) -> Callable[[Maker], Path]:
    return lambda maker: maker(clip_factory, run_ffmpeg, tmp_path)


def problem_of(read: Callable[[], Any]) -> RedubError | None:
    try:
        read()
    except RedubError as problem:
        return problem
    return None


def readers(clip: Path) -> Iterator[Callable[[], Any]]:
    """Yield everything that reads a clip for the preview and the timeline."""
    yield lambda: first_picture(clip, 160, 120)
    yield lambda: FrameReader(clip).close()
    yield lambda: list(thumbnails(clip, 12, 48))
    yield lambda: list(peaks(clip))
    yield lambda: list(cuts(clip))


@pytest.mark.parametrize("maker", REFUSED)
def test_refused__every_reader_says_why_in_a_sentence(make: Callable[[Maker], Path], maker: Maker) -> None:
    clip = make(maker)
    silent = (
        1 if maker is sound_only else 3 if maker is header_only else 0
    )  # sound is drawn; nothing is nothing
    problems = [problem for problem in map(problem_of, readers(clip)) if problem is not None]

    assert len(problems) >= 5 - silent
    assert all(problem.why and problem.next_step for problem in problems)


@pytest.mark.parametrize("maker", REFUSED)
def test_refused__the_server_tells_once_and_its_thread_ends(
    make: Callable[[Maker], Path], maker: Maker
) -> None:
    screen = Screen()
    with serving(make(maker), screen) as server:
        server.want(0.0)
        assert wait_until(lambda: not server._thread.is_alive())
        server.want(1.0)

    assert [type(problem) for problem in screen.errors] == [UserError]
    assert screen.shown == []


@pytest.mark.parametrize("maker", SHOWN)
def test_shown__what_is_left_of_it_is_right(make: Callable[[Maker], Path], maker: Maker) -> None:
    clip, screen = make(maker), Screen()
    for read in readers(clip):
        read()
    with serving(clip, screen) as server:
        assert screen.opened.wait(10)
        for index in (0, len(screen.times) // 4, len(screen.times) - 1, 0):
            screen.shown.clear()
            server.want(screen.times[index])
            assert wait_until(lambda: any(exact for _, exact in screen.shown) or bool(screen.errors))

    assert screen.shown[-1][0].index == 0
    assert number(screen.shown[-1][0]) == 0
    assert [problem for problem in screen.errors if not problem.why] == []


def test_cut_off_while_open__the_rest_is_shown(clip_factory: ClipFactory) -> None:
    clip, screen = clip_factory(seconds=8, gop=25, audio=False), Screen()
    with serving(clip, screen) as server:
        server.want(0.4)
        assert number(screen.wait_for(10)) == 10
        with clip.open("r+b") as file:
            file.truncate(clip.stat().st_size // 2)
        server.want(7.5)
        assert wait_until(lambda: bool(screen.errors) or screen.exact()[-1] == 187)
        server.want(1.2)
        assert number(screen.wait_for(30)) == 30


def test_replaced_while_open__shows_the_one_that_was_opened(clip_factory: ClipFactory) -> None:
    clip, screen = clip_factory(seconds=4, gop=25, audio=False), Screen()
    other = clip_factory(seconds=4, first_frame=500, name="other.mp4", audio=False)
    with serving(clip, screen) as server:
        server.want(0.4)
        screen.wait_for(10)
        shutil.move(other, clip)
        server.want(3.0)
        shown = screen.wait_for(75)
    with FrameReader(clip) as reader:
        anew = number(reader.picture(75))

    assert number(shown) == 75
    assert anew == 575


def test_four_hours__are_opened_without_keeping_their_packets(clip_factory: ClipFactory) -> None:
    clip = clip_factory(times=tuple(range(0, 4 * 3600, 4)), width=64, height=48, gop=60, audio=False)
    screen = Screen()
    with serving(clip, screen) as server:
        for index in (3599, 1800, 1801, 1799, 7):
            server.want(index * 4.0)
            assert number(screen.wait_for(index)) == index

    table = PictureDecoder(clip).table
    assert memoryview(table.pts).itemsize == 8  # type: ignore[arg-type]  # an array, not a list of objects
    assert len(dict(thumbnails(clip, 30, 48))) == 30


def test_closed_while_its_table_is_read__ends_at_once(clip_factory: ClipFactory) -> None:
    clip, asked = clip_factory(seconds=4), []

    def after_ten() -> bool:
        asked.append(True)
        return len(asked) > 10

    with pytest.raises(Stopped):
        PictureDecoder(clip, after_ten)
    screen = Screen()
    with serving(clip, screen):
        pass

    assert len(asked) == 11
    assert screen.errors == []
    assert not [thread for thread in threading.enumerate() if thread.name == "redub-frames"]


@pytest.mark.slow
def test_8k__is_shown_by_one_thread(clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg) -> None:
    scaled = ("-vf", "scale=7680:4320:flags=neighbor", "-c:v", "libx264", "-preset", "ultrafast")
    clip = run_ffmpeg("8k.mp4", "-i", clip_factory(seconds=0.2, audio=False), *scaled)
    screen = Screen()
    with serving(clip, screen, width=960, height=540) as server:
        for index in (4, 0, 3):
            server.want(index / 25)
            assert number(screen.wait_for(index)) == index
        assert len(server._near) <= 1

    decoder = PictureDecoder(clip)
    assert decoder._stream.codec_context.thread_count == 1
    decoder.close()
