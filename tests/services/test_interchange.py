from __future__ import annotations

from pathlib import Path

import opentimelineio as otio
import pytest

from redub.core.errors import UserError
from redub.core.shot import MakeType, Selection, Shot, Source, StillInterval
from redub.core.tasks import TaskRecord, TaskState
from redub.media.probe import probe
from redub.services.editing import ShotView
from redub.services.interchange import export_marks, export_takes, import_marks
from support.clips import ClipFactory


def a_view(clip: Path, shot: Shot) -> ShotView:
    return ShotView(shot=shot, facts=probe(clip))


@pytest.mark.parametrize("ending", ["otio", "edl", "fcpxml", "csv"])
def test_marks__go_out_and_come_back_in_one_step(
    clip_factory: ClipFactory, tmp_path: Path, ending: str
) -> None:
    clip, path = clip_factory(seconds=4.0), tmp_path / f"marks.{ending}"
    bare = Shot(reference=Source(path=str(clip)))
    marked = Shot(
        reference=bare.reference,
        selection=Selection(make_type=MakeType.CUSTOM, start=0.4, end=3.6),
        still_intervals=(StillInterval(1.0, 1.52), StillInterval(2.0, 2.4)),
    )

    export_marks(a_view(clip, marked), path)

    assert import_marks(a_view(clip, bare), path).change(bare) == marked


def test_export_marks__without_any_says_so(clip_factory: ClipFactory, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no marks to export"):
        export_marks(a_view(clip_factory(seconds=1.0), Shot()), tmp_path / "a.otio")
    assert not (tmp_path / "a.otio").exists()


def test_import_marks__behind_the_end_of_the_clip_are_refused(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Still,3600.0,3601.0\n")

    with pytest.raises(UserError, match="do not belong to this clip"):
        import_marks(a_view(clip_factory(seconds=1.0), Shot()), path)


def test_export_takes__has_the_real_lengths(clip_factory: ClipFactory, tmp_path: Path) -> None:
    clips = [clip_factory(name=f"{name}.mp4", seconds=seconds) for name, seconds in (("a", 1.0), ("b", 2.0))]
    records = [
        TaskRecord(id=clip.stem, state=TaskState.DONE, take_name=f"Take {clip.stem}", result=str(clip))
        for clip in clips
    ]

    export_takes("my shot", records, tmp_path / "takes.otio")

    timeline = otio.adapters.read_from_file(str(tmp_path / "takes.otio"))
    assert [clip.name for clip in timeline.find_clips()] == ["Take a", "Take b"]
    assert timeline.duration().to_seconds() == pytest.approx(3.0, abs=0.05)


def test_export_takes__a_video_that_is_gone_leaves_no_timeline(tmp_path: Path) -> None:
    gone = TaskRecord(id="a", state=TaskState.DONE, result=str(tmp_path / "gone.mp4"))

    with pytest.raises(UserError, match="not there"):
        export_takes("my shot", [gone], tmp_path / "takes.otio")
    assert list(tmp_path.iterdir()) == []
