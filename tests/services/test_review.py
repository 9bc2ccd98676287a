from __future__ import annotations

import errno
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from redub.core.clip import ClipFacts
from redub.core.errors import EnvironmentFault, UserError
from redub.core.history import History
from redub.core.part import Part
from redub.core.review import Review, Sentence, Verdict
from redub.core.shot import DriverType, MakeType, Selection, Shot, Source, Take
from redub.core.takerecord import Medium
from redub.core.tasks import RemoteStatus, TaskRecord, TaskState
from redub.media.probe import probe
from redub.services.clipstrips import ClipStrips
from redub.services.editing import ShotView
from redub.services.faces import FaceBook
from redub.services.ledger import Ledger
from redub.services.redoing import redo_edit
from redub.services.review import REFERENCE, Reviews
from redub.services.reviewfiles import export_sheet, export_take
from redub.store.tasks import Intent
from support.clips import ClipFactory

SCRIPT = "One is here. Two is there. Three is gone."
SRT = (
    "1\n00:00:00,000 --> 00:00:00,900\nOne is here.\n\n"
    "2\n00:00:01,000 --> 00:00:01,900\nTwo is there.\n\n"
    "3\n00:00:02,000 --> 00:00:02,900\nThree is gone.\n\n"
)
SENTENCES = (
    Sentence(0.0, 0.9, "One is here."),
    Sentence(1.0, 1.9, "Two is there."),
    Sentence(2.0, 2.9, "Three is gone."),
)


def a_view(*takes: Take, facts: ClipFacts | None = None, selection: Selection | None = None) -> ShotView:
    path = facts.path if facts is not None else "/films/clip.mp4"
    shot = Shot(reference=Source(path=path), takes=takes, selection=selection or Selection())
    return ShotView(shot=shot, take_id=takes[0].id if takes else "", facts=facts)


def a_request(**video: object) -> str:
    video_param = {"MakeType": "Default", **video}
    return json.dumps(
        {"Header": {}, "Payload": {"InputSsml": SCRIPT, "VideoLoop": 0, "VideoParam": video_param}}
    )


def a_record(**fields: object) -> TaskRecord:
    usual = {
        "id": "t1",
        "state": TaskState.DONE,
        "take_id": "a",
        "take_name": "Intro",
        "request": a_request(),
    }
    return TaskRecord(**(usual | fields))  # type: ignore[arg-type]  # fields of a record, of many types


def test_redo_edit__is_one_step_with_just_those_sentences() -> None:
    take, last = Take(id="a", name="Intro", script=SCRIPT), Take(id="b", name="Outro")
    view = a_view(take, last)
    review = Review(SENTENCES).judge(0, Verdict.REDO).judge(2, Verdict.REDO)

    edit, take_id = redo_edit(review, a_record(), view)
    history = History.beginning_with(view.shot).push(edit.label, edit.change(view.shot))

    made = history.state.take(take_id)
    assert made.script == "One is here. Three is gone."
    assert made.name == "Intro · 2 sentences again"
    assert [one.id for one in history.state.takes] == ["a", take_id, "b"]
    assert history.undo().state == view.shot


def test_redo_edit__of_a_take_that_was_removed_takes_its_words_from_the_request() -> None:
    review = Review(SENTENCES).judge(1, Verdict.REDO)

    edit, take_id = redo_edit(review, a_record(take_id="gone"), a_view(Take(id="b", name="Outro")))

    assert edit.change(a_view().shot).take(take_id).script == "Two is there."


def test_redo_edit__says_why_not() -> None:
    with pytest.raises(UserError, match="Nothing is to be redone"):
        redo_edit(Review(SENTENCES), a_record(), a_view(Take(id="a", name="Intro", script=SCRIPT)))
    spoken = Take(id="a", name="Intro", driver=DriverType.ORIGINAL_VOICE)
    with pytest.raises(UserError, match="recording"):
        redo_edit(Review(SENTENCES).judge(0, Verdict.REDO), a_record(), a_view(spoken))


