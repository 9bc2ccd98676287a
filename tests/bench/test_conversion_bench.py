"""Measures what a conversion costs beside raw ffmpeg with the very same arguments, and what not doing it saves."""

from __future__ import annotations

import asyncio
import resource
import subprocess
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

import pytest

from redub.core.conversion import Decision, EncodeSettings, Kind, decide
from redub.core.part import Part, decide_part
from redub.core.progress import Progress
from redub.media import convert, ffmpeg, recipe
from redub.media.probe import probe
from support.clips import ClipFactory
from support.waiting import until

RUNS = 5
SETTINGS = EncodeSettings()
FAST = EncodeSettings(preset="ultrafast")
TEN_MINUTES = 60
"""Rounds of a clip of ten seconds."""

ENCODE_LIMIT = 1.02
RECOGNISE_LIMIT = 0.150
REMUX_LIMIT = 1.3
PART_FACTOR = 10
LEFT_WITHIN = 0.25
REPORTS_A_SECOND = 2
STOP_LIMIT = 1.0


def children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def measured(work: Callable[[], Awaitable[object]], clock: Callable[[], float]) -> float:
    before = clock()
    await work()
    return clock() - before


def run_ffmpeg(*arguments: str | Path) -> None:
    argv = [str(ffmpeg.find()), "-v", "error", "-nostdin", "-y", *map(str, arguments)]
    subprocess.run(argv, check=True, capture_output=True)


def long_clip(folder: Path, name: str, size: str, *encoder: str) -> Path:
    """Ten minutes for the price of ten seconds: the same pictures again and again."""
    short, whole = folder / f"short-{name}", folder / name
    noisy = f"testsrc2=s={size}:r=25:d=10,noise=alls=3:allf=t"
    run_ffmpeg("-f", "lavfi", "-i", noisy, *encoder, "-pix_fmt", "yuv420p", short)
    run_ffmpeg("-stream_loop", str(TEN_MINUTES - 1), "-i", short, "-c", "copy", whole)
    return whole


async def made(
    clip: Path, target: Path, decision: Decision, settings: EncodeSettings, part: Part | None = None
) -> None:
    await convert.convert(
        probe(clip),
        decision,
        target,
        settings=settings,
        ffmpeg=ffmpeg.find(),
        report=lambda progress: None,
        part=part,
    )


async def raw(clip: Path, target: Path, decision: Decision, settings: EncodeSettings) -> None:
    argv = recipe.arguments(probe(clip), decision, target, settings, ffmpeg.find())
    subprocess.run(argv, check=True, stdin=subprocess.DEVNULL, capture_output=True)  # noqa: ASYNC221 - measured alone


async def test_encode__beside_raw_ffmpeg__costs_the_same(clip_factory: ClipFactory, tmp_path: Path) -> None:
    clip = clip_factory(codec="hevc", seconds=6, width=640, height=360)
    decision = decide(probe(clip))
    pairs = [
        (
            await measured(lambda: made(clip, tmp_path / "ours.mp4", decision, SETTINGS), children_seconds),
            await measured(lambda: raw(clip, tmp_path / "raw.mp4", decision, SETTINGS), children_seconds),
        )
        for _ in range(RUNS)
    ]
    mine, bare = (min(times) for times in zip(*pairs, strict=True))
    print(f"encode: {mine:.3f} s, raw ffmpeg {bare:.3f} s of CPU time, ratio {mine / bare:.3f} ({RUNS} runs)")
    assert mine / bare <= ENCODE_LIMIT


def test_legal_clip_of_ten_minutes__is_recognised_at_once(tmp_path: Path) -> None:
    clip = long_clip(tmp_path, "legal.mp4", "640x360", "-preset", "ultrafast")
    times = []
    for _ in range(RUNS):
        before = time.process_time()
        decision = decide(probe(clip))
        times.append(time.process_time() - before)
        assert decision.kind is Kind.NOTHING
    megabytes = clip.stat().st_size / 1e6
    print(f"recognised {megabytes:.0f} MB in {median(times) * 1000:.0f} ms of CPU time ({RUNS} runs)")
    assert min(times) <= RECOGNISE_LIMIT


