"""Measures what a conversion costs beside raw ffmpeg with the very same arguments (CPU time of the children)."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

from redub.core.conversion import Decision, EncodeSettings, decide
from redub.core.progress import Progress
from redub.media import convert, ffmpeg, recipe
from redub.media.probe import probe
from support.clips import ClipFactory

RUNS = 5
LIMIT = 1.10
SETTINGS = EncodeSettings()


def children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def measured(work: Callable[[], Awaitable[object]]) -> float:
    before = children_seconds()
    await work()
    return children_seconds() - before


async def test_conversion__beside_raw_ffmpeg__costs_the_same(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    clip = clip_factory(codec="hevc", seconds=5, width=480, height=270)
    facts, program = probe(clip), ffmpeg.find()
    decision: Decision = decide(facts)

    async def ours() -> None:
        reports: list[Progress] = []
        await convert.convert(
            facts, decision, tmp_path / "ours.mp4", settings=SETTINGS, ffmpeg=program, report=reports.append
        )

    async def raw() -> None:
        argv = recipe.arguments(facts, decision, tmp_path / "raw.mp4", SETTINGS, program)
        subprocess.run(argv, check=True, stdin=subprocess.DEVNULL, capture_output=True)  # noqa: ASYNC221 - measured alone

    pairs = [(await measured(ours), await measured(raw)) for _ in range(RUNS)]
    mine, bare = (median(times) for times in zip(*pairs, strict=True))

    print(
        f"conversion: {mine:.3f} s, raw ffmpeg: {bare:.3f} s of CPU time, ratio {mine / bare:.3f} ({RUNS} runs)"
    )
    assert mine / bare <= LIMIT
