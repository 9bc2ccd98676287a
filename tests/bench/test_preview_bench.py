"""Measures preview and timeline on a 1080p clip with a keyframe every 250 pictures, beside PyAV bare in the same run.

REDUB_BENCH_SECONDS is the length of the clip: 30 in an ordinary run, 600 for the figures of a release.
Every picture that was asked for is asked for its burnt-in number.
"""

from __future__ import annotations

import os
import random
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import partial
from pathlib import Path
from statistics import median

import av
import numpy as np
import pytest

from redub.core.clip import ClipFacts
from redub.media import ffmpeg
from redub.media.firstpicture import first_picture
from redub.media.frameserver import FrameServer
from redub.media.peaks import peaks
from redub.media.picture import Picture
from redub.media.probe import probe
from redub.media.thumbnails import thumbnails
from redub.services.clipstrips import ClipStrips
from support.clips import ClipSpec, frame_number, make_clip, picture

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

SECONDS = float(os.environ.get("REDUB_BENCH_SECONDS", "30"))
FPS, WIDTH, HEIGHT, GOP = 25, 1920, 1080, 250
BOX = (960, 540)
CELLS = 16
RHYTHM = threading.Event()
NOTHING = Picture(0.0, -1, 1, 1, bytes(3), 3)
LOOSE = 5.0
"""Nothing may cost so many times what PyAV bare costs; the exact figures are printed."""


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the clip: a texture that moves, the number along the top, a tone."""
    folder = tmp_path_factory.mktemp("bench")
    sounding = make_clip(folder, ClipSpec(name="sound.mp4", width=64, height=64, seconds=SECONDS, fps=5))
    path = folder / "long-gop.mp4"
    with av.open(str(path), "w") as container, av.open(str(sounding)) as source:
        stream = container.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.codec_context.gop_size = GOP
        stream.options = {"preset": "ultrafast", "bf": "2", "crf": "26", "sc_threshold": "0"}
        sound = container.add_stream_from_template(source.streams.audio[0])
        for number, frame in enumerate(frames()):
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
        for packet in source.demux(audio=0):
            if packet.dts is not None:
                packet.stream = sound
                container.mux(packet)
    return path


def frames() -> Iterator[av.VideoFrame]:
    small = np.random.default_rng(3).integers(60, 180, (HEIGHT // 4, WIDTH // 8), dtype=np.uint8)
    texture = np.repeat(np.repeat(small, 8, axis=0), 8, axis=1)
    whole = np.full((HEIGHT * 3 // 2, WIDTH), 128, np.uint8)
    for number in range(round(SECONDS * FPS)):
        shift = number * 2 % HEIGHT
        whole[:HEIGHT] = texture[shift : shift + HEIGHT]
        whole[: HEIGHT // 6] = np.repeat(picture(CELLS, CELLS, number)[0, :, 0], WIDTH // CELLS)
        yield av.VideoFrame.from_ndarray(whole, format="yuv420p")


class Screen:
    """Shows pictures of the server and waits for the exact one."""

    def __init__(self, clip: Path) -> None:
        self._shown = threading.Condition()
        self._last: tuple[Picture, bool] | None = None
        self.server = FrameServer(clip, self._deliver, width=BOX[0], height=BOX[1])

    def _deliver(self, shown: Picture, exact: bool) -> None:
        with self._shown:
            self._last = shown, exact
            self._shown.notify()

    def want(self, index: int, *, exact: bool = True) -> Picture:
        self._take()
        self.server.want(index / FPS)
        with self._shown:
            assert self._shown.wait_for(lambda: self._is_there(index, exact), 60)
        return self._take()

    def _take(self) -> Picture:
        with self._shown:
            last, self._last = self._last, None
        return last[0] if last is not None else NOTHING

    def _is_there(self, index: int, exact: bool) -> bool:
        return self._last is not None and self._last[0].index == index and (self._last[1] or not exact)


@contextmanager
def screen(clip: Path) -> Iterator[Screen]:
    shown = Screen(clip)
    try:
        yield shown
    finally:
        shown.server.close()


class Bare:
    """PyAV as anybody would write it: seek to the keyframe before, decode up to the picture, scale it."""

    def __init__(self, clip: Path) -> None:
        self._container = av.open(str(clip))
        self._stream = self._container.streams.video[0]
        self._stream.thread_type = "AUTO"

    def want(self, index: int) -> av.VideoFrame:
        base = self._stream.time_base
        assert base is not None
        target = (self._stream.start_time or 0) + round(Fraction(index, FPS) / base)
        self._container.seek(target, stream=self._stream, backward=True)
        for frame in self._container.decode(self._stream):
            if frame.pts is not None and frame.pts >= target:
                return frame.reformat(*BOX, format="rgb24")
        raise AssertionError(f"picture {index} was not found")

    def close(self) -> None:
        self._container.close()


def timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, round(0.95 * len(values)))]


def number(shown: Picture) -> int:
    rows = np.frombuffer(shown.rgb, np.uint8)[: shown.height * shown.stride].reshape(
        shown.height, shown.stride
    )
    return frame_number(rows[:, : shown.width * 3].reshape(shown.height, shown.width, 3))


def say(what: str, ours: float, bare: float, more: str = "") -> float:
    ratio = ours / max(bare, 0.001)
    print(f"{what:34} {ours:9.1f} ms   bare {bare:9.1f} ms   ratio {ratio:5.2f}   {more}")
    return ratio


def test_first_picture__beside_bare(clip: Path) -> None:
    def ours() -> float:
        begin = time.perf_counter()
        with screen(clip) as shown:
            shown.want(0, exact=False)
            return (time.perf_counter() - begin) * 1000

    def bare() -> None:
        opened = Bare(clip)
        opened.want(0)
        opened.close()

    pairs = [(ours(), timed(bare)) for _ in range(12)]
    mine, theirs = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    ratio = say("first picture, p50", median(mine), median(theirs))
    say("first picture, p95", p95(mine), p95(theirs))
    assert ratio < LOOSE


def test_random_seek_and_steps__beside_bare(clip: Path) -> None:
    places = [random.Random(number).randrange(round(SECONDS * FPS)) for number in range(24)]
    opened = Bare(clip)
    mine, theirs = [], []
    with screen(clip) as shown:
        shown.want(0)
        for place in places:
            mine.append(timed(partial(shown.want, place)))
            theirs.append(timed(partial(opened.want, place)))
            assert number(shown.want(place)) == place
    ratio = say("random exact seek, p50", median(mine), median(theirs), "all right frames")
    say("random exact seek, p95", p95(mine), p95(theirs))
    opened.close()
    assert ratio < LOOSE


@pytest.mark.parametrize("step", [-1, 1])
def test_one_frame__beside_bare(clip: Path, step: int) -> None:
    place = round(SECONDS * FPS) * 2 // 3
    opened = Bare(clip)
    mine: list[float] = []
    with screen(clip) as shown:
        shown.want(place)
        for stepped in range(place + step, place + 61 * step, step):
            mine.append(timed(partial(shown.want, stepped)))
            assert number(shown.want(stepped)) == stepped
            RHYTHM.wait(0.03)  # as fast as a held key repeats
        theirs = [timed(partial(opened.want, place)) for _ in range(3)]
    name = "back" if step < 0 else "forward"
    say(f"one frame {name}, p50", median(mine), median(theirs))
    ratio = say(f"one frame {name}, p95", p95(mine), p95(theirs), "all right frames")
    opened.close()
    assert ratio < LOOSE


def test_waveform__beside_one_pass_of_ffmpeg(clip: Path) -> None:
    argv = [str(ffmpeg.find()), "-v", "error", "-i", str(clip), "-vn", "-ac", "1", "-ar", "8000"]

    def bare() -> None:
        subprocess.run([*argv, "-f", "s16le", "-"], check=True, stdin=subprocess.DEVNULL, capture_output=True)

    pairs = [(timed(lambda: list(peaks(clip))), timed(bare)) for _ in range(3)]
    assert say("waveform (bare: ffmpeg to 8 kHz)", *map(median, zip(*pairs, strict=True))) < LOOSE


def test_sixty_thumbnails__and_the_second_opening(clip: Path, tmp_path: Path) -> None:
    facts = probe(clip)
    first = timed(lambda: next(thumbnails(clip, 60, 96)))
    opened = Bare(clip)
    every = SECONDS * FPS / 60
    bare = 6 * timed(lambda: [opened.want(int((place + 0.5) * every)) for place in range(3, 60, 6)])
    opened.close()
    say("first thumbnail", first, bare / 60)
    say("60 thumbnails (bare: exact seeks)", timed(lambda: list(thumbnails(clip, 60, 96))), bare)
    kept = ClipStrips(tmp_path / "strips")
    cold, warm = timed(lambda: all_of(kept, facts)), timed(lambda: all_of(kept, facts))
    say("all of it, read (bare: kept)", cold, warm)
    picture_again = timed(lambda: first_picture(clip, *BOX))
    print(f"{'second opening':34} {warm + picture_again:9.1f} ms   (picture {picture_again:.1f} ms)")
    assert warm < cold / 2


def all_of(kept: ClipStrips, facts: ClipFacts) -> None:
    def going_on() -> bool:
        return False

    for row in (
        kept.pictures(facts, 60, 96, going_on),
        kept.sound(facts, 100, going_on),
        kept.cuts(facts, going_on),
    ):
        list(row)
