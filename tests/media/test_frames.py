from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from media.conftest import RunFfmpeg
from redub.core.errors import UserError
from redub.media import frames
from redub.media.frames import FrameReader, frames_for, read_range
from redub.media.packets import PictureTable, place_at, whole_table
from redub.media.picture import Picture
from support.clips import ClipFactory, frame_number, frame_numbers


def number(picture: Picture) -> int:
    rows = np.frombuffer(picture.rgb, np.uint8).reshape(-1, picture.stride)[: picture.height]
    return frame_number(rows[:, : picture.width * 3].reshape(picture.height, picture.width, 3))


CONTAINERS = ["a.mp4", "a.mov", "a.mkv", "a.ts", "a.flv", "a.avi"]


@pytest.fixture(params=CONTAINERS)
def any_clip(request: pytest.FixtureRequest, clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg) -> Path:
    """Three seconds of H.264 with B-frames, keyframes half a second apart, in each container."""
    sound = ("-c:a", "mp3") if request.param == "a.avi" else ("-c:a", "copy")
    return run_ffmpeg(request.param, "-i", clip_factory(seconds=3), "-c:v", "copy", *sound)


def test_picture__random_order__is_each_time_the_right_one(any_clip: Path) -> None:
    order = list(range(75))
    random.Random(7).shuffle(order)

    with FrameReader(any_clip) as reader:
        assert len(reader.times) == 75
        assert [number(reader.picture(index)) for index in order] == order


def test_frames_for__backward__is_each_time_the_right_one(any_clip: Path) -> None:
    times = [index / 25 for index in range(74, -1, -1)]

    shown = [frame_number(frame) for frame in frames_for(any_clip, times)]

    assert shown == list(range(74, -1, -1))


@pytest.mark.parametrize("codec,name", [("hevc", "a.mp4"), ("vp9", "a.webm"), ("prores", "a.mov")])
def test_picture__other_codecs__is_the_right_one(clip_factory: ClipFactory, codec: str, name: str) -> None:
    pixel_format = "yuv422p10le" if codec == "prores" else "yuv420p"
    clip = clip_factory(codec=codec, name=name, seconds=2, audio=False, pixel_format=pixel_format)

    with FrameReader(clip) as reader:
        assert [number(reader.picture(index)) for index in (49, 0, 30, 13, 14)] == [49, 0, 30, 13, 14]


def test_picture__long_way_to_the_keyframe__thins_out_and_is_exact(clip_factory: ClipFactory) -> None:
    clip = clip_factory(seconds=8, width=160, height=120, gop=250, b_frames=3, audio=False)
    order = [150, 10, 199, 180, 40, 160, 161, 120]

    with FrameReader(clip) as reader:
        assert [number(reader.picture(index)) for index in order] == order


def test_frame_at__edit_list__counts_from_the_first_picture_shown(
    clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg
) -> None:
    cut = run_ffmpeg("cut.mp4", "-ss", "1.3", "-i", clip_factory(seconds=3), "-c", "copy")
    wanted = frame_numbers(cut)

    with FrameReader(cut) as reader:
        assert len(reader.times) == len(wanted)
        assert reader.times[0] == 0.0
        assert [number(reader.picture(index)) for index in reversed(range(len(wanted)))] == wanted[::-1]


@pytest.mark.parametrize("name", [*CONTAINERS[:5], "cut.mp4", "a.nut", "fragments.mp4"])
def test_entries__each_lands_on_its_own_keyframe(
    clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg, name: str
) -> None:
    """A tick too early costs decoding one more stretch between keyframes with every seek."""
    before = ("-ss", "1.3") if name == "cut.mp4" else ()
    after = ("-movflags", "frag_keyframe+empty_moov") if name == "fragments.mp4" else ()
    clip = run_ffmpeg(name, *before, "-i", clip_factory(seconds=4, gop=25, b_frames=3), "-c", "copy", *after)

    with av.open(str(clip)) as container:
        stream = container.streams.video[0]
        table = whole_table(container, stream)
        landed = []
        for entry in table.entries[1:-1]:
            container.seek(entry, stream=stream, backward=True)
            landed.append(next(container.demux(stream)).pts)

    assert landed == list(table.keys[1:-1])
    assert landed


