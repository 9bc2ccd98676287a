"""Measures what a rehearsed take costs beside ffmpeg encoding the same frames with the same settings."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest

from redub.core.outputplan import Footage, OutputPlan, plan_output
from redub.core.shot import Options, Selection
from redub.media import ffmpeg
from redub.rehearsal.render import CRF, render
from rehearsal.caller import write_tone

SECONDS = float(os.environ.get("REDUB_BENCH_SECONDS", "60"))
RUNS = 3
LIMIT = 1.15
WIDTH, HEIGHT, RATE = 1920, 1080, 25


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Return a moving 1080p clip with grain, half as long as the take: the plan has to turn round."""
    path = tmp_path / "reference.mp4"
    source = f"testsrc2=size={WIDTH}x{HEIGHT}:rate={RATE}:duration={SECONDS / 2},noise=alls=6:allf=t"
    encode = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "23", "-pix_fmt", "yuv420p"]
    argv = [str(ffmpeg.find()), "-v", "error", "-f", "lavfi", "-i", source, *encode, str(path)]
    subprocess.run(argv, check=True, stdin=subprocess.DEVNULL)
    return path


def spent(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds on the clock, and of CPU in this process and its children, that `work` takes."""
    begun, before = time.perf_counter(), _cpu()
    work()
    return time.perf_counter() - begun, _cpu() - before


def _cpu() -> float:
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in uses)


def test_render__beside_ffmpeg_with_the_same_frames(clip: Path, tmp_path: Path) -> None:
    sound = write_tone(tmp_path / "sound.wav", SECONDS)
    footage = Footage(duration=SECONDS / 2, width=WIDTH, height=HEIGHT, fps=RATE)
    plan: OutputPlan = plan_output(footage, Selection(), (), Options(), SECONDS)
    ours = tmp_path / "ours.mp4"

    def rehearse() -> None:
        render(clip, plan, sound, ours, mark=False)

    def encode() -> None:
        """Decode and encode what the rehearsal made: the same frames, forward."""
        settings = [
            "-c:v",
            "libx264",
            "-preset",
            "superfast",
            "-crf",
            str(CRF),
            "-c:a",
            "aac",
            "-b:a",
            "128k",
        ]
        argv = [str(ffmpeg.find()), "-v", "error", "-y", "-i", str(ours), *settings]
        target = [*argv, "-movflags", "+faststart", str(tmp_path / "raw.mp4")]
        subprocess.run(target, check=True, stdin=subprocess.DEVNULL)

    rehearse()
    pairs = [(spent(rehearse), spent(encode)) for _ in range(RUNS)]
    clock = median(mine[0] / theirs[0] for mine, theirs in pairs)
    cpu = median(mine[1] / theirs[1] for mine, theirs in pairs)
    speed = median(SECONDS / mine[0] for mine, _ in pairs)

    print(
        f"rehearsed take of {SECONDS:g} s at 1080p: {speed:.2f} x real time, ratio to ffmpeg with the same frames "
        f"{clock:.2f} on the clock, {cpu:.2f} in CPU time ({RUNS} pairs)"
    )
    assert cpu <= LIMIT