def test_export_take__copies_both_and_writes_over_nothing(tmp_path: Path) -> None:
    video, folder = tmp_path / "made.mp4", tmp_path / "out"
    video.write_bytes(b"a video")
    video.with_suffix(".srt").write_text(SRT)
    record = a_record(result=str(video), subtitles=str(video.with_suffix(".srt")))

    first, second = export_take(record, folder), export_take(record, folder)

    assert [path.name for path in first] == ["made.mp4", "made.srt"]
    assert [path.name for path in second] == ["made (2).mp4", "made (2).srt"]
    assert second[0].read_bytes() == b"a video"
    assert second[1].read_text() == SRT
    assert len(list(folder.iterdir())) == 4


def test_export_take__a_folder_that_takes_nothing_keeps_no_half_file(tmp_path: Path) -> None:
    video = tmp_path / "made.mp4"
    video.write_bytes(b"a video")
    (tmp_path / "out").write_text("a file, no folder")

    with pytest.raises(Exception, match="out"):
        export_take(a_record(result=str(video)), tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["made.mp4", "out"]


def test_export_take__a_disk_that_is_full_keeps_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    video, folder = tmp_path / "made.mp4", tmp_path / "out"
    video.write_bytes(b"a video")

    def half(_source: Path, target: Path) -> None:
        target.write_bytes(b"a v")
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(shutil, "copyfile", half)
    with pytest.raises(EnvironmentFault, match="no space"):
        export_take(a_record(result=str(video)), folder)

    assert list(folder.iterdir()) == []


def test_export_sheet__says_everything_in_html_and_csv(tmp_path: Path) -> None:
    review = Review(SENTENCES).judge(1, Verdict.REDO).remark(1, "<louder> 太快").remark(2, "=1+1")

    page = export_sheet(a_record(), review, tmp_path / "sheet.html").read_text("utf-8")
    table = export_sheet(a_record(), review, tmp_path / "sheet.csv").read_bytes().decode("utf-8-sig")

    assert "&lt;louder&gt; 太快" in page
    assert "1 to be redone" in page
    lines = table.splitlines()
    assert lines[2] == "2,00:01.000,00:01.900,Two is there.,to be redone,<louder> 太快"
    assert lines[3].endswith("'=1+1")  # no spreadsheet takes it for a formula


def medium_of(clip: Path, sent: str) -> Medium:
    return Medium(kind=REFERENCE, name=clip.name, size=clip.stat().st_size, sent_sha256=sent)


class Desk:
    """A history of finished tasks, and reviews over it."""

    def __init__(self, ledger: Ledger, tmp_path: Path) -> None:
        self.ledger = ledger
        self.folder = tmp_path / "reviews"
        cache = tmp_path / "cache"
        self.reviews = Reviews(self.folder, cache, ledger, FaceBook(ClipStrips(cache)))

    async def made(self, result: Path, clip: Path, request: str, sent: str = "") -> str:
        """Put a finished task into the history, with its subtitles beside the video, and return its id."""
        media = msgspec.json.encode([medium_of(clip, sent)]).decode()
        intent = Intent(request=request, shot="clip", take_id="a", take_name="Intro", media=media)
        record = await self.ledger.write(lambda store: store.intend(intent))
        await self.ledger.write(lambda store: store.accepted(record.id, f"T-{record.id}"))
        await self.ledger.write(
            lambda store: store.reported(
                record.id, status=RemoteStatus.SUCCESS, media_url="https://a.example/r.mp4"
            )
        )
        result.with_suffix(".srt").write_text(SRT)
        await self.ledger.write(lambda store: store.done(record.id, result=str(result)))
        return record.id


@asynccontextmanager
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    ledger = await Ledger.open(tmp_path / "tasks.sqlite3")
    try:
        yield Desk(ledger, tmp_path)
    finally:
        await ledger.aclose()


async def test_open__aligns_the_reference_by_what_was_asked_for(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    clip, result = clip_factory(name="clip.mp4", seconds=2.0), clip_factory(name="made.mp4", seconds=3.0)
    view = a_view(Take(id="a", name="Intro"), facts=probe(clip))
    async with desk(tmp_path) as one:
        id = await one.made(result, clip, a_request(MakeType="Custom", StartTime=0.5, EndTime=1.5))
        session = await one.reviews.open(id, view)

    judged, reference = session.panes
    assert session.review.sentences == SENTENCES
    assert judged.alignment.moment(1.2) == pytest.approx(1.2)
    assert reference.path == clip
    assert reference.alignment.moment(0.4) == pytest.approx(0.9)
    assert reference.alignment.moment(1.4) == pytest.approx(1.1, abs=0.002)  # turned round at 1.5 s
    assert session.remark == ""


async def test_open__a_part_that_was_sent_stands_where_it_lies_in_the_clip(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    clip, result = clip_factory(name="clip.mp4", seconds=4.0), clip_factory(name="made.mp4", seconds=1.0)
    picked = Selection(make_type=MakeType.CUSTOM, start=2.5, end=3.5)
    view = replace(a_view(facts=probe(clip), selection=picked), part=Part(2.0, 4.0))
    async with desk(tmp_path) as one:
        request = a_request(MakeType="Custom", StartTime=0.5, EndTime=1.5)
        session = await one.reviews.open(await one.made(result, clip, request, sent="x"), view)

    assert session.panes[1].alignment.moment(0.4) == pytest.approx(2.9)


async def test_open__of_another_clip_has_no_reference_and_says_so(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    clip, result = clip_factory(name="clip.mp4", seconds=2.0), clip_factory(name="made.mp4", seconds=3.0)
    other = clip_factory(name="other.mp4", seconds=1.0)
    async with desk(tmp_path) as one:
        session = await one.reviews.open(
            await one.made(result, clip, a_request()), a_view(facts=probe(other))
        )

    assert len(session.panes) == 1
    assert "not the one that is open" in session.remark


async def test_open__another_take_stands_beside_it(clip_factory: ClipFactory, tmp_path: Path) -> None:
    clip = clip_factory(name="clip.mp4", seconds=2.0)
    results = [clip_factory(name=f"made{n}.mp4", seconds=3.0) for n in range(2)]
    async with desk(tmp_path) as one:
        first, second = [await one.made(result, clip, a_request()) for result in results]
        results[0].with_suffix(".srt").write_text("1\n00:00:00,500 --> 00:00:01,000\nTwo is there.\n")
        session = await one.reviews.open(second, a_view(facts=probe(clip)), (first, REFERENCE))

    assert [pane.key for pane in session.panes] == [second, first, REFERENCE]
    assert session.panes[1].alignment.moment(1.2) == pytest.approx(0.7)
    assert {key for key, _title in session.offered} == {REFERENCE, first}


async def test_keep__is_there_again_when_it_is_opened_anew(clip_factory: ClipFactory, tmp_path: Path) -> None:
    clip, result = clip_factory(name="clip.mp4", seconds=2.0), clip_factory(name="made.mp4", seconds=3.0)
    told = list[dict[str, str]]()
    async with desk(tmp_path) as one:
        one.reviews.changes.listen(told.append)
        id = await one.made(result, clip, a_request())
        review = (await one.reviews.open(id, a_view())).review.judge(1, Verdict.REDO)
        await one.reviews.keep(id, review)
        again = await one.reviews.open(id, a_view())

        assert again.review == review
        assert await one.reviews.summaries() == {id: "Review: 1 sentence to redo"}
        (one.folder / "damaged.json").write_text("{")
        assert list(await one.reviews.summaries()) == [id]
    assert told == [{id: "Review: 1 sentence to redo"}]


async def test_open__a_video_that_is_gone_says_where_it_was(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    clip, result = clip_factory(name="clip.mp4", seconds=1.0), clip_factory(name="made.mp4", seconds=1.0)
    async with desk(tmp_path) as one:
        id = await one.made(result, clip, a_request())
        result.unlink()
        with pytest.raises(UserError, match=r"made\.mp4"):
            await one.reviews.open(id, a_view())
