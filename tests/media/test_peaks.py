from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from media.conftest import RunFfmpeg
from redub.media.peaks import Samples, peaks
from support.clips import ClipFactory


def whole(path: Path) -> Samples:
    return np.concatenate(list(peaks(path)))


def test_peaks__loud_and_quiet_seconds__are_told_apart(clip_factory: ClipFactory) -> None:
    found = whole(clip_factory(seconds=4))

    assert found.dtype == np.int16
    assert len(found) == pytest.approx(400, abs=5)
    assert np.median(found[10:90, 1]) > 10_000
    assert np.median(found[110:190, 1]) == pytest.approx(np.median(found[10:90, 1]) / 10, rel=0.2)
    assert np.all(found[:, 0] <= found[:, 1])


def test_peaks__long_sound__come_in_pieces(clip_factory: ClipFactory) -> None:
    assert len(list(peaks(clip_factory(seconds=12, width=64, height=64)))) >= 2


def test_peaks__sound_after_the_first_picture__begins_with_silence(
    clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg
) -> None:
    clip, second = clip_factory(), clip_factory(name="b.mp4")
    late = run_ffmpeg(
        "late.mkv", "-i", clip, "-itsoffset", "0.5", "-i", second, "-map", "0:v", "-map", "1:a", "-c", "copy"
    )

    found = whole(late)

    assert np.abs(found[:48]).max() < 100
    assert found[55:90, 1].min() > 10_000


def test_peaks__sound_before_the_first_picture__is_left_out(
    clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg
) -> None:
    clip, second = clip_factory(), clip_factory(name="b.mp4")
    early = run_ffmpeg(
        "early.mkv", "-itsoffset", "0.5", "-i", clip, "-i", second, "-map", "0:v", "-map", "1:a", "-c", "copy"
    )

    found = whole(early)

    assert len(found) == pytest.approx(150, abs=5)
    assert found[5:45, 1].min() > 10_000
    assert found[60:140, 1].max() < 5_000


def test_peaks__sound_only__begin_with_the_sound(clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg) -> None:
    assert len(whole(run_ffmpeg("a.wav", "-i", clip_factory(seconds=2), "-vn"))) == pytest.approx(200, abs=3)


def test_peaks__no_sound__yields_nothing(clip_factory: ClipFactory) -> None:
    assert list(peaks(clip_factory(seconds=1, audio=False))) == []


def test_peaks__cancelled__end_at_once(clip_factory: ClipFactory) -> None:
    assert list(peaks(clip_factory(seconds=1), cancelled=lambda: True)) == []
