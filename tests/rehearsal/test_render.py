from __future__ import annotations

import bisect
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from redub.core.errors import UserError
from redub.core.outputplan import Footage, OutputPlan, plan_output
from redub.core.shot import (
    ConcurrencyType,
    MakeType,
    Options,
    Selection,
    StillInterval,
    VideoLoop,
)
from redub.rehearsal.mark import make_mark, writable_plane
from redub.rehearsal.picture import Moment, own_copy
from redub.rehearsal.refusal import Stopped
from redub.rehearsal.render import clamped_bit_rate, render
from rehearsal.caller import write_tone
from support.clips import ClipFactory, frame_number, frame_numbers, picture

STILLS = (StillInterval(1.2, 1.9), StillInterval(3.0, 3.5))
SECONDS = 3.0


def plan(clip_seconds: float, fps: float, seconds: float, selection: Selection, **options: Any) -> OutputPlan:
    footage = Footage(duration=clip_seconds, width=192, height=144, fps=fps)
    return plan_output(footage, selection, STILLS, Options(**options), seconds)


def expected(made: OutputPlan, times: list[float]) -> Iterator[int]:
    """Work out from the plan's spans alone which frame of the reference each picture of the result shows."""
    for number in range(made.frames):
        moment = number / made.fps
        span = [span for span in made.spans if span.out_start <= moment + 1e-9][-1]
        shown = span.ref_start + span.direction * (moment - span.out_start)
        if span.direction > 0:
            yield bisect.bisect_right(times, shown + 5e-4) - 1
        else:
            yield max(0, bisect.bisect_left(times, shown - 5e-4) - 1)


@pytest.mark.parametrize("loop", list(VideoLoop))
@pytest.mark.parametrize("seconds", [1.4, 2.44, 7.3])
@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(make_type=MakeType.CUSTOM, start=0.52, end=2.1),
        Selection(make_type=MakeType.CIRCLE, start=0.4),
        Selection(make_type=MakeType.CUSTOM_ONLY_START, start=1.1),
    ],
    ids=lambda selection: selection.make_type.value,
)
def test_render__frame_n_is_the_frame_of_the_plan(
    tmp_path: Path, clip_factory: ClipFactory, selection: Selection, seconds: float, loop: VideoLoop
) -> None:
    clip = clip_factory(width=192, height=144, seconds=SECONDS, fps=25, gop=20)
    made = plan(SECONDS, 25, seconds, selection, loop=loop)
    render(clip, made, write_tone(tmp_path / "s.wav", seconds), tmp_path / "out.mp4")
    assert frame_numbers(tmp_path / "out.mp4") == list(expected(made, [n / 25 for n in range(75)]))


@pytest.mark.parametrize("fps", [Fraction(30000, 1001), 12, 50])
@pytest.mark.parametrize("match_input", [False, True])
def test_render__frame_rates(
    tmp_path: Path, clip_factory: ClipFactory, fps: Fraction | int, match_input: bool
) -> None:
    clip = clip_factory(width=192, height=144, seconds=SECONDS, fps=fps, gop=20)
    count = round(SECONDS * fps)
    made = plan(count / float(fps), float(fps), 4.1, Selection(), match_input=match_input)
    render(clip, made, write_tone(tmp_path / "s.wav", 4.1), tmp_path / "out.mp4")
    numbers = frame_numbers(tmp_path / "out.mp4")
    assert numbers == list(expected(made, [n / float(fps) for n in range(count)]))
    with av.open(str(tmp_path / "out.mp4")) as out:
        rate = float(out.streams.video[0].average_rate or 0)
    assert rate == pytest.approx(min(60, max(15, float(fps))) if match_input else 25, rel=1e-4)
    assert len(numbers) == round(4.1 * rate)


