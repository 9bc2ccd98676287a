"""The generated clips are what they say."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from support.clips import ClipFactory, frame_number, frame_numbers, picture


@pytest.mark.parametrize("index", [0, 1, 777, 65_535])
@pytest.mark.parametrize("size", [(320, 240), (721, 403), (180, 320)])
def test_frame_number__is_read_back(index: int, size: tuple[int, int]) -> None:
    assert frame_number(picture(*size, index)) == index


@pytest.mark.parametrize(
    "codec, name, pixel_format",
    [
        ("h264", "a.mp4", "yuv420p"),
        ("hevc", "a.mp4", "yuv420p10le"),
        ("vp9", "a.webm", "yuv420p"),
        ("prores", "a.mov", "yuv422p10le"),
    ],
)
def test_clip__holds_every_frame(clip_factory: ClipFactory, codec: str, name: str, pixel_format: str) -> None:
    path = clip_factory(codec=codec, name=name, pixel_format=pixel_format, seconds=1)

    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert stream.pix_fmt == pixel_format
        assert len(container.streams.audio) == 1
    assert frame_numbers(path) == list(range(25))


def test_clip__without_sound(clip_factory: ClipFactory) -> None:
    with av.open(str(clip_factory(audio=False))) as container:
        assert not container.streams.audio


def test_clip__odd_rate_and_length(clip_factory: ClipFactory) -> None:
    with av.open(str(clip_factory(fps=Fraction(30_000, 1001), seconds=3))) as container:
        assert container.streams.video[0].average_rate == Fraction(30_000, 1001)
        assert (container.duration or 0) / av.time_base == pytest.approx(3.0, abs=0.06)


def test_clip__variable_times(clip_factory: ClipFactory) -> None:
    times = (0.0, 0.1, 0.15, 0.5, 1.25)

    with av.open(str(clip_factory(times=times, b_frames=0))) as container:
        shown = [frame.time for frame in container.decode(video=0)]

    assert shown == pytest.approx(list(times), abs=1e-4)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_clip__turned_by_its_matrix_is_the_right_way_up(clip_factory: ClipFactory, rotation: int) -> None:
    path = clip_factory(width=240, height=320, rotation=rotation, seconds=0.4)

    with av.open(str(path)) as container:
        frame = list(container.decode(video=0))[7]

    # FFmpeg tells the counter-clockwise angle that the picture is to be turned by.
    assert -frame.rotation % 360 == rotation
    upright = np.rot90(frame.to_ndarray(format="rgb24").astype(np.uint8), k=-(rotation // 90))
    assert upright.shape == (320, 240, 3)
    assert frame_number(upright) == 7


def test_clip_factory__gives_each_test_its_own_copy(clip_factory: ClipFactory, tmp_path: Path) -> None:
    assert clip_factory().parent == tmp_path
