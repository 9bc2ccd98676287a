"""Only a part is converted: cut on the frame, and what the plan shows of it is what it shows of the whole."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from media.conftest import RunFfmpeg
from redub.core.conversion import EncodeSettings, decide
from redub.core.outputplan import Footage, OutputPlan, plan_output
from redub.core.part import Part, as_sent, decide_part, used_part
from redub.core.proof import Copy
from redub.core.shot import MakeType, Options, Selection, Shot, StillInterval
from redub.core.timemap import SAME
from redub.media import convert, ffmpeg
from redub.media.packets import place_at
from redub.media.probe import probe
from redub.media.proving import clock_of
from support.clips import ClipFactory, frame_numbers

FAST = EncodeSettings(preset="ultrafast")


async def cut(clip: Path, part: Part, name: str = "part.mp4") -> Copy:
    facts = probe(clip)
    return await convert.convert(
        facts,
        decide_part(facts, part),
        clip.with_name(name),
        settings=FAST,
        ffmpeg=ffmpeg.find(),
        report=lambda progress: None,
        part=part,
    )


@pytest.mark.parametrize("rate", [25, Fraction(30000, 1001)])
@pytest.mark.parametrize("gop", [12, 250])
async def test_part__is_cut_on_the_frame(clip_factory: ClipFactory, rate: Fraction, gop: int) -> None:
    clip = clip_factory(codec="hevc", seconds=6, fps=rate, gop=gop)
    first = 30 if rate == 25 else 60
    part = Part(float(first / Fraction(rate)), float((first + 40) / Fraction(rate)))

    copy = await cut(clip, part)

    assert frame_numbers(Path(copy.path)) == list(range(first, first + 40))
    made = probe(copy.path)
    assert made.audio is not None
    assert made.audio.duration == pytest.approx(part.seconds, abs=0.06)
    assert copy.proof.wanted == pytest.approx(part.seconds)


async def test_part__of_a_legal_clip_and_of_one_that_starts_late(
    clip_factory: ClipFactory, run_ffmpeg: RunFfmpeg
) -> None:
    plain = clip_factory(seconds=6, name="plain.mp4")
    late = run_ffmpeg("late.ts", "-i", plain, "-c", "copy", "-output_ts_offset", "5")

    for clip in (plain, late):
        copy = await cut(clip, Part(2.0, 4.0), f"{clip.stem}-part.mp4")
        assert frame_numbers(Path(copy.path)) == list(range(50, 100))


async def test_part__sound_stays_beside_its_picture(clip_factory: ClipFactory) -> None:
    clip = clip_factory(codec="hevc", seconds=6)  # loud in every even second
    copy = await cut(clip, Part(2.0, 4.0))

    with av.open(copy.path) as container:
        pieces = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    sound = np.concatenate(pieces)
    loud, soft = (np.abs(sound[a:b]).mean() for a, b in ((4_800, 43_200), (52_800, 91_200)))
    assert loud > 5 * soft


async def test_part__plan_and_prediction__are_the_same_frame_for_frame(clip_factory: ClipFactory) -> None:
    clip = clip_factory(codec="hevc", seconds=14, gop=60, b_frames=2)
    facts = probe(clip)
    shot = Shot(
        selection=Selection(make_type=MakeType.CUSTOM, start=4.2, end=9.88, only_part=True),
        still_intervals=(StillInterval(5.0, 5.6), StillInterval(8.2, 9.0)),
    )
    part = used_part(facts, shot.selection)
    assert part is not None
    copy = await cut(clip, part)

    whole = shown(clip, plan(shot, facts.duration))
    piece = shown(Path(copy.path), plan(as_sent(shot, part, copy.proof.clock), part.seconds))

    assert len(whole) == 300
    assert piece == whole


async def test_part__varying_rate__picked_times_show_the_picked_frames(clip_factory: ClipFactory) -> None:
    times = tuple(
        index / 30 + (0.013 if index % 3 else 0.0) + (0.2 if index >= 60 else 0.0) for index in range(180)
    )
    clip = clip_factory(times=times, audio=False, gop=40)
    facts = probe(clip)
    part = Part(1.0, 5.0)
    copy = await cut(clip, part)
    numbers = frame_numbers(Path(copy.path))
    rate = copy.proof.rate

    wrong = [
        index
        for index, time in enumerate(times)
        if part.start + 0.1 < time < part.end - 0.1
        and numbers[round(copy.proof.clock.at(time - part.start) * rate)] != index
    ]
    assert facts.video is not None
    assert facts.video.variable_rate
    assert wrong == []
    assert 0 < copy.proof.clock.largest_move <= 0.5 / rate + 1e-6


def plan(shot: Shot, seconds: float) -> tuple[OutputPlan, float]:
    footage = Footage(duration=seconds, width=320, height=240, fps=25)
    return plan_output(footage, shot.selection, shot.still_intervals, Options(), 12.0), seconds


def shown(clip: Path, planned: tuple[OutputPlan, float]) -> list[tuple[int, bool]]:
    """Return the burnt-in number and the stillness of every frame that the plan shows of `clip`."""
    numbers, (made, _seconds) = frame_numbers(clip), planned
    times = [place / 25 for place in range(len(numbers))]
    frames = []
    for place in range(made.frames):
        span = made.span_at(place / made.fps)
        moment = made.reference_time(place / made.fps)
        frames.append((numbers[place_at(times, moment, before=span.direction < 0)], span.still))
    return frames


def test_clock__whole_clip_of_a_constant_rate__moves_nothing(clip_factory: ClipFactory) -> None:
    facts = probe(clip_factory(codec="hevc", seconds=1))

    assert clock_of(facts, decide(facts), None) is SAME
    assert clock_of(facts, replace(decide(facts), rate=Fraction(24)), None) is not SAME
