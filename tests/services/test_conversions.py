"""A clip is converted once, never changed, and nothing half-made is ever taken for the result."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from redub.core.errors import EnvironmentFault, UserError
from redub.core.progress import Progress
from redub.media.probe import probe
from redub.services import conversionfiles
from redub.services.conversions import Conversions
from redub.services.preflight import Preflight
from services.stand import silent
from support.clips import ClipFactory
from support.waiting import until

HEVC = {"name": "phone.mov", "codec": "hevc", "width": 400, "height": 640, "seconds": 2.0}
LONG = HEVC | {"codec": "h264", "pixel_format": "yuv422p", "width": 640, "height": 960, "seconds": 4.0}


async def test_a_legal_clip__is_used_as_it_is(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clip, conversions = clip_factory(), Conversions(tmp_path / "cache", Preflight())

    assert await conversions.legal_reference(clip, silent) == clip
    assert not (tmp_path / "cache").exists()


async def test_a_clip__is_converted_once_for_all_who_want_it(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    clip = clip_factory(**HEVC)
    before = (clip.read_bytes(), clip.stat().st_mtime_ns)
    conversions = Conversions(tmp_path / "cache", Preflight())
    told: list[list[str]] = []
    reports: list[Progress] = []
    conversions.changes.listen(lambda jobs: told.append([job.name for job in jobs]))
    try:
        one, other = await asyncio.gather(
            conversions.legal_reference(clip, silent), conversions.legal_reference(clip, reports.append)
        )
        made = one.stat().st_mtime_ns
        again = await conversions.legal_reference(clip, silent)
    finally:
        await conversions.aclose()

    facts = probe(one)
    assert one == other == again
    assert again.stat().st_mtime_ns == made
    assert facts.video is not None
    assert facts.video.codec == "h264"
    assert reports[-1].ratio == 1.0
    assert (told[0], told[-1]) == (["phone.mov"], [])
    assert (clip.read_bytes(), clip.stat().st_mtime_ns) == before


async def test_cancel__stops_it_and_leaves_nothing(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clip = clip_factory(**LONG)
    conversions = Conversions(tmp_path / "cache", Preflight())
    try:
        waiting = asyncio.ensure_future(conversions.legal_reference(clip, silent))
        await until(lambda: any(job.progress.done for job in conversions.jobs))
        conversions.cancel(conversions.jobs[0].id)
        with pytest.raises(asyncio.CancelledError):
            await waiting
    finally:
        await conversions.aclose()

    assert not conversions.jobs
    assert not list((tmp_path / "cache").rglob("*.mp4"))


async def test_nobody_waits_any_more__then_it_stops(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clip = clip_factory(**LONG)
    conversions = Conversions(tmp_path / "cache", Preflight())
    try:
        waiting = asyncio.ensure_future(conversions.legal_reference(clip, silent))
        await until(lambda: bool(conversions.jobs))
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await until(lambda: not conversions.jobs)
    finally:
        await conversions.aclose()


async def test_a_full_disk__is_said_before_anything_is_begun(
    tmp_path: Path, clip_factory: ClipFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversionfiles, "SPARE", 1 << 60)
    conversions = Conversions(tmp_path / "cache", Preflight())
    try:
        with pytest.raises(EnvironmentFault, match="not enough space"):
            await conversions.legal_reference(clip_factory(**HEVC), silent)
    finally:
        await conversions.aclose()


async def test_no_media__is_no_clip(tmp_path: Path) -> None:
    text = tmp_path / "clip.mp4"
    text.write_text("no clip at all")

    with pytest.raises(UserError):
        await Conversions(tmp_path / "cache", Preflight()).legal_reference(text, silent)
