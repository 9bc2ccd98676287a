"""Measures the face lane and rehearsed lips beside real time, on a 1080p clip with grain.

REDUB_BENCH_SECONDS is the length of the clip and the take; 30 in an ordinary run. The seconds of CPU count as well as
those on the clock: they are what a single core that does nothing else would take.
"""

from __future__ import annotations

import os
import resource
import subprocess
import time
from pathlib import Path

import pytest
from PIL import Image

from redub.core.faces import Look
from redub.core.outputplan import Footage, plan_output
from redub.core.shot import Options, Selection
from redub.media import ffmpeg
from redub.media.faces.watching import looks
from redub.media.presenter import Pose, draw_presenter
from redub.media.studio import backdrop
from redub.rehearsal.lips.driving import Wish, lips_for
from redub.rehearsal.lips.listening import mouthing_by_ear, samples_of
from redub.rehearsal.render import render
from rehearsal.caller import write_tone

pytestmark = [pytest.mark.usefixtures("faces_part"), pytest.mark.slow, pytest.mark.timeout(1800)]

SECONDS = float(os.environ.get("REDUB_BENCH_SECONDS", "30"))
WIDTH, HEIGHT, FPS = 1920, 1080, 25
LANE_FASTER, LIPS_SLOWER = 5.0, 2.0
MEGABYTES = 700
RUNS = 2


def head() -> Image.Image:
    """Return the presenter from the chest up, filling a 1080p picture: her face is some 370 pixels wide."""
    drawn = draw_presenter(backdrop(0.0).copy(), Pose()).resize((1013, 1800), Image.Resampling.LANCZOS)
    whole = Image.new("RGB", (WIDTH + 80, HEIGHT), (196, 208, 210))
    whole.paste(drawn.crop((0, 150, 1013, 150 + HEIGHT)), ((WIDTH + 80 - 1013) // 2, 0))
    return whole


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the clip: she sways a little before a wall, with grain over everything."""
    folder = tmp_path_factory.mktemp("bench")
    head().save(folder / "head.png")
    moved = f"crop={WIDTH}:{HEIGHT}:40+24*sin(n/20):0,noise=alls=6:allf=t,format=yuv420p"
    source = ["-loop", "1", "-framerate", str(FPS), "-t", str(SECONDS), "-i", str(folder / "head.png")]
    encode = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "23"]
    argv = [str(ffmpeg.find()), "-v", "error", *source, "-vf", moved, *encode, str(folder / "clip.mp4")]
    subprocess.run(argv, check=True, stdin=subprocess.DEVNULL)
    return folder / "clip.mp4"


def cpu() -> float:
    """Return the seconds of CPU that this process and its ended children have used."""
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in uses)


def test_lane__beside_real_time(clip: Path) -> None:
    best, found = 0.0, list[Look]()
    for _run in range(RUNS):
        begun, used = time.perf_counter(), cpu()
        found = list(looks(clip))
        clock, used = time.perf_counter() - begun, cpu() - used
        best = max(best, SECONDS / min(clock, used))
        said = f"{len(found)} looks, {used / SECONDS:.3f} s of CPU for a second"
        print(f"\nface lane, {SECONDS:.0f} s of 1080p: {SECONDS / clock:.1f} x real time, {said}")
    assert sum(bool(look.faces) for look in found) > 0.95 * len(found)
    assert best >= LANE_FASTER


def test_lips__beside_real_time(clip: Path, tmp_path: Path) -> None:
    sound = write_tone(tmp_path / "sound.wav", SECONDS)
    footage = Footage(duration=SECONDS, width=WIDTH, height=HEIGHT, fps=FPS)
    plan = plan_output(footage, Selection(), (), Options(), SECONDS)
    begun, used, before = time.perf_counter(), cpu(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    made = lips_for(clip, plan, lambda: mouthing_by_ear(*samples_of(sound)), Wish())
    assert made is not None
    looked = time.perf_counter() - begun
    render(clip, plan, sound, tmp_path / "out.mp4", retouch=made)
    whole, used = time.perf_counter() - begun, cpu() - used
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"\nlips, {SECONDS:.0f} s of 1080p: {whole / SECONDS:.2f} x real time "
        f"(of it {looked / SECONDS:.2f} for looking), "
        f"{used / SECONDS:.2f} s of CPU for a second, {grown:.0f} MB more memory"
    )
    assert float(made.strengths.mean()) > 0.95
    assert min(whole, used) <= LIPS_SLOWER * SECONDS
    assert grown < MEGABYTES
