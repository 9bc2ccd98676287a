from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import opentimelineio as otio
import pytest

from redub.core.errors import UserError
from redub.core.marklist import Marked, MarkList
from redub.store.editformats import marks as files
from redub.store.editformats.otio import Placed, write_takes

MARKS = (Marked("Segment", 1.0, 9.0), Marked("Still", 2.0, 2.52), Marked("Still", 5.04, 6.0))


def a_list(rate: float = 25.0) -> MarkList:
    return MarkList(marks=MARKS, path="/films/my clip 片.mp4", rate=rate, seconds=12.0)


@pytest.mark.parametrize("ending", ["otio", "edl", "fcpxml", "csv"])
def test_save__comes_back_to_the_frame(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"marks.{ending}"

    files.save(a_list(), path)

    found = files.load(path, 25.0)
    assert [one.name for one in found] == ["Segment", "Still", "Still"]
    for mark, there in zip(MARKS, found, strict=True):
        assert there.start == pytest.approx(mark.start, abs=0.0005)
        assert there.end == pytest.approx(mark.end, abs=0.0005)


@pytest.mark.parametrize("ending", ["otio", "edl", "fcpxml"])
@pytest.mark.parametrize("rate", [23.976, 29.97, 50.0])
def test_save__other_rates_come_back_within_half_a_frame(tmp_path: Path, ending: str, rate: float) -> None:
    path = tmp_path / f"marks.{ending}"

    files.save(a_list(rate), path)

    for mark, there in zip(MARKS, files.load(path, rate), strict=True):
        assert there.start == pytest.approx(mark.start, abs=0.51 / rate)
        assert there.end == pytest.approx(mark.end, abs=1.01 / rate)


def test_load__an_edl_as_resolve_exports_it(tmp_path: Path) -> None:
    path = tmp_path / "resolve.edl"
    path.write_bytes(
        b"TITLE: Timeline 1\r\nFCM: NON-DROP FRAME\r\n\r\n"
        b"001  001      V     C        00:00:03:10 00:00:03:11 00:00:03:10 00:00:03:11  \r\n"
        b"keep the lips |C:ResolveColorBlue |M:Marker 1 |D:15\r\n"
    )

    assert files.load(path, 25.0) == (Marked("Marker 1", 3.4, 4.0),)


def test_load__otio_markers_of_the_timeline_count_too_and_points_do_not(tmp_path: Path) -> None:
    timeline = otio.schema.Timeline("edit")
    for start, length in ((25, 50), (100, 0)):
        reach = otio.opentime.TimeRange(
            otio.opentime.RationalTime(start, 25), otio.opentime.RationalTime(length, 25)
        )
        timeline.tracks.markers.append(otio.schema.Marker(name="quiet", marked_range=reach))
    path = tmp_path / "edit.otio"
    otio.core.serialize_json_to_file(timeline, str(path))

    assert files.load(path, 25.0) == (Marked("quiet", 1.0, 3.0),)


@pytest.mark.parametrize(
    "name, data, said",
    [
        ("a.otio", b"{", "not an OpenTimelineIO file"),
        ("a.otio", b'{"OTIO_SCHEMA": "Timeline.1"}', "not an OpenTimelineIO file"),
        ("a.edl", b"TITLE: x", "No marks were found"),
        ("a.fcpxml", b"<xml/>", "not an FCPXML file"),
        ("a.fcpxml", b'<!DOCTYPE x [<!ENTITY a "b">]><fcpxml/>', "not an FCPXML file"),
        ("a.csv", b"Mark,StartTime,EndTime\nStill,2.0,1.0\n", "Line 2 of the table"),
        ("a.csv", b"", "has no marks"),
        ("a.txt", b"", "no list of marks"),
    ],
)
def test_load__says_what_is_wrong(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)

    with pytest.raises(UserError, match=said):
        files.load(path, 25.0)


def test_fcpxml__names_the_clip_and_counts_in_frames(tmp_path: Path) -> None:
    path = tmp_path / "marks.fcpxml"
    files.save(a_list(), path)

    root = ET.parse(path).getroot()  # our own file

    assert root.find("resources/format").get("frameDuration") == "1/25s"  # type: ignore[union-attr]  # it is there
    media = root.find("resources/asset/media-rep")
    assert media is not None
    assert media.get("src") == Path("/films/my clip 片.mp4").as_uri()
    markers = [one.attrib for one in root.iter("marker")]
    assert markers[1] == {"start": "2s", "duration": "13/25s", "value": "Still"}


def test_write_takes__one_after_another(tmp_path: Path) -> None:
    path = tmp_path / "takes.otio"
    path.write_bytes(
        write_takes(
            "my shot", [Placed("Intro", "/r/a.mp4", 25.0, 4.0), Placed("Outro", "/r/b.mp4", 25.0, 2.0)]
        )
    )

    timeline = otio.adapters.read_from_file(str(path))
    clips = list(timeline.find_clips())
    assert [clip.name for clip in clips] == ["Intro", "Outro"]
    assert timeline.duration().to_seconds() == 6.0
    assert clips[1].range_in_parent().start_time.to_seconds() == 4.0
    assert clips[1].media_reference.target_url == Path("/r/b.mp4").as_uri()
