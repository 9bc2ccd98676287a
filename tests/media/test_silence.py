from __future__ import annotations

import numpy as np
import pytest

from redub.core.quiet import Quiet
from redub.media.peaks import Samples, peaks
from redub.media.silence import silence
from support.clips import ClipFactory


def sound(*parts: tuple[float, int]) -> Samples:
    """Return peaks of stretches of (seconds, swing)."""
    rows = [np.full((round(seconds * 100), 2), (-swing, swing), np.int16) for seconds, swing in parts]
    return np.concatenate(rows)


def test_silence__between_words__is_found_to_the_hundredth() -> None:
    assert silence(sound((1.0, 9000), (0.5, 30), (1.0, 9000))) == (Quiet(1.0, 1.5),)


def test_silence__shorter_than_asked__is_none() -> None:
    assert silence(sound((1.0, 9000), (0.29, 30), (1.0, 9000))) == ()


def test_silence__of_a_noisy_room__is_told_from_the_voice() -> None:
    noise = 700  # -33 dB: louder than the threshold of a studio

    assert silence(sound((2.0, 12000), (1.0, noise), (2.0, 12000))) == (Quiet(2.0, 3.0),)


def test_silence__a_steady_tone__has_no_quiet_part() -> None:
    assert silence(sound((3.0, 9000))) == ()


def test_silence__no_sound_at_all__is_quiet_all_through() -> None:
    assert silence(sound((3.0, 0))) == (Quiet(0.0, 3.0),)


def test_silence__an_offset_of_the_recorder__does_not_count() -> None:
    shifted = sound((1.0, 9000), (0.5, 30), (1.0, 9000)) + np.int16(2000)

    assert silence(shifted) == (Quiet(1.0, 1.5),)


def test_silence__a_threshold__is_kept_to() -> None:
    parts = sound((1.0, 9000), (1.0, 2000), (1.0, 9000))

    assert silence(parts, threshold=-20) == (Quiet(1.0, 2.0),)
    assert silence(parts, threshold=-40) == ()


def test_silence__no_peaks__is_none() -> None:
    assert silence(np.zeros((0, 2), np.int16)) == ()


def test_silence__of_a_clip__every_odd_second(clip_factory: ClipFactory) -> None:
    found = silence(np.concatenate(list(peaks(clip_factory(seconds=4, soft=0.0005)))))

    assert [part.start for part in found] == pytest.approx([1.0, 3.0], abs=0.05)
    assert [part.end for part in found] == pytest.approx([2.0, 4.0], abs=0.05)
