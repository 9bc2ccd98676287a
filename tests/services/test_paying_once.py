"""The same is never paid for twice by accident: two uploads, two calls, two programs."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from redub.core.tasks import TaskRecord, TaskState
from redub.services.making import Again
from redub.store.shotfile import save
from services.stand import KEY, TOKEN, at, fake_service, opened, order, silent, spoken_over
from support.clips import ClipFactory
from terminal.calling import begun

LEGAL = {"width": 640, "height": 480, "seconds": 6.0}


async def follow(_twins: tuple[TaskRecord, ...]) -> Again:
    return Again.FOLLOW


async def test_two_uploads_of_one_file__are_one_request(tmp_path: Path, clip_factory: ClipFactory) -> None:
    wanted = order(spoken_over(clip_factory(**LEGAL)), tmp_path)
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        first = await bench.maker.make(wanted, silent, follow)
        (at(tmp_path / "home").cache / "uploads.json").unlink()
        second = await bench.maker.make(wanted, silent, follow)

    assert first is not None
    assert second is not None
    assert second.id == first.id
    assert len(service.submits) == 1


async def test_another_script_or_another_file__is_another_request(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    clip, other = clip_factory(**LEGAL), clip_factory(**(LEGAL | {"seconds": 7.0, "name": "other.mp4"}))
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        for document in (spoken_over(clip), spoken_over(clip, "Other words."), spoken_over(other)):
            await bench.maker.make(order(document, tmp_path), silent, follow)

    assert len(service.submits) == 3


async def test_two_calls_at_the_same_instant__pay_once(tmp_path: Path, clip_factory: ClipFactory) -> None:
    wanted = order(spoken_over(clip_factory(**LEGAL)), tmp_path)
    async with (
        fake_service() as service,
        opened(service, tmp_path / "home") as one,
        opened(service, tmp_path / "home") as other,
    ):
        made = await asyncio.gather(
            *(bench.maker.make(wanted, silent, follow) for bench in (one, other, one, other))
        )

    assert len({record.id for record in made if record is not None}) == 1
    assert (len(service.submits), len(service.uploads)) == (1, 1)


async def test_a_task_that_only_waits__is_a_twin_too(tmp_path: Path, clip_factory: ClipFactory) -> None:
    wanted = order(spoken_over(clip_factory(**LEGAL)), tmp_path)
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        await bench.queue.pause(f"custom|{KEY}")
        first = await bench.maker.enqueue(wanted, silent, follow)
        second = await bench.maker.enqueue(wanted, silent, follow)

    assert first is not None
    assert second == first
    assert first.state is TaskState.WAITING
    assert service.submits == []


@pytest.mark.slow
async def test_two_programs_at_the_same_instant__pay_once(
    tmp_path: Path, redub_home: Path, clip_factory: ClipFactory
) -> None:
    document, shot = spoken_over(clip_factory(**LEGAL)), tmp_path / "a.redub"
    save(document.shot, shot)
    key = {"REDUB_APPKEY": KEY, "REDUB_ACCESSTOKEN": TOKEN}
    async with fake_service() as service:
        service.report = {"Status": "FAIL", "FailCode": 801004}
        children = [begun("make", shot, "--json", "--service", service.base_url, **key) for _ in range(3)]
        outcomes = await asyncio.gather(*(asyncio.to_thread(child.communicate) for child in children))

    assert len(service.submits) == 1, [err for _out, err in outcomes]
    ids = {task["id"] for out, _err in outcomes if out for task in json.loads(out)["tasks"]}
    assert len(ids) == 1
    assert (redub_home / "data").is_dir()