def test_render__variable_rate_and_offset(tmp_path: Path, clip_factory: ClipFactory) -> None:
    times = (0.0, 0.03, 0.2, 0.24, 0.5, 0.9, 1.0, 1.03, 1.5, 1.92, 2.0)
    clip = clip_factory(name="vfr.mp4", width=192, height=144, times=times)
    made = plan(2.04, 10.0, 3.6, Selection())
    render(clip, made, write_tone(tmp_path / "s.wav", 3.6), tmp_path / "out.mp4")
    assert frame_numbers(tmp_path / "out.mp4") == list(expected(made, list(times)))


def test_render__circle_ends_where_it_began(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clip = clip_factory(width=192, height=144, seconds=SECONDS)
    made = plan(SECONDS, 25, 4.0, Selection(make_type=MakeType.CIRCLE, start=0.4))
    render(clip, made, write_tone(tmp_path / "s.wav", 4.0), tmp_path / "out.mp4")
    numbers = frame_numbers(tmp_path / "out.mp4")
    assert numbers[0] == numbers[-1] == 10


def test_render__container_codec_and_sound(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clip = clip_factory(width=192, height=144, seconds=SECONDS)
    made = plan(SECONDS, 25, 3.33, Selection())
    render(clip, made, write_tone(tmp_path / "s.wav", 3.33), tmp_path / "out.mp4")
    head = (tmp_path / "out.mp4").read_bytes()[:200_000]
    assert head.index(b"moov") < head.index(b"mdat")
    with av.open(str(tmp_path / "out.mp4")) as out:
        video, audio = out.streams.video[0], out.streams.audio[0]
        assert (video.index, video.codec_context.name, video.codec_context.pix_fmt) == (0, "h264", "yuv420p")
        assert audio.codec_context.name == "aac"
        assert audio.duration is not None
        assert audio.time_base is not None
        assert float(audio.duration * audio.time_base) == pytest.approx(3.33, abs=0.05)
        assert video.frames == round(3.33 * 25)
    assert not list(tmp_path.glob(".*"))


def test_render__upright(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clip = clip_factory(width=144, height=192, rotation=90, seconds=1)
    made = plan_output(Footage(duration=1, width=144, height=192, fps=25), Selection(), (), Options(), 1.0)
    render(clip, made, write_tone(tmp_path / "s.wav", 1.0), tmp_path / "out.mp4")
    assert frame_numbers(tmp_path / "out.mp4") == list(range(25))
    with av.open(str(tmp_path / "out.mp4")) as out:
        assert (out.streams.video[0].width, out.streams.video[0].height) == (144, 192)


@pytest.mark.parametrize(
    "concurrency,size", [(ConcurrencyType.SHARED, (1440, 2160)), (ConcurrencyType.EXCLUSIVE, (1600, 2400))]
)
def test_render__size_is_capped(
    tmp_path: Path, clip_factory: ClipFactory, concurrency: ConcurrencyType, size: tuple[int, int]
) -> None:
    clip = clip_factory(width=1600, height=2400, seconds=0.2)
    footage = Footage(duration=0.2, width=1600, height=2400, fps=25)
    made = plan_output(footage, Selection(), (), Options(concurrency=concurrency), 0.2)
    render(clip, made, write_tone(tmp_path / "s.wav", 0.2), tmp_path / "out.mp4")
    with av.open(str(tmp_path / "out.mp4")) as out:
        stream = out.streams.video[0]
        assert (stream.width, stream.height) == size
    assert frame_numbers(tmp_path / "out.mp4") == list(range(5))


def test_render__bit_rate_is_aimed_at(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clip = clip_factory(width=640, height=480, seconds=SECONDS)
    footage = Footage(duration=SECONDS, width=640, height=480, fps=25)
    made = plan_output(footage, Selection(), (), Options(), 6.0)
    sound = write_tone(tmp_path / "s.wav", 6.0)
    sizes = [
        render(clip, made, sound, tmp_path / f"{rate}.mp4", bit_rate=rate).stat().st_size
        for rate in (1_000_000, 3_000_000)
    ]
    assert sizes[1] > 1.5 * sizes[0]


def test_clamped_bit_rate__borders() -> None:
    assert [clamped_bit_rate(rate) for rate in (999_999, 1_000_000, 5_000_000, 9_000_001)] == [
        1_000_000, 1_000_000, 5_000_000, 9_000_000
    ]  # fmt: skip


def test_render__progress_and_stopping(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clip = clip_factory(width=192, height=144, seconds=SECONDS)
    made = plan(SECONDS, 25, 5.0, Selection())
    told: list[float] = []
    sound = write_tone(tmp_path / "s.wav", 5.0)
    render(clip, made, sound, tmp_path / "out.mp4", report=told.append)
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)

    def cancelled() -> bool:
        return told[-1] > 0.4

    told.append(0.0)
    with pytest.raises(Stopped):
        render(clip, made, sound, tmp_path / "half.mp4", report=told.append, cancelled=cancelled)
    assert not list(tmp_path.glob("*half*"))


def test_render__no_clip(tmp_path: Path) -> None:
    made = plan(SECONDS, 25, 1.0, Selection())
    (tmp_path / "text.mp4").write_text("no clip")
    with pytest.raises(UserError):
        render(tmp_path / "text.mp4", made, write_tone(tmp_path / "s.wav", 1.0), tmp_path / "out.mp4")
    assert not list(tmp_path.glob("*out*"))


def test_render__retouch_sees_the_moment(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clip = clip_factory(width=192, height=144, seconds=SECONDS)
    made = plan(SECONDS, 25, 4.0, Selection())
    seen: list[tuple[int, int, bool]] = []

    def retouch(shown: av.VideoFrame, moment: Moment) -> None:
        seen.append((moment.number, frame_number(shown), moment.span.still))
        writable_plane(shown, 0)[:40] = 255

    sound = write_tone(tmp_path / "s.wav", 4.0)
    render(clip, made, sound, tmp_path / "out.mp4", retouch=retouch)
    assert [number for number, _, _ in seen] == list(range(100))
    assert {number for _, number, still in seen if still} == set(range(30, 48))
    assert set(frame_numbers(tmp_path / "out.mp4")) == {2**16 - 1}


def test_mark__changes_its_corner_only(tmp_path: Path, clip_factory: ClipFactory) -> None:
    clip = clip_factory(width=640, height=480, seconds=0.2)
    footage = Footage(duration=0.2, width=640, height=480, fps=25)
    made = plan_output(footage, Selection(), (), Options(), 0.2)
    sound = write_tone(tmp_path / "s.wav", 0.2)
    pictures = []
    for mark in (True, False):
        path = render(clip, made, sound, tmp_path / f"{mark}.mp4", mark=mark)
        with av.open(str(path)) as out:
            pictures.append(next(out.decode(video=0)).to_ndarray(format="gray").astype(int))
    changed = np.abs(pictures[0] - pictures[1]) > 12
    rows, columns = np.nonzero(changed)
    assert changed.any()
    assert rows.min() > 400
    assert columns.max() < 240


@pytest.mark.parametrize("size", [(2, 2), (16, 400), (360, 360), (4096, 2160)])
def test_mark__fits_any_picture(size: tuple[int, int]) -> None:
    frame = av.VideoFrame.from_ndarray(np.full((*size[::-1], 3), 200, np.uint8), format="rgb24")
    make_mark(*size).blend(frame.reformat(format="yuv420p"))


def test_own_copy__leaves_the_decoders_picture_alone() -> None:
    frame = av.VideoFrame.from_ndarray(picture(192, 144, 5), format="rgb24").reformat(format="yuv420p")
    copy = own_copy(frame, 192, 144)
    assert np.array_equal(writable_plane(copy, 1), writable_plane(frame, 1))
    writable_plane(copy, 0)[:] = 0
    assert frame_number(frame) == 5
