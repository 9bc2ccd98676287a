"""The record of a take: whole, comparable, and without a secret in any of its outputs."""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from redub import log
from redub.cloud.media_urls import MediaUrls
from redub.core.tasks import TaskRecord, TaskState
from redub.services.takerecords import cost_of
from redub.services.workbench import Workbench
from services.stand import KEY, TOKEN, FakeService, at, fake_service, opened, order, silent, spoken_over
from support.clips import ClipFactory

LEGAL = {"width": 640, "height": 480, "seconds": 6.0}
CANARY = "CANARY0123456789"
SIGNED = f"https://bucket.example/clip.mp4?X-Amz-Credential={CANARY}&X-Amz-Signature={CANARY}&q-ak={CANARY}"


@pytest.fixture
def _logging_as_before() -> Iterator[None]:
    root, ours = logging.getLogger(), logging.getLogger("redub")
    before, levels = list(root.handlers), (root.level, ours.level)
    yield
    for handler in [each for each in root.handlers if each not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(levels[0])
    ours.setLevel(levels[1])


async def made(bench: Workbench, clip: Path, folder: Path, script: str) -> TaskRecord:
    record = await bench.maker.make(order(spoken_over(clip, script), folder), silent)
    assert record is not None
    return record


async def test_details__have_everything(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clip = clip_factory(**LEGAL)
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        first = await made(bench, clip, tmp_path, "The first words of it.")
        second = await made(bench, clip, tmp_path, "The second words of it.")
        one, two = await bench.records.details(first.id), await bench.records.details(second.id)
        document = msgspec.json.decode(await bench.records.as_json(second.id))

    assert second.expected_seconds is not None
    assert [event.kind for event in one.events] == ["waiting", "intended", "queued"]
    assert (one.previous, one.changes) == (None, ())
    assert two.previous is not None
    assert two.previous.id == first.id
    assert [(change.field, change.before, change.after) for change in two.changes] == [
        ("InputSsml", "The first words of it.", "The second words of it.")
    ]
    assert [(medium.kind, medium.name, len(medium.sha256)) for medium in one.media] == [
        ("reference", clip.name, 64)
    ]
    assert one.record.request_id == "req-1"
    assert one.record.limits.startswith("INT 73472")
    assert one.answers[0].question == "submit"
    assert '"TaskId":"task-1"' in one.answers[0].body
    assert document["request"]["Payload"]["InputSsml"] == "The second words of it."
    assert document["task"]["task_id"] == "task-2"
    assert document["cost"] == {"kind": "minutes", "minutes": round(second.expected_seconds / 60, 3)}
    assert document["media"][0]["sha256"] == one.media[0].sha256


async def test_the_same_file_at_another_address__is_no_change(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    clip = clip_factory(**LEGAL)
    async with fake_service() as service, opened(service, tmp_path / "home") as bench:
        first = await made(bench, clip, tmp_path, "The same words.")
        (tmp_path / "home" / "cache" / "uploads.json").unlink()  # the next upload gets another address
        second = await made(bench, clip, tmp_path, "The same words.")
        assert await bench.records.changes_between(first.id, second.id) == ()

    assert first.request != second.request
    assert first.identity == second.identity != ""


@pytest.mark.usefixtures("_logging_as_before")
async def test_no_secret__is_in_anything_that_leaves_the_program(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    clip, home = clip_factory(**LEGAL), tmp_path / "home"
    log.setup_logging(at(home), verbose=True)
    try:
        async with fake_service() as service, opened(service, home) as bench:
            record = await _made_with_secrets(bench, service, clip, tmp_path)
            logging.getLogger("redub.canary").info("sent to %s with accesstoken=%s", SIGNED, TOKEN)
            outputs = {
                "json": await bench.records.as_json(record.id),
                "curl": await bench.records.as_curl(record.id),
                "details": str(await _shown(bench, record.id)),
                "answers": str(await bench.ledger.read(lambda store: store.answers.of(record.id))),
            }
            account = await bench.accounts.chosen()
            path = await bench.bundles.write(tmp_path / "bundle.zip", secrets=[account])
    finally:
        for handler in logging.getLogger().handlers:
            handler.flush()
    with zipfile.ZipFile(path) as bundle:
        outputs |= {name: bundle.read(name).decode() for name in bundle.namelist()}
    outputs["log"] = (at(home).logs / log.FILE_NAME).read_text()

    assert f"tasks/{record.id}.json" in outputs
    assert "logs/redub.log" in outputs
    assert "bucket.example/clip.mp4" in outputs["json"]  # the address itself is no secret
    for name, text in outputs.items():
        for secret in (CANARY, TOKEN, f'"{KEY}"', "s3cr3t"):
            assert secret not in text, (name, secret)


async def _made_with_secrets(bench: Workbench, service: FakeService, clip: Path, folder: Path) -> TaskRecord:
    document = spoken_over(clip)
    take = document.shot.takes[0]
    options = replace(take.options, callback_url="https://me:s3cr3t@example.org/done?token=s3cr3t")
    shot = replace(document.shot, takes=(replace(take, options=options),))
    wanted = replace(order(replace(document, shot=shot), folder), urls=MediaUrls(reference=SIGNED))
    service.report = {"Status": "MAKING", "MediaUrl": SIGNED}
    record = await bench.maker.make(wanted, silent)
    assert record is not None
    assert CANARY in record.request  # what is sent is whole
    return record


async def _shown(bench: Workbench, id: str) -> tuple[object, ...]:
    details = await bench.records.details(id)
    return (
        details.events,
        details.request,
        details.request_line,
        details.answers,
        details.media,
        details.changes,
    )


@pytest.mark.parametrize(
    "record, cost",
    [
        (TaskRecord(id="1", state=TaskState.DONE, duration=90.0), {"kind": "minutes", "minutes": 1.5}),
        (TaskRecord(id="1", state=TaskState.MAKING), {"kind": "minutes", "minutes": None}),
        (
            TaskRecord(id="1", state=TaskState.DONE, concurrency="Exclusive"),
            {"kind": "place", "minutes": None},
        ),
        (TaskRecord(id="1", state=TaskState.REFUSED, duration=90.0), {"kind": "none", "minutes": 0.0}),
    ],
)
def test_cost_of__says_what_was_used(record: TaskRecord, cost: dict[str, object]) -> None:
    assert cost_of(record) == cost
