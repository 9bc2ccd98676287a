from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from redub.media.cuts import cuts
from support.clips import ClipFactory

Draw = Callable[[int], np.ndarray[tuple[int, ...], np.dtype[np.uint8]]]
ROOM = np.random.default_rng(7).integers(20, 230, (9, 16), dtype=np.uint8)
YARD = np.random.default_rng(8).integers(20, 230, (9, 16), dtype=np.uint8)


def film(path: Path, draw: Draw, count: int = 75, gop: int = 250) -> Path:
    """Write `count` grey pictures at 25 a second."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        stream.codec_context.gop_size = gop
        stream.options = {"preset": "ultrafast", "bf": "2", "sc_threshold": "0"}
        for number in range(count):
            grey = np.repeat(np.repeat(draw(number), 20, axis=0), 20, axis=1)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(grey), format="gray")
            frame = frame.reformat(format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def test_cuts__two_shots__begin_at_the_very_picture(tmp_path: Path) -> None:
    clip = film(tmp_path / "two.mp4", lambda number: ROOM if number < 41 else YARD)

    assert list(cuts(clip)) == [pytest.approx(41 / 25, abs=1e-6)]


def test_cuts__several_shots__come_in_order(tmp_path: Path) -> None:
    clip = film(tmp_path / "many.mp4", lambda number: YARD if number // 20 % 2 else ROOM)

    assert list(cuts(clip)) == pytest.approx([0.8, 1.6, 2.4])


def test_cuts__one_shot_that_grows_brighter__has_none(tmp_path: Path) -> None:
    clip = film(tmp_path / "one.mp4", lambda number: (ROOM // 2 + number).astype(np.uint8))

    assert list(cuts(clip)) == []


def test_cuts__a_flash__is_no_second_one(tmp_path: Path) -> None:
    clip = film(tmp_path / "flash.mp4", lambda number: 255 - ROOM // 4 if 30 <= number < 33 else ROOM)

    assert len(list(cuts(clip))) <= 1


def test_cuts__moving_test_clip__has_none(clip_factory: ClipFactory) -> None:
    assert list(cuts(clip_factory(seconds=3))) == []


def test_cuts__cancelled__end_at_once(tmp_path: Path) -> None:
    clip = film(tmp_path / "two.mp4", lambda number: ROOM if number < 41 else YARD)

    assert list(cuts(clip, lambda: True)) == []