async def test_remux_of_ten_minutes__beside_raw_ffmpeg(tmp_path: Path) -> None:
    clip = long_clip(tmp_path, "in.mkv", "640x360", "-preset", "ultrafast")
    facts, decision = probe(clip), decide(probe(clip))
    assert decision.kind is Kind.REMUX

    async def ours() -> None:
        await convert.convert(
            facts,
            decision,
            tmp_path / "o.mp4",
            settings=FAST,
            ffmpeg=ffmpeg.find(),
            report=lambda progress: None,
        )

    async def bare() -> None:
        argv = recipe.arguments(facts, decision, tmp_path / "r.mp4", FAST, ffmpeg.find())
        subprocess.run(argv, check=True, stdin=subprocess.DEVNULL, capture_output=True)  # noqa: ASYNC221 - alone

    pairs = [
        (await measured(ours, time.monotonic), await measured(bare, time.monotonic)) for _ in range(2 * RUNS)
    ]
    mine, theirs = (median(times) for times in zip(*pairs, strict=True))
    # Of neighbours: a machine that is busy for a while is busy for both.
    ratio = median(ours / raw for ours, raw in pairs)
    print(
        f"remux of {facts.size / 1e6:.0f} MB: {mine:.2f} s, raw ffmpeg {theirs:.2f} s, ratio {ratio:.2f} "
        f"(medians of {len(pairs)} pairs)"
    )
    assert ratio <= REMUX_LIMIT


async def test_part_of_ten_minutes__is_ready_far_sooner_than_the_whole(tmp_path: Path) -> None:
    quiet = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error")
    clip = long_clip(tmp_path, "in.mp4", "320x180", *quiet)
    facts, part = probe(clip), Part(300.0, 334.0)
    assert facts.duration == pytest.approx(600, abs=1)

    some = await measured(
        lambda: made(clip, tmp_path / "part.mp4", decide_part(facts, part), SETTINGS, part), time.monotonic
    )
    whole = await measured(
        lambda: made(clip, tmp_path / "whole.mp4", decide(facts), SETTINGS), time.monotonic
    )
    print(f"part of 34 s: {some:.1f} s, whole 600 s: {whole:.1f} s, {whole / some:.1f} times sooner")
    assert whole / some >= PART_FACTOR


async def test_progress__comes_often_and_knows_how_long_it_takes(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    clip = clip_factory(codec="hevc", seconds=24, width=640, height=360)
    runs = [await observed(clip, tmp_path / "o.mp4") for _ in range(3)]
    often, wrong = (median(values) for values in zip(*runs, strict=True))
    print(f"progress {often:.1f} times a second, time left wrong by up to {wrong:.0%} (median of 3 runs)")
    assert often >= REPORTS_A_SECOND
    assert wrong <= LEFT_WITHIN


async def observed(clip: Path, target: Path) -> tuple[float, float]:
    """Return how often progress came a second, and the largest error of the time left after the first fifth."""
    facts, heard, begun = probe(clip), list[tuple[float, Progress]](), time.monotonic()
    await convert.convert(
        facts,
        decide(facts),
        target,
        settings=SETTINGS,
        ffmpeg=ffmpeg.find(),
        report=lambda progress: heard.append((time.monotonic() - begun, progress)),
    )
    took = time.monotonic() - begun
    moving = [(at, one) for at, one in heard if not one.note]
    told = [
        (at, one.seconds_left)
        for at, one in moving
        if (one.ratio or 0) >= 0.2 and one.seconds_left is not None
    ]
    return len(moving) / took, max(abs(at + left - took) / took for at, left in told)


async def test_stop__child_and_file_are_gone_within_a_second(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    clip = clip_factory(pixel_format="yuv422p", seconds=8, width=640, height=960)
    folder = tmp_path / "out"
    folder.mkdir()
    times = []
    for _ in range(RUNS):
        work = asyncio.ensure_future(
            made(clip, folder / "o.mp4", decide(probe(clip)), EncodeSettings(preset="veryslow"))
        )
        await until(lambda: any(folder.iterdir()))
        work.cancel()
        times.append(await measured(lambda task=work: asyncio.wait([task]), time.monotonic))  # type: ignore[misc]  # the lambda binds its task
        assert not list(folder.iterdir())
    print(f"stopped within {median(times):.2f} s, at most {max(times):.2f} s ({RUNS} runs)")
    assert max(times) <= STOP_LIMIT
