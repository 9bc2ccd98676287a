from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from redub.core.errors import UserError
from redub.core.review import Alignment, Stretch
from redub.media.alignedsound import write_aligned
from support.clips import ClipFactory


def loud(path: Path, start: float, end: float) -> float:
    """Return how loud a WAV is between two moments, 0 to 1."""
    with wave.open(str(path), "rb") as read:
        samples: npt.NDArray[np.int16] = np.frombuffer(read.readframes(read.getnframes()), np.int16)
        rate = read.getframerate()
    part = samples[round(start * rate) : round(end * rate)].astype(float) / 32768
    return float(np.sqrt((part**2).mean()))


def test_write_aligned__runs_forward_and_is_silent_elsewhere(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    clip = clip_factory(seconds=3.0, soft=0.0)  # loud from 0 to 1 and from 2 to 3 s
    alignment = Alignment(
        (
            Stretch(0.0, 1.0, 1.0),
            Stretch(1.0, 2.0, 0.0),
            Stretch(2.0, 3.0, 1.0, -1),
            Stretch(3.0, 3.5, 0.0, 0),
            Stretch(3.5, 5.5, 2.0),
        )
    )

    made = write_aligned(clip, tmp_path / "made.wav", alignment)

    assert loud(made, 0.1, 0.9) < 0.01
    assert loud(made, 1.1, 1.9) > 0.2
    assert loud(made, 2.1, 3.4) == 0.0
    assert loud(made, 3.6, 4.4) > 0.2
    with wave.open(str(made), "rb") as read:
        assert read.getnframes() == round(5.5 * read.getframerate())  # silence behind the end of the clip
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clip.mp4", "made.wav"]


def test_write_aligned__a_clip_without_sound_says_so(clip_factory: ClipFactory, tmp_path: Path) -> None:
    clip = clip_factory(seconds=1.0, audio=False)

    with pytest.raises(UserError, match="no sound"):
        write_aligned(clip, tmp_path / "made.wav", Alignment((Stretch(0, 1, 0),)))

    assert sorted(path.name for path in tmp_path.iterdir()) == ["clip.mp4"]
