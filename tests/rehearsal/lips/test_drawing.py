"""Lips in pictures: what is moved, and above all what is not."""

from __future__ import annotations

import wave
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image, ImageDraw

from redub.core.outputplan import Footage, OutputPlan, plan_output
from redub.core.shot import Options, Selection, StillInterval
from redub.media.faces import parts
from redub.media.faces.watching import watch
from redub.media.faces.wire import OVAL, ROW, Answer, Request, Task
from redub.media.probe import probe
from redub.media.speech import Speaker
from redub.rehearsal.lips import driving
from redub.rehearsal.lips.driving import Lips, Wish, lips_for
from redub.rehearsal.lips.listening import mouthing_by_ear, samples_of
from redub.rehearsal.lips.mouthing import Mouthing, effort
from redub.rehearsal.lips.phonemes import mouthing_of
from redub.rehearsal.lips.tracking import rows
from redub.rehearsal.mark import writable_plane
from redub.rehearsal.picture import Moment, own_copy, pictures
from redub.rehearsal.render import render
from support.logs import ExpectedLog

pytestmark = [pytest.mark.usefixtures("faces_part"), pytest.mark.slow]

SCRIPT = "Maybe we should open the window; both of you have wonderful voices."
STILL = StillInterval(0.6, 1.2)


def wide_open(seconds: float = 10.0) -> Mouthing:
    rows = np.ones(int(seconds * 100), np.float32)
    return Mouthing(rows, rows * 0, rows * 0, rows * 0)


def plan_for(clip: Path, seconds: float, *stills: StillInterval) -> OutputPlan:
    facts = probe(clip)
    assert facts.video is not None
    footage = Footage(
        duration=facts.duration,
        width=facts.video.shown_width,
        height=facts.video.shown_height,
        fps=facts.video.frame_rate,
    )
    return plan_output(footage, Selection(), stills, Options(), seconds)


def lips(clip: Path, plan: OutputPlan, wish: Wish | None = None, mouthing: Mouthing | None = None) -> Lips:
    made = lips_for(clip, plan, lambda: mouthing or wide_open(), wish or Wish())
    assert made is not None
    return made


Planes = list[np.ndarray]


def planes(picture: av.VideoFrame) -> Planes:
    return [writable_plane(picture, number).copy() for number in range(3)]


def each(clip: Path, plan: OutputPlan, moved: Lips) -> list[tuple[Moment, Planes, Planes]]:
    """Return every picture of the result before encoding: as in the reference, and with the lips moved."""
    found = []
    for moment, frame in pictures(clip, plan):
        picture = own_copy(frame, plan.width, plan.height)
        before = planes(picture)
        moved(picture, moment)
        found.append((moment, before, planes(picture)))
    return found


def same(one: Planes, other: Planes) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_lips__still_intervals_are_bit_identical_there_and_back(eventful_clip: Path) -> None:
    plan = plan_for(eventful_clip, 8.0, STILL)
    seen = each(eventful_clip, plan, lips(eventful_clip, plan))
    still = [same(before, after) for moment, before, after in seen if moment.span.still]
    driven = [
        same(before, after)
        for moment, before, after in seen
        if not moment.span.still and moment.reference_time < 0.5
    ]
    assert len(still) >= 28
    assert all(still)
    assert driven
    assert not any(driven)


def test_lips__nothing_where_covered_or_absent(eventful_clip: Path) -> None:
    plan = plan_for(eventful_clip, 3.9)
    seen = each(eventful_clip, plan, lips(eventful_clip, plan))
    alone = [same(before, after) for moment, before, after in seen if 2.04 <= moment.reference_time < 3.16]
    assert all(alone)


def test_lips__a_covered_mouth_is_driven_when_that_is_asked_for(eventful_clip: Path) -> None:
    plan = plan_for(eventful_clip, 3.9)
    seen = each(eventful_clip, plan, lips(eventful_clip, plan, Wish(avoid_covered=False)))
    moved = [not same(before, after) for moment, before, after in seen if 2.1 <= moment.reference_time < 2.3]
    assert any(moved)


def test_lips__nothing_outside_the_face(eventful_clip: Path) -> None:
    plan = plan_for(eventful_clip, 1.0)
    made = lips(eventful_clip, plan)
    for moment, before, after in each(eventful_clip, plan, made):
        held = made._track.at(moment.reference_time)
        assert held is not None
        face = Image.new("1", (plan.width, plan.height))
        outline = held.in_picture(held.own)[rows(OVAL)]
        ImageDraw.Draw(face).polygon([(float(x), float(y)) for x, y in outline], fill=1, outline=1)
        changed = before[0] != after[0]
        assert changed.any()
        assert not (changed & ~np.asarray(face)).any()


def test_lips__open_when_they_should_and_close_when_they_should(eventful_clip: Path, tmp_path: Path) -> None:
    plan = plan_for(eventful_clip, 1.9)
    shut = wide_open()
    shut = Mouthing(shut.jaw * 0, shut.round, shut.press, shut.tuck)
    gaps = []
    for number, mouthing in enumerate((wide_open(), shut)):
        out = tmp_path / f"{number}.mp4"
        render(
            eventful_clip, plan, silent(tmp_path / "s.wav", 1.9), out,
            mark=False, retouch=lips(eventful_clip, plan, mouthing=mouthing),
        )  # fmt: skip
        gaps.append(float(np.median(openings(out)[1])))
    assert gaps[0] > 0.09
    assert gaps[1] < 0.045