def test_table__clip_opened_twice__is_read_once_and_anew_after_a_change(
    clip_factory: ClipFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    def counting(*given: Any) -> PictureTable:
        table = whole_table(*given)
        read.append(len(table.pts))
        return table

    monkeypatch.setattr("redub.media.tables.whole_table", counting)
    clip = clip_factory(seconds=1)
    for _ in range(3):
        FrameReader(clip).close()
    clip.write_bytes(clip_factory(seconds=2, name="other.mp4").read_bytes())
    with FrameReader(clip) as reader:
        assert number(reader.picture(49)) == 49

    assert read == [25, 50]


@pytest.mark.parametrize("name", ["late.mkv", "late.mp4"])
def test_frame_at__start_offset__does_not_count(
    clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg, name: str
) -> None:
    late = run_ffmpeg(name, "-i", clip_factory(seconds=2), "-c", "copy", "-output_ts_offset", "5")

    with FrameReader(late) as reader:
        assert number(reader.frame_at(0.0)) == 0
        assert number(reader.frame_at(1.0)) == 25
        assert reader.duration == pytest.approx(2.0, abs=0.002)


def test_frame_at__varying_rate__is_the_one_on_screen(clip_factory: ClipFactory) -> None:
    times = (0.0, 0.04, 0.3, 0.34, 0.9, 1.0)

    with FrameReader(clip_factory(times=times, audio=False)) as reader:
        assert reader.times == pytest.approx(times, abs=1e-4)
        assert [number(reader.frame_at(at)) for at in (0.0, 0.29, 0.3, 0.89, 0.95, 5.0)] == [0, 1, 2, 3, 4, 5]


def test_frame_at__before__is_the_one_whose_showing_ends_there(clip_factory: ClipFactory) -> None:
    with FrameReader(clip_factory(seconds=1)) as reader:
        assert number(reader.frame_at(0.4, before=True)) == 9
        assert number(reader.frame_at(0.41, before=True)) == 10
        assert number(reader.frame_at(1.0, before=True)) == 24
        assert number(reader.frame_at(0.0, before=True)) == 0


def test_place_at__moment_of_three_decimals__finds_the_frame_it_was_picked_on() -> None:
    times = [index * 1001 / 30000 for index in range(300)]

    assert all(place_at(times, round(time, 3)) == index for index, time in enumerate(times))
    assert all(place_at(times, round(time, 3), before=True) == max(0, i - 1) for i, time in enumerate(times))


def test_picture__rotated__is_upright(clip_factory: ClipFactory) -> None:
    for rotation in (90, 180, 270):
        clip = clip_factory(rotation=rotation, width=240, height=320, seconds=1, name=f"{rotation}.mp4")
        with FrameReader(clip) as reader:
            shown = reader.picture(13)
        assert (shown.width, shown.height) == (240, 320)
        assert number(shown) == 13
        assert [frame_number(frame) for frame in frames_for(clip, [0.52, 0.56])] == [13, 14]


def test_picture__wide_pixels__are_made_square(clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg) -> None:
    clip = run_ffmpeg("wide.mp4", "-i", clip_factory(seconds=1), "-vf", "setsar=3/2")

    with FrameReader(clip) as reader:
        assert (reader.width, reader.height) == (480, 240)
        assert number(reader.picture(7)) == 7
    frame = next(frames_for(clip, [0.28]))
    assert (frame.width, frame.height, frame_number(frame)) == (480, 240, 7)


def test_picture__box__is_filled_without_changing_the_shape(clip_factory: ClipFactory) -> None:
    with FrameReader(clip_factory(seconds=1), width=160, height=400) as reader:
        shown = reader.picture(3)

    assert (shown.width, shown.height) == (160, 120)
    assert number(shown) == 3


def test_picture__odd_size__can_be_shown(clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg) -> None:
    clip = run_ffmpeg("odd.mp4", "-i", clip_factory(seconds=1), "-vf", "scale=321:241", "-pix_fmt", "yuv444p")

    with FrameReader(clip) as reader:
        assert number(reader.picture(5)) == 5
    frame = next(frames_for(clip, [0.2]))
    assert frame.format.name == "yuv420p"
    assert frame.width % 2 == frame.height % 2 == 0


def test_picture__hdr__is_brought_to_an_ordinary_screen(
    clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg
) -> None:
    tags = "setparams=color_trc=smpte2084:color_primaries=bt2020:colorspace=bt2020nc"
    clip = run_ffmpeg(
        "hdr.mp4", "-i", clip_factory(seconds=1), "-vf", tags, "-pix_fmt", "yuv420p10le", "-c:v", "libx265",
        "-x265-params", "log-level=error", "-preset", "ultrafast",
    )  # fmt: skip

    with FrameReader(clip) as reader:
        assert number(reader.picture(6)) == 6
    assert next(frames_for(clip, [0.2])).format.name == "yuv420p"


def test_nearest_keyframe__lies_before(clip_factory: ClipFactory) -> None:
    with FrameReader(clip_factory(seconds=2, gop=12)) as reader:
        assert reader.nearest_keyframe(1.2).index == 24
        assert reader.nearest_keyframe(0.96).index == 24
        assert reader.nearest_keyframe(0.2).index == 0


def test_frames_for__slower_output__repeats_and_skips(clip_factory: ClipFactory) -> None:
    clip = clip_factory(seconds=1)

    shown = [frame_number(frame) for frame in frames_for(clip, [0.0, 0.02, 0.04, 0.1, 0.9])]

    assert shown == [0, 0, 1, 2, 22]


def test_frames_for__times__are_on_the_clock_of_the_picture(
    clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg
) -> None:
    late = run_ffmpeg("late.mkv", "-i", clip_factory(seconds=1), "-c", "copy", "-output_ts_offset", "5")

    assert [frame.time for frame in frames_for(late, [0.2, 0.4])] == pytest.approx([0.2, 0.4], abs=1e-3)


def test_frames_for__turning_round__shows_the_last_frame_again(clip_factory: ClipFactory) -> None:
    clip = clip_factory(seconds=1)

    backward = [frame_number(frame) for frame in frames_for(clip, [1.0, 0.96, 0.92], before=True)]

    assert backward == [24, 23, 22]


def test_frames_for__nothing_wanted__yields_nothing(clip_factory: ClipFactory) -> None:
    assert list(frames_for(clip_factory(seconds=1), [])) == []


@pytest.mark.parametrize("pixel_format", ["yuv420p", "yuv422p10le"])
def test_picture__interlaced__shows_one_moment_without_a_comb(
    run_ffmpeg: RunFfmpeg, pixel_format: str
) -> None:
    """Lines of the two moments are white and black: shown together they would be grey, or stripes."""
    source = ("-f", "lavfi", "-i", "nullsrc=s=320x240:r=25:d=1,geq=lum=255*(1-mod(Y\\,2)):cb=128:cr=128")
    coded = (
        "-pix_fmt",
        pixel_format,
        "-c:v",
        "libx264",
        "-flags",
        "+ilme+ildct",
        "-x264opts",
        "tff=1",
        "-crf",
        "5",
    )
    clip = run_ffmpeg("i.mp4", *source, "-vf", "setfield=tff", *coded)

    with FrameReader(clip) as reader:
        shown = reader.picture(9)
        rows = np.frombuffer(shown.rgb, np.uint8).reshape(-1, shown.stride)[: shown.height, : shown.width * 3]

    assert (shown.width, shown.height) == (320, 240)
    assert rows.min() > 200


def test_read_range__part__has_the_pictures_shown_in_it(clip_factory: ClipFactory) -> None:
    clip = clip_factory(seconds=2)

    assert [frame_number(f) for f in read_range(clip, 0.4, 0.8)] == list(range(10, 20))
    assert [frame_number(f) for f in read_range(clip, 0.4, 0.8, reverse=True)] == list(range(19, 9, -1))


def test_read_range__reverse__holds_a_bounded_number_of_pictures(
    clip_factory: ClipFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = clip_factory(seconds=8, width=160, height=120, gop=250, audio=False)
    held: list[int] = []
    piece = frames._piece

    def spy(places: list[int], start: int, room: int) -> list[int]:
        held.append(len(piece(places, start, room)))
        return piece(places, start, room)

    monkeypatch.setattr(frames, "_piece", spy)

    assert [frame_number(f) for f in read_range(clip, 0, 8, reverse=True)] == list(range(199, -1, -1))
    assert max(held) <= 48


def test_room__4k__holds_fewer_pictures() -> None:
    class Large:
        width, height = 3840, 2160

    assert frames._room(Large()) < 20  # type: ignore[arg-type]  # only the size is asked for


def test_frame_reader__sound_only__says_that_there_is_no_picture(
    clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg
) -> None:
    sound = run_ffmpeg("a.wav", "-i", clip_factory(seconds=1), "-vn")

    with pytest.raises(UserError, match="no picture"):
        FrameReader(sound)


def test_picture__damaged_in_the_middle__the_rest_can_still_be_shown(clip_factory: ClipFactory) -> None:
    clip = clip_factory(seconds=3, audio=False)
    content = bytearray(clip.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 400] = bytes(400)
    clip.write_bytes(content)

    with FrameReader(clip) as reader:
        shown = [reader.picture(index).index for index in range(75)]
        assert shown == list(range(75))
        assert number(reader.picture(0)) == 0
        assert number(reader.picture(74)) == 74


def test_picture__footage__is_upright_and_in_shape(footage: Path) -> None:
    with FrameReader(footage / "selfie-portrait.mp4", width=360, height=640) as reader:
        shown = reader.frame_at(11.7)

    assert (shown.width, shown.height, shown.index) == (360, 640, 351)
