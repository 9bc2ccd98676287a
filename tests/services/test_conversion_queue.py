"""The queue: order, pause, stop, a full disk, a crash; nothing is converted twice and nothing half-made stays."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from redub.core.conversion import EncodeSettings, decide
from redub.core.errors import EnvironmentFault, UserError
from redub.core.jobs import ConversionJob, JobState
from redub.core.part import Part
from redub.media.probe import probe
from redub.services import conversionfiles
from redub.services.conversionnames import result_name
from redub.services.conversions import Conversions
from redub.services.preflight import Preflight
from redub.store import queuefile
from redub.store.settings import Settings
from services.stand import silent
from support.clips import ClipFactory
from support.waiting import until

SHORT = {"codec": "hevc", "width": 160, "height": 120, "seconds": 1.0}
LONG = {"pixel_format": "yuv422p", "width": 640, "height": 960, "seconds": 4.0}
FAST = EncodeSettings(preset="ultrafast")


def queue(tmp_path: Path, **changes: object) -> Conversions:
    return Conversions(tmp_path / "cache", Preflight(), settings=FAST, **changes)  # type: ignore[arg-type]  # by name


def states(conversions: Conversions) -> list[tuple[str, JobState]]:
    return [(job.name, job.state) for job in conversions.jobs]


async def all_ended(conversions: Conversions) -> None:
    open_states = {JobState.WAITING, JobState.RUNNING}
    await until(lambda: not any(job.state in open_states for job in conversions.jobs))


async def test_add__converts_each_in_order_to_the_folder_that_was_chosen(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    clips = [clip_factory(name=f"{name}.mov", first_frame=place, **SHORT) for place, name in enumerate("ab")]
    before = [clip.read_bytes() for clip in clips]
    folder = tmp_path / "out"
    conversions = queue(tmp_path, name_template="{name} {width}x{height}")
    try:
        await conversions.add(clips, str(folder))
        assert conversions.seconds_left > 0
        await all_ended(conversions)
        again = await conversions.legal_reference(clips[0], silent)
    finally:
        await conversions.aclose()

    assert states(conversions) == [("a.mov", JobState.DONE), ("b.mov", JobState.DONE)]
    assert sorted(path.name for path in folder.iterdir()) == ["a 160x120.mp4", "b 160x120.mp4"]
    assert "No frame has moved." in conversions.jobs[0].said
    assert decide(probe(folder / "a 160x120.mp4")).kind == "nothing"
    assert again.parent == tmp_path / "cache" / "converted"
    assert len(list(again.parent.glob("*.mp4"))) == 2
    assert [clip.read_bytes() for clip in clips] == before
    assert conversions.speed > 0


async def test_add__same_clip_again__is_not_converted_but_brought_under_another_name(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    clip, folder = clip_factory(name="a.mov", **SHORT), tmp_path / "out"
    conversions = queue(tmp_path)
    made: list[object] = []
    conversions.made.listen(made.append)
    try:
        await conversions.add([clip], str(folder))
        await all_ended(conversions)
        await conversions.add([clip], str(folder))
        await all_ended(conversions)
    finally:
        await conversions.aclose()

    assert len(made) == 1
    assert sorted(path.name for path in folder.iterdir()) == ["a (H.264) (2).mp4", "a (H.264).mp4"]


async def test_add__legal_clip_and_no_clip__are_told_in_the_list(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    text = tmp_path / "text.mp4"
    text.write_text("no clip")
    conversions = queue(tmp_path)
    try:
        await conversions.add([clip_factory(name="legal.mp4"), text])
        await all_ended(conversions)
    finally:
        await conversions.aclose()

    assert states(conversions) == [("legal.mp4", JobState.DONE), ("text.mp4", JobState.FAILED)]
    assert "as it is" in conversions.jobs[0].said
    assert "text" in conversions.jobs[1].said


async def test_pause__finishes_the_present_one_and_begins_no_other(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    clips = [clip_factory(name=f"{name}.mov", first_frame=place, **SHORT) for place, name in enumerate("ab")]
    conversions = queue(tmp_path)
    try:
        await conversions.pause(True)
        await conversions.add(clips)
        assert states(conversions) == [("a.mov", JobState.WAITING), ("b.mov", JobState.WAITING)]
        await conversions.pause(False)
        await until(lambda: conversions.jobs[0].state is JobState.RUNNING)
        await conversions.pause(True)
        await until(lambda: conversions.jobs[0].state is JobState.DONE)
        assert conversions.jobs[1].state is JobState.WAITING
        await conversions.pause(False)
        await all_ended(conversions)
    finally:
        await conversions.aclose()

    assert states(conversions) == [("a.mov", JobState.DONE), ("b.mov", JobState.DONE)]


async def test_move__changes_the_order(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clips = [clip_factory(name=f"{name}.mov", first_frame=place, **SHORT) for place, name in enumerate("abc")]
    conversions = queue(tmp_path)
    done: list[str] = []
    conversions.made.listen(lambda _copy: done.append(conversions.jobs[len(done)].name))
    try:
        await conversions.pause(True)
        ids = await conversions.add(clips)
        await conversions.move(ids[2], 0)
        await conversions.move(ids[0], 99)
        await conversions.pause(False)
        await all_ended(conversions)
    finally:
        await conversions.aclose()

    assert [job.name for job in conversions.jobs] == ["c.mov", "b.mov", "a.mov"]
    assert done == ["c.mov", "b.mov", "a.mov"]


async def test_stop__leaves_nothing_and_can_be_tried_again(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clip = clip_factory(name="a.mov", **LONG)
    conversions = Conversions(tmp_path / "cache", Preflight(), settings=EncodeSettings(preset="veryslow"))
    try:
        (job,) = await conversions.add([clip])
        await until(lambda: bool(conversions.jobs[0].progress.done))
        await conversions.stop(job)
        assert states(conversions) == [("a.mov", JobState.STOPPED)]
        assert not list((tmp_path / "cache").rglob("*.mp4"))
        conversions.settings = FAST
        await conversions.retry(job)
        assert conversions.jobs[0].state in {JobState.WAITING, JobState.RUNNING}
        await all_ended(conversions)
    finally:
        await conversions.aclose()

    assert states(conversions) == [("a.mov", JobState.DONE)]


async def test_a_take_that_waits__goes_first(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clips = [clip_factory(name=f"{name}.mov", first_frame=place, **SHORT) for place, name in enumerate("abc")]
    conversions = queue(tmp_path)
    done: list[str] = []
    try:
        await conversions.pause(True)
        await conversions.add(clips[:2])
        waiting = asyncio.ensure_future(conversions.legal_reference(clips[2], silent))
        await until(lambda: len(conversions.jobs) == 3)
        assert [job.name for job in conversions.jobs] == ["c.mov", "a.mov", "b.mov"]
        waiting.add_done_callback(
            lambda _task: done.extend(name for name, state in states(conversions) if state == "done")
        )
        await conversions.pause(False)
        await waiting
        await all_ended(conversions)
    finally:
        await conversions.aclose()

    assert done == []
    assert states(conversions) == [("a.mov", JobState.DONE), ("b.mov", JobState.DONE)]


async def test_disk_nearly_full__stops_it_with_words_and_leaves_nothing(
    tmp_path: Path, clip_factory: ClipFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = clip_factory(name="a.mov", **LONG)
    conversions = Conversions(tmp_path / "cache", Preflight(), settings=EncodeSettings(preset="veryslow"))
    free = [1 << 40]
    monkeypatch.setattr(conversionfiles, "free_space", lambda _folder: free[0])
    monkeypatch.setattr(conversionfiles, "LOOK_EVERY", 0.01)
    try:
        await conversions.add([clip])
        await until(lambda: bool(conversions.jobs[0].progress.done))
        free[0] = 1000
        await all_ended(conversions)
    finally:
        await conversions.aclose()

    assert states(conversions) == [("a.mov", JobState.FAILED)]
    assert "before the disk was full" in conversions.jobs[0].said
    assert not list((tmp_path / "cache").rglob("*.mp4"))


async def test_crash__finished_stays_finished_and_what_ran_starts_again(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    clips = [clip_factory(name=f"{name}.mov", first_frame=place, **SHORT) for place, name in enumerate("ab")]
    first = queue(tmp_path)
    await first.add(clips[:1])
    await all_ended(first)
    await first.aclose()
    folder = tmp_path / "cache" / "converted"
    kept = queuefile.load(folder)
    ran = ConversionJob(id="2", source=str(clips[1]), name="b.mov", state=JobState.RUNNING, asked=True)
    queuefile.save(queuefile.Queue(jobs=(*kept.jobs, ran), speed=kept.speed), folder)
    finished = next(folder.glob("*.mp4")).stat().st_mtime_ns

    second = queue(tmp_path)
    await second.resume()
    try:
        await all_ended(second)
    finally:
        await second.aclose()

    assert states(second) == [("a.mov", JobState.DONE), ("b.mov", JobState.DONE)]
    assert finished in {path.stat().st_mtime_ns for path in folder.glob("*.mp4")}
    assert second.speed > 0


async def test_closing__keeps_the_queue_for_the_next_run(tmp_path: Path, clip_factory: ClipFactory) -> None:
    first = Conversions(tmp_path / "cache", Preflight(), settings=EncodeSettings(preset="veryslow"))
    await first.add([clip_factory(name="a.mov", **LONG)])
    await until(lambda: bool(first.jobs[0].progress.done))
    await first.aclose()
    assert not list((tmp_path / "cache").rglob("*.mp4"))

    second = queue(tmp_path)
    await second.resume()
    try:
        await all_ended(second)
    finally:
        await second.aclose()

    assert states(second) == [("a.mov", JobState.DONE)]


async def test_forget__takes_what_has_ended_off_the_list(tmp_path: Path, clip_factory: ClipFactory) -> None:
    conversions = queue(tmp_path)
    try:
        await conversions.add([clip_factory(name="a.mov", **SHORT)])
        await all_ended(conversions)
        await conversions.forget()
    finally:
        await conversions.aclose()

    assert conversions.jobs == ()
    assert queuefile.load(tmp_path / "cache" / "converted").jobs == ()


async def test_a_copy_without_its_proof__is_made_again(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clip, conversions = clip_factory(name="a.mov", **SHORT), queue(tmp_path)
    try:
        made = await conversions.legal_reference(clip, silent)
        made.write_bytes(made.read_bytes()[:1000])
        again = await conversions.legal_reference(clip, silent)
        facts = probe(clip)
        copy = conversions.copy_of(facts, None)
    finally:
        await conversions.aclose()

    assert again == made
    assert probe(again).duration == pytest.approx(1.0, abs=0.05)
    assert copy is not None
    assert copy.proof.frames == 25


async def test_part__is_another_file_than_the_whole(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clip, conversions = clip_factory(name="a.mov", **SHORT | {"seconds": 3.0}), queue(tmp_path)
    try:
        part = await conversions.legal_reference(clip, silent, Part(1.0, 2.0))
        whole = await conversions.legal_reference(clip, silent)
        legal = await conversions.legal_reference(whole, silent, Part(0.4, 1.2))
    finally:
        await conversions.aclose()

    assert probe(part).duration == pytest.approx(1.0, abs=0.001)
    assert probe(whole).duration == pytest.approx(3.0, abs=0.001)
    assert probe(legal).duration == pytest.approx(0.8, abs=0.001)


async def test_command_line__is_the_one_that_would_run(tmp_path: Path, clip_factory: ClipFactory) -> None:
    conversions = queue(tmp_path)
    line = await conversions.command_line(clip_factory(name="a.mov", **SHORT))

    assert " -c:v libx264 " in line
    assert "-preset ultrafast" in line
    with pytest.raises(UserError):
        await conversions.command_line(clip_factory(name="legal.mp4"))


def test_result_name__template__fills_in_and_says_what_it_does_not_know(clip_factory: ClipFactory) -> None:
    facts = probe(clip_factory(name="a b.mov", **SHORT))
    decision = decide(facts)

    assert result_name("{name}_{width}x{height}_{rate}_{kind}", facts, decision) == "a b_160x120_25_re-encode"
    assert result_name("", facts, decision) == "a b (H.264)"
    assert "/" not in result_name("../{name}", facts, decision)
    with pytest.raises(UserError, match="gives no name"):
        result_name("{nonsense}", facts, decision)


def test_queue_file__that_cannot_be_read__is_an_empty_one(tmp_path: Path) -> None:
    assert queuefile.load(tmp_path) == queuefile.Queue()
    (tmp_path / queuefile.FILE_NAME).write_text("{broken")
    assert queuefile.load(tmp_path).jobs == ()


def test_queue_file__keeps_only_what_was_asked_for(tmp_path: Path) -> None:
    asked = ConversionJob(id="1", source="/a", name="a", part=Part(1.0, 2.0), asked=True)
    jobs = (asked, replace(asked, id="2", asked=False))

    queuefile.save(queuefile.Queue(jobs=jobs, paused=True, speed=2.0), tmp_path)

    assert queuefile.load(tmp_path) == queuefile.Queue(jobs=(asked,), paused=True, speed=2.0)


async def test_no_space__is_said_before_anything_is_begun(
    tmp_path: Path, clip_factory: ClipFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversions = queue(tmp_path)
    monkeypatch.setattr(conversionfiles, "SPARE", 1 << 60)
    try:
        with pytest.raises(EnvironmentFault, match="not enough space"):
            await conversions.legal_reference(clip_factory(name="a.mov", **SHORT), silent)
    finally:
        await conversions.aclose()


async def test_settings_changed_meanwhile__count_for_what_comes_after(
    tmp_path: Path, clip_factory: ClipFactory
) -> None:
    clip = clip_factory(name="a.mov", **SHORT | {"width": 640, "height": 480})
    conversions = queue(tmp_path)
    try:
        await conversions.pause(True)
        await conversions.add([clip])
        conversions.follow(Settings(convert_preset="superfast", convert_longest=480))
        await conversions.pause(False)
        await all_ended(conversions)
        first = probe(conversions.jobs[0].result).video
        second = probe(await conversions.legal_reference(clip, silent)).video
    finally:
        await conversions.aclose()

    assert first is not None
    assert second is not None
    assert (first.width, first.height) == (640, 480)
    assert (second.width, second.height) == (480, 360)
