"""The sample shot has nothing that its own check would complain about."""

from __future__ import annotations

from redub.core.checks import Knowledge, check
from redub.core.samples import first_words, sample_shot


def test_the_samples_are_clean() -> None:
    for shot in (sample_shot("/clip.mp4"), first_words("/clip.mp4", "t1")):
        for take in shot.takes:
            assert check(shot, take, Knowledge()) == ()
