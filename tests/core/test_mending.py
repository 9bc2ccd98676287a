"""One click takes a finding away, as one edit that can be undone, and breaks nothing else."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from core.test_checks import CLIP, KNOWN, SHOT, TAKE, VIDEO
from redub.core.checks import Knowledge, check
from redub.core.clip import ClipFacts
from redub.core.findings import Finding, Remedy
from redub.core.mending import Ground, can_mend, mended
from redub.core.shot import (
    MakeType,
    Options,
    Selection,
    Shot,
    Source,
    StillInterval,
    VideoLoop,
)
from redub.core.timbre import Timbre

LONG = replace(CLIP, duration=1300.0, video=replace(VIDEO, codec="hevc"))
LEGAL_LONG = replace(CLIP, duration=660.0)
LONG_SCRIPT = " ".join(f"This is sentence number {number}." for number in range(120))


def custom(start: float | None, end: float | None) -> Shot:
    return replace(SHOT, selection=Selection(make_type=MakeType.CUSTOM, start=start, end=end))


def stills(*edges: tuple[float, float]) -> Shot:
    return replace(SHOT, still_intervals=tuple(StillInterval(*edge) for edge in edges))


def take(**changes: object) -> Shot:
    return replace(SHOT, takes=(replace(TAKE, **changes),))  # type: ignore[arg-type]  # fields by name


def options(**changes: object) -> Shot:
    return take(options=replace(Options(), **changes))  # type: ignore[arg-type]  # fields by name


def speech(**changes: object) -> Shot:
    return take(speech=replace(TAKE.speech, **changes))  # type: ignore[arg-type]  # fields by name


CASES = [
    ("segment.outside", custom(2.0, 25.0), CLIP),
    ("segment.length.low", custom(2.0, 4.0), CLIP),
    ("segment.length.low", custom(18.0, 20.0), CLIP),
    ("segment.order", custom(9.0, 4.0), CLIP),
    ("segment.start.void", replace(SHOT, selection=Selection(start=2.0)), CLIP),
    ("segment.end.void", replace(SHOT, selection=Selection(make_type=MakeType.CIRCLE, end=9.0)), CLIP),
    ("reference.duration.high", SHOT, LONG),
    ("stills.order", stills((5, 6), (1, 2)), CLIP),
    ("stills.overlap", stills((1, 3), (2, 4)), CLIP),
    ("stills.count.high", stills(*((2.0 * n, 2.0 * n + 1) for n in range(8))), CLIP),
    ("stills.empty", stills((3, 3)), CLIP),
    ("stills.outside", stills((18, 21)), CLIP),
    (
        "stills.void",
        replace(stills((12, 13)), selection=Selection(make_type=MakeType.CUSTOM, end=10.0)),
        CLIP,
    ),
    ("script.length.high", take(script=LONG_SCRIPT), CLIP),
    (
        "loop.void",
        replace(options(loop=VideoLoop.FORWARD), selection=Selection(make_type=MakeType.CIRCLE)),
        CLIP,
    ),
    ("photo.void", options(ref_photo=Source(path="/p.jpg"), track_face=False), CLIP),
    ("callback.form", options(callback_url="example.org/done"), CLIP),
    ("speech.speed.high", speech(speed=3.0), CLIP),
    ("speech.volume.high", speech(volume=11), CLIP),
    ("speech.volume.low", speech(volume=-1), CLIP),
    ("speech.emotion_intensity.low", speech(emotion="tc_sad", emotion_intensity=1), CLIP),
    ("voice.volume.void", speech(timbre_key="male_1", volume=3), CLIP),
    ("voice.intensity.void", speech(emotion_intensity=80), CLIP),
]


def found(shot: Shot, facts: ClipFacts) -> dict[str, Finding]:
    every = itertools.chain.from_iterable(
        check(shot, one, replace(KNOWN, reference=facts)) for one in shot.takes
    )
    return {finding.code: finding for finding in every}


@pytest.mark.parametrize("code, shot, facts", CASES)
def test_mended__takes_the_finding_away_and_brings_no_other_error(
    code: str, shot: Shot, facts: ClipFacts
) -> None:
    before = found(shot, facts)
    ids = (f"new-{number}" for number in itertools.count())
    ground = Ground(take_id="t", duration=facts.duration, new_id=lambda: next(ids))

    after = mended(shot, before[code], ground)

    assert code not in found(after, facts)
    assert {c for c, f in found(after, facts).items() if f.level == "error"} <= set(before)
    assert len({one.id for one in after.takes}) == len(after.takes)


def test_mended__clip_that_is_too_long__only_a_part_of_it_is_sent() -> None:
    before = found(SHOT, LONG)

    after = mended(SHOT, before["reference.duration.high"], Ground(take_id="t", duration=LONG.duration))

    assert after.selection == Selection(make_type=MakeType.CUSTOM, start=0.0, end=120.0)
    assert "reference.part" in found(after, LONG)


def test_mended__emotion_that_the_voice_does_not_know() -> None:
    shot = speech(emotion="tc_sad")
    known = Knowledge(reference=CLIP, timbres=(Timbre(key="voice_1", emotions=("tc_happy",)),))
    finding = next(one for one in check(shot, shot.takes[0], known) if one.code == "voice.emotion")

    assert mended(shot, finding, Ground(take_id="t")).take("t").speech.emotion is None


def test_mended__part_and_whole__are_each_others_undoing() -> None:
    shot = custom(600.0, 620.0)
    facts = replace(LONG, duration=1000.0)
    part = found(shot, facts)["reference.part"]
    assert part.remedy is Remedy.SEND_WHOLE

    whole = mended(shot, part, Ground(take_id="t"))
    assert "reference.part" not in found(whole, facts)
    again = mended(whole, found(whole, facts)["reference.whole"], Ground(take_id="t"))
    assert "reference.part" in found(again, facts)


def test_mended__script__loses_no_word() -> None:
    shot = take(script=LONG_SCRIPT)
    ids = (f"new-{number}" for number in itertools.count())
    finding = found(shot, CLIP)["script.length.high"]

    after = mended(shot, finding, Ground(take_id="t", new_id=lambda: next(ids)))

    assert " ".join(one.script for one in after.takes) == LONG_SCRIPT
    assert all(one.script.endswith(".") for one in after.takes)
    assert after.takes[0].id == "t"


def test_jobs_and_places__are_no_edits() -> None:
    jobs = {Remedy.NONE, Remedy.CONVERT, Remedy.SCALE_PHOTO, Remedy.LEGAL_RECORDING, Remedy.RELINK}
    places = jobs | {Remedy.WRITE_SCRIPT}
    chosen = {remedy for remedy in Remedy if remedy.value.startswith("choose_")}

    assert {remedy for remedy in Remedy if not can_mend(remedy)} == places | chosen