def test_lips__come_and_go_softly_around_a_still_interval(eventful_clip: Path) -> None:
    plan = plan_for(eventful_clip, 1.9, STILL)
    strengths = lips(eventful_clip, plan).strengths
    assert strengths[0] == strengths[5] == 1.0
    assert np.all(strengths[15:30] == 0.0)
    assert 0 < strengths[13] < strengths[11] <= 1.0
    assert 0 < strengths[31] < strengths[33] <= 1.0


def test_lips__beyond_the_pose_limits_nothing_moves(
    eventful_clip: Path, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectedLog
) -> None:
    expect_log("no face in the clip can be driven")
    monkeypatch.setattr("redub.core.faces.PITCH_LIMIT", 0.5)
    plan = plan_for(eventful_clip, 1.0)
    assert lips_for(eventful_clip, plan, wide_open, Wish()) is None


def test_lips__without_the_part_they_stay_as_filmed(
    eventful_clip: Path, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectedLog
) -> None:
    expect_log("“faces” is not installed")
    monkeypatch.setattr(parts, "missing", lambda: ("OpenCV",))
    monkeypatch.setattr(driving, "watch", lambda *_asked: pytest.fail("no worker without its libraries"))
    assert lips_for(eventful_clip, plan_for(eventful_clip, 1.0), wide_open, Wish()) is None


def test_lips__new_teeth_look_otherwise_than_learnt_ones(eventful_clip: Path) -> None:
    plan = plan_for(eventful_clip, 0.4)
    own, new = (
        each(eventful_clip, plan, lips(eventful_clip, plan, Wish(new_teeth=new)))[5][2]
        for new in (False, True)
    )
    assert not same(own, new)
    assert int(new[0].max()) >= int(own[0].max())


def test_lips__scaled_down_results(eventful_clip: Path) -> None:
    plan = plan_for(eventful_clip, 0.4)
    small = OutputPlan(plan.duration, plan.fps, 180, 320, plan.spans)
    seen = each(eventful_clip, small, lips(eventful_clip, small))
    rows, columns = np.nonzero(seen[3][1][0] != seen[3][2][0])
    assert rows.size
    assert columns.min() > 40
    assert columns.max() < 140
    assert rows.max() < 175


def silent(path: Path, seconds: float) -> Path:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16_000)
        out.writeframes(bytes(2 * int(seconds * 16_000)))
    return path


def openings(clip: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return moments and how far the analyser sees the mouth open, in widths between the eyes' corners."""
    times, gaps = [], []
    for answer in watch(Request(task=Task.LIPS, path=str(clip), rate=31)):
        if isinstance(answer, Answer) and answer.seen:
            points = answer.seen[0].points()
            unit = np.linalg.norm(points[ROW[33]] - points[ROW[263]])
            times.append(answer.time)
            gaps.append(np.linalg.norm(points[ROW[13]] - points[ROW[14]]) / unit)
    return np.array(times), np.array(gaps)


def follows_the_speech(clip: Path, wav: Path, made: Lips, out: Path, plan: OutputPlan) -> float:
    """Render, look at the result, and return how far the mouth goes with the loudness where it is driven."""
    render(clip, plan, wav, out, mark=False, retouch=made)
    times, gaps = openings(out)
    places = np.clip(np.rint(times * plan.fps).astype(int), 0, plan.frames - 1)
    driven = made.strengths[places] > 0.99
    samples, rate = samples_of(wav)
    window = int(0.1 * rate)
    level = np.sqrt(np.convolve(samples.astype(float) ** 2, np.ones(window) / window, "same"))
    heard = np.interp(times[driven], np.arange(len(level)) / rate, level)
    return float(np.corrcoef(gaps[driven], heard)[0, 1])


def spoken(folder: Path) -> tuple[Path, float, Mouthing]:
    speaker, wav = Speaker(), folder / "said.wav"
    said = speaker.speak(SCRIPT, speaker.voices()[0], 1.0, 0, wav)
    return wav, said.duration, mouthing_of(said.phonemes, said.duration, effort(*samples_of(wav)))


def test_lips__she_says_that_sentence(calm_clip: Path, tmp_path: Path) -> None:
    wav, seconds, mouthing = spoken(tmp_path)
    plan = plan_for(calm_clip, seconds)
    made = lips(calm_clip, plan, mouthing=mouthing)
    assert follows_the_speech(calm_clip, wav, made, tmp_path / "out.mp4", plan) >= 0.6


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "name", ["selfie-portrait.mp4", "half-length-wide.mp4", "head-turns.mp4", "head-tilts.mp4"]
)
def test_lips__real_persons_say_that_sentence(footage: Path, tmp_path: Path, name: str) -> None:
    wav, seconds, mouthing = spoken(tmp_path)
    clip = footage / name
    plan = plan_for(clip, seconds)
    made = lips(clip, plan, mouthing=mouthing)
    assert follows_the_speech(clip, wav, made, tmp_path / "out.mp4", plan) >= 0.6


@pytest.mark.timeout(300)
def test_lips__a_recording_is_said_by_a_far_person_who_turns(
    footage: Path, tmp_path: Path, to_wav: Callable[[Path], tuple[Path, float]]
) -> None:
    wav, seconds = to_wav(footage / "presenter-bench-speech.wav")
    clip = footage / "presenter-bench-hevc.mp4"
    plan = plan_for(clip, seconds)
    made = lips(clip, plan, mouthing=mouthing_by_ear(*samples_of(wav)))
    assert follows_the_speech(clip, wav, made, tmp_path / "out.mp4", plan) >= 0.6


@pytest.fixture
def to_wav(tmp_path: Path) -> Callable[[Path], tuple[Path, float]]:
    from redub.rehearsal import sound

    def convert(path: Path) -> tuple[Path, float]:
        return tmp_path / "sound.wav", sound.to_wav(path, tmp_path / "sound.wav")

    return convert
