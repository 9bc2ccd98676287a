from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from redub.core.splice import Visibility
from redub.media.predictionsplices import Grey, compare, measure_segments, picture_edges
from support.clips import ClipFactory


def scene(*, right: int = 0, down: int = 0, light: float = 0.0, figure: int = 0) -> Grey:
    """Draw a soft random picture, moved and lit; `figure` moves only a bright shape in its middle."""
    rough = np.random.default_rng(7).normal(size=(128, 192))
    spectrum = np.fft.rfft2(rough)
    soft = np.hypot(np.fft.fftfreq(128)[:, None], np.fft.rfftfreq(192)[None]) < 0.12
    picture = np.fft.irfft2(spectrum * soft, s=rough.shape)
    picture = 110 + picture / picture.std() * 25
    picture[40:90, 80 + figure : 120 + figure] += 60
    moved = np.roll(picture, (down, right), axis=(0, 1)) + light
    grey: Grey = moved.astype(np.float32)
    return grey


def test_compare__the_same_picture() -> None:
    jump = compare(scene(), scene())

    assert jump.score == pytest.approx(0.0, abs=0.05)
    assert jump.visibility is Visibility.HARDLY


@pytest.mark.parametrize("right, down", [(2, 0), (-3, 1), (0, -5), (12, 7)])
def test_compare__finds_how_far_it_moved(right: int, down: int) -> None:
    jump = compare(scene(), scene(right=right, down=down))

    assert jump.shift == pytest.approx(np.hypot(right, down) / 192, abs=0.3 / 192)
    assert jump.light == pytest.approx(0.0, abs=0.001)


def test_compare__finds_the_light() -> None:
    jump = compare(scene(), scene(light=-10.2))

    assert jump.light == pytest.approx(0.04, abs=0.001)
    assert jump.shift == pytest.approx(0.0, abs=0.001)
    assert jump.change == pytest.approx(0.0, abs=0.001)


def test_compare__a_person_who_moves_before_a_wall_is_seen() -> None:
    jump = compare(scene(), scene(figure=10))

    assert jump.change > 0.06
    assert jump.visibility is not Visibility.HARDLY


def test_ends__the_picture_that_is_the_first_one_again_is_best(clip_factory: ClipFactory) -> None:
    clip: Path = clip_factory(seconds=6.0, audio=False)

    edges = picture_edges(clip)
    jumps = measure_segments(clip, ((1.0, 1.04), (1.0, 1.2), (1.12, 1.2)))

    assert (len(edges), edges[0]) == (151, 0.0)
    assert edges[-1] == pytest.approx(6.0, abs=0.01)
    assert jumps[0].score == 0.0
    assert jumps[1].score > jumps[2].score > 0.0


def test_ends__can_be_cancelled(clip_factory: ClipFactory) -> None:
    assert measure_segments(clip_factory(audio=False), ((0.0, 1.0),), lambda: True) == ()
